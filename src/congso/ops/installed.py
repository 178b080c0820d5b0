"""One installation, found by its data folder, and held open while a command works with it."""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from congso.config import installation
from congso.ops import held_clock
from congso.ops.binaries import SYSTEM_FOLDER, may_reach, server_user
from congso.ops.supervisor import EmbeddedServer

type Kind = Literal["demo", "office"]
SETTINGS: Mapping[Kind, str] = {"demo": "congso.config.settings.demo", "office": "congso.config.settings.prod"}


class InUse(Exception):
    """Another command of ours holds this data folder open; ``address`` is the site's, if it serves one."""

    def __init__(self, address: str | None) -> None:
        super().__init__(address)
        self.address = address


@dataclass(frozen=True, slots=True)
class Installation:
    """A data folder and what it is for."""

    folder: Path
    kind: Kind

    @classmethod
    def default(cls, kind: Kind) -> "Installation":
        """Return the one that ``CONGSO_DATA`` names, else the usual folder under the working directory.

        A root process whose folder an unprivileged server cannot reach gets one under ``/var/lib/congso``.
        """
        if "CONGSO_DATA" in os.environ:
            return cls(installation.data_folder(), kind)
        usual = (Path("var/demo") if kind == "demo" else Path("var")).resolve()
        user = server_user()
        if user is None or "DATABASE_URL" in os.environ or may_reach(usual / "postgres", user):
            return cls(usual, kind)
        name = hashlib.sha256(os.fsencode(usual)).hexdigest()[:8]
        return cls(SYSTEM_FOLDER / f"{kind}-{name}", kind)

    @classmethod
    def present(cls) -> "Installation":
        """Return the one that is there: what ``CONGSO_DATA`` names, else the office's, else the demo."""
        office, demo = cls.default("office"), cls.default("demo")
        if "CONGSO_DATA" in os.environ:
            return demo if (demo.folder / "clock.json").exists() else office
        return demo if (demo.folder / "clock.json").exists() and not office.is_made else office

    @property
    def is_made(self) -> bool:
        return (self.folder / "installation.json").exists()

    @property
    def server(self) -> EmbeddedServer:
        return EmbeddedServer(self.folder, {})

    def facts(self) -> dict[str, Any]:
        """Return what was remembered about this installation; empty before the first start."""
        try:
            return dict(json.loads((self.folder / "installation.json").read_text()))
        except FileNotFoundError:
            return {}

    def remember(self, **facts: object) -> None:
        """Remember facts beside the earlier ones."""
        partial = self.folder / "installation.json.partial"
        partial.write_text(json.dumps({"kind": self.kind, **self.facts(), **facts}, indent=1))
        partial.replace(self.folder / "installation.json")

    def set_environment(self) -> None:
        """Make Django's settings, here and in child processes, those of this installation."""
        os.environ["CONGSO_DATA"] = str(self.folder)
        os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS[self.kind]

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder alone, for a command that runs the whole installation.

        :raises InUse: another process does.
        """
        self.folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        with (self.folder / "lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.seek(0)
                raise InUse(lock.read().strip() or None) from None
            try:
                yield
            finally:
                lock.truncate(0)

    def announce(self, address: str) -> None:
        """Leave the site's address for the next command that finds the folder held."""
        (self.folder / "lock").write_text(address)

    @contextmanager
    def database(self) -> Iterator[EmbeddedServer | None]:
        """Hold the database up, and Django's settings set: the running one, else one started for this block.

        Who runs for long looks after the server that it is given; None if somebody else runs it.
        """
        self.folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        self.set_environment()
        if "DATABASE_URL" in os.environ:
            yield None
            return
        server = self.server
        is_ours = server.start()
        if is_ours:
            held_clock.resume(self.folder)
        try:
            yield server if is_ours else None
        finally:
            if is_ours:
                held_clock.note(self.folder, is_last=True)
            server.stop()
