"""The demo's clock stands still while the demo does not run.

It starts at a given moment, runs with real time, and goes on from where it stopped: the demo of next week is still
that of the same days, and domain time never goes back. Real installations have no ``clock.json``.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

# A crash loses at most what passed since the last note; a note therefore runs ahead by more than their distance.
NOTE_EVERY = timedelta(seconds=20)
_AHEAD = timedelta(seconds=30)


def wind(folder: Path, *, start: datetime) -> None:
    """Set the clock of a new demo to ``start``; one that ran before goes on from where it stood."""
    if (folder / "clock.json").exists():
        resume(folder)
    else:
        _write(folder, offset=start - datetime.now(UTC))


def resume(folder: Path) -> None:
    """Go on from where the clock stood, if this installation has such a clock. Before Django reads its settings."""
    path = folder / "clock.json"
    if not path.exists():
        return
    noted = json.loads(path.read_text()).get("noted_at")
    if noted is not None:
        _write(folder, offset=datetime.fromisoformat(noted) - datetime.now(UTC))


def note(folder: Path, *, is_last: bool = False) -> None:
    """Remember where the clock stands; while it runs, a bit ahead."""
    path = folder / "clock.json"
    if not path.exists():
        return
    offset = timedelta(seconds=json.loads(path.read_text())["offset_seconds"])
    moment = datetime.now(UTC) + offset + (timedelta(seconds=1) if is_last else _AHEAD)
    _write(folder, offset=offset, noted_at=moment)


def _write(folder: Path, *, offset: timedelta, noted_at: datetime | None = None) -> None:
    content: dict[str, object] = {"offset_seconds": offset.total_seconds()}
    if noted_at is not None:
        content["noted_at"] = noted_at.isoformat()
    partial = folder / "clock.json.partial"
    partial.write_text(json.dumps(content))
    Path(partial).replace(folder / "clock.json")
