"""The pytest plugin that gives tests a real PostgreSQL of their own, unless ``DATABASE_URL`` names one.

Loaded by ``-p``, before Django reads its settings. Each process of a run has a fresh server in a fresh folder, and
takes both away; what a killed run left behind is swept by the next one. One server for all would not do: a transaction
that one process holds open holds back the journal's seals of every other, as transaction ids are the server's.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from congso.ops.supervisor import EmbeddedServer

# What a crash of the machine would lose, tests do not need.
FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "log_min_messages": "fatal",
}
PREFIX = "congso-test-"
# Says to the processes that a run starts that the server they hear of is this plugin's, not somebody's own.
OURS = "CONGSO_TEST_SERVER"

_servers: list[EmbeddedServer] = []


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    # A short path, in reach of an unprivileged server, named after the process that it belongs to.
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=_temporary()))
    folder.chmod(0o755)
    _servers.append(EmbeddedServer(folder, FAST))
    os.environ["CONGSO_DATA"] = str(folder / "data")
    if "DATABASE_URL" not in os.environ or OURS in os.environ:
        sweep(folder.parent)
        _servers[0].start()
        os.environ |= {OURS: "1", "DATABASE_URL": _servers[0].url}


def pytest_unconfigure() -> None:
    while _servers:
        server = _servers.pop()
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


def sweep(temporary: Path) -> None:
    """Remove the folders of test runs whose process is gone."""
    for folder in temporary.glob(f"{PREFIX}*"):
        pid = folder.name.removeprefix(PREFIX).split("-")[0]
        if pid.isdigit() and not Path(f"/proc/{pid}").exists() and folder.stat().st_uid == os.geteuid():
            EmbeddedServer(folder, FAST).end_orphan()
            shutil.rmtree(folder, ignore_errors=True)


def _temporary() -> Path:
    """Return the folder of temporary files; not one so long that a socket would not fit."""
    named = Path(tempfile.gettempdir())
    return named if len(str(named)) < 40 else Path("/tmp")  # noqa: PLR2004, S108 - a socket's path has 107 bytes
