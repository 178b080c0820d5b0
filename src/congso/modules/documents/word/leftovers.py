"""Account of what a Word file holds and a body does not."""

from typing import Any, Final

MOST_SAMPLES: Final = 3
LONGEST_SAMPLE: Final = 90


class Leftovers:
    """How often each kind of thing was met, with the first few words of some."""

    def __init__(self) -> None:
        self._found: dict[str, dict[str, Any]] = {}

    def note(self, kind: str, sample: str = "", *, times: int = 1) -> None:
        """Count one more of ``kind``; its Vietnamese name stands in ``documents.importing``."""
        entry = self._found.setdefault(kind, {"kind": kind, "count": 0, "samples": []})
        entry["count"] += times
        words = " ".join(sample.split())
        shown = words if len(words) <= LONGEST_SAMPLE else f"{words[:LONGEST_SAMPLE].rstrip()}…"
        if shown and shown not in entry["samples"] and len(entry["samples"]) < MOST_SAMPLES:
            entry["samples"].append(shown)

    def listed(self) -> list[dict[str, Any]]:
        return list(self._found.values())
