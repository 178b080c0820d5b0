"""How much memory programs hold over a run."""

import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from congso.ops.runner import Program

_EVERY_SECONDS: Final = 1.0
_KILOBYTES: Final = 1024


class Memory:
    """The resident memory of some programs together, noted once a second."""

    def __init__(self, programs: Sequence[Program]) -> None:
        self._programs = programs
        self._noted: list[float] = []
        self._due = 0.0

    def noted(self) -> bool:
        """Note it if a second has gone; True, so that it can stand beside another question."""
        if time.monotonic() >= self._due:
            self._due = time.monotonic() + _EVERY_SECONDS
            self._noted.append(sum(_resident(program.pid) for program in self._programs if program.pid))
        return True

    def megabytes(self) -> dict[str, float]:
        """Return the medians of the run's quarters."""
        return {f"quarter_{place}": round(value, 1) for place, value in enumerate(self._quarters(), 1)}

    def growth(self) -> float:
        """Return the last quarter as a multiple of the second: the first still fills its caches."""
        _first, second, _third, last = self._quarters()
        return round(last / second, 3)

    def _quarters(self) -> list[float]:
        size = max(1, len(self._noted) // 4)
        return [statistics.median(self._noted[size * place :][:size] or self._noted[-1:]) for place in range(4)]


def _resident(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    found = next((line for line in status.splitlines() if line.startswith("VmRSS:")), "VmRSS: 0 kB")
    return int(found.split()[1]) / _KILOBYTES
