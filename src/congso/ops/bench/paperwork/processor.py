"""How much processor time programs and what they started have taken."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def seconds_of(pids: Iterable[int | None]) -> float:
    """Return the seconds of these processes, of their living children, and of the children that ended."""
    return sum(_of_tree(pid) for pid in pids if pid is not None)


def children_of(pid: int) -> Iterator[int]:
    """Yield the processes that this one started itself and that live."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _figures(int(entry.name))[1:2] == [str(pid)]:
            yield int(entry.name)


def _of_tree(pid: int) -> float:
    own = sum(int(ticks) for ticks in _figures(pid)[11:15]) / _TICKS_PER_SECOND
    return own + sum(_of_tree(child) for child in children_of(pid))


def _figures(pid: int) -> list[str]:
    """Return what the kernel tells of a process after its name, which stands in brackets and may hold anything."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
