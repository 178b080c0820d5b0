"""What dies, and how: by SIGKILL, and the database also by an immediate shutdown."""

import os
import random
import signal
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from congso.ops.bench.paperwork.processor import children_of
from congso.ops.runner import Program
from congso.ops.supervisor import EmbeddedServer


class Reaper:
    """Kills one of the programs, or the database, at each call; the seed makes a run's choices repeat."""

    def __init__(
        self, *, webs: Sequence[Program], workers: Sequence[Program], server: EmbeddedServer, seed: int
    ) -> None:
        self._choice = random.Random(seed)  # noqa: S311 - a choice that repeats
        self._ways: Mapping[str, Callable[[], bool]] = {
            "web": lambda: self._program(webs),
            "web process": lambda: self._child(webs),
            "worker": lambda: self._program(workers),
            "database, immediate shutdown": lambda: _signal(server.running_pid(), signal.SIGQUIT),
            "database, all processes": lambda: _kill_tree(server.running_pid()),
            "database, one connection": lambda: self._connection(server),
        }

    def seconds_to_next(self, mean: float) -> float:
        """Return how long to wait: any moment is as likely as another."""
        return self._choice.expovariate(1 / mean)

    def kill(self) -> str | None:
        """Kill something; say what, or None if just that was not running."""
        way = self._choice.choice(list(self._ways))
        return way if self._ways[way]() else None

    def _program(self, programs: Sequence[Program]) -> bool:
        return _kill_tree(self._choice.choice(programs).pid)

    def _child(self, programs: Sequence[Program]) -> bool:
        pid = self._choice.choice(programs).pid
        children = list(children_of(pid)) if pid else []
        return bool(children) and _signal(self._choice.choice(children), signal.SIGKILL)

    def _connection(self, server: EmbeddedServer) -> bool:
        pid = server.running_pid()
        serving = [child for child in children_of(pid) if b"congso congso" in _command(child)] if pid else []
        return bool(serving) and _signal(self._choice.choice(serving), signal.SIGKILL)


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _kill_tree(pid: int | None) -> bool:
    if pid is None:
        return False
    below = list(children_of(pid))
    killed = _signal(pid, signal.SIGKILL)
    for child in below:
        _signal(child, signal.SIGKILL)
    return killed


def _signal(pid: int | None, number: signal.Signals) -> bool:
    if pid is None:
        return False
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True
