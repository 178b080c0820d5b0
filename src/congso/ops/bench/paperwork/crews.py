"""Programs that work side by side from a common start, and what they tell when they are done."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from congso.ops import leash

_TICK_SECONDS = 0.02
# Models cannot be imported before Django is set up.
_PROGRAM = "import django; django.setup(); from {module} import main; main()"


@dataclass(frozen=True, slots=True)
class Told:
    """What one member was told, and how it answers.

    :param place: of this member among ``members``, from 0.
    :param papers: how many it makes.
    """

    folder: Path
    place: int
    members: int
    papers: int

    def await_start(self) -> None:
        """Say that all is warm, and wait until all others are."""
        (self.folder / f"ready-{self.place}").touch()
        while not (self.folder / "go").exists():
            time.sleep(_TICK_SECONDS)

    def finish(self, **facts: float) -> None:
        """Leave what was measured; moments are of the machine's monotonic clock, which all processes share."""
        partial = self.folder / f"partial-{self.place}"
        partial.write_text(json.dumps(facts))
        partial.replace(self.folder / f"done-{self.place}")


def told() -> Told:
    """Return what this program of a crew was told."""
    facts: dict[str, Any] = json.loads(sys.argv[1])
    return Told(Path(facts["folder"]), facts["place"], facts["members"], facts["papers"])


@dataclass(slots=True)
class Crew:
    """Programs of one module, which has a ``main``, working in a folder of their own."""

    module: str
    folder: Path
    members: int
    papers: int
    _processes: "list[subprocess.Popen[bytes]]" = field(default_factory=list, init=False)

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        shares = [len(range(place, self.papers, self.members)) for place in range(self.members)]
        with (self.folder / "log").open("ab") as log:
            for place, papers in enumerate(shares):
                facts = {"folder": str(self.folder), "place": place, "members": self.members, "papers": papers}
                program = [sys.executable, "-c", _PROGRAM.format(module=self.module), json.dumps(facts)]
                command = leash.command(program, stop=signal.SIGKILL)
                self._processes.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log))
        return self

    def __exit__(self, *_error: object) -> None:
        for process in self._processes:
            process.kill()
            process.wait()

    def pids(self) -> list[int]:
        return [process.pid for process in self._processes]

    def is_ready(self) -> bool:
        return self._have_left("ready")

    def start(self) -> None:
        (self.folder / "go").touch()

    def is_done(self) -> bool:
        return self._have_left("done")

    def are_done(self, members: int) -> bool:
        """Say whether the first ``members`` are done."""
        return self._have_left("done", members)

    def results(self) -> list[Mapping[str, float]]:
        return [json.loads((self.folder / f"done-{place}").read_text()) for place in range(self.members)]

    def check(self) -> None:
        """Look whether all are well.

        :raises RuntimeError: one ended before it was done.
        """
        self._have_left("done")

    def _have_left(self, word: str, members: int | None = None) -> bool:
        """Say whether each member, or each of the first ones, has left this word.

        :raises RuntimeError: one ended before.
        """
        members = self.members if members is None else members
        missing = [place for place in range(members) if not (self.folder / f"{word}-{place}").exists()]
        if any(self._processes[place].poll() not in {None, 0} for place in missing):
            raise RuntimeError((self.folder / "log").read_text()[-4000:])
        return not missing


def seconds_of(results: Sequence[Mapping[str, float]]) -> float:
    """Return the seconds from the first begin to the last end."""
    return max(found["end"] for found in results) - min(found["begin"] for found in results)
