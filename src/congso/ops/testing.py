"""The pytest plugin that gives tests a real PostgreSQL of their own, unless ``DATABASE_URL`` names one.

Loaded by ``-p``, before Django reads its settings. The server is kept between runs and stopped with the last of them.
"""

import hashlib
import os
import tempfile
from pathlib import Path

import pytest

from congso.ops.supervisor import EmbeddedServer

# What a crash of the machine would lose, tests do not need.
FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "100"}


def test_folder() -> Path:
    """Return a short folder, one per checkout and user, that an unprivileged server can reach."""
    checkout = hashlib.sha256(str(Path.cwd()).encode()).hexdigest()[:8]
    return Path(tempfile.gettempdir()) / f"congso-test-{os.getuid()}-{checkout}"


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    os.environ.setdefault("CONGSO_DATA", str(test_folder() / "data"))
    if "DATABASE_URL" not in os.environ:
        server = EmbeddedServer(test_folder(), FAST)
        server.folder.mkdir(mode=0o755, exist_ok=True)
        server.start()
        os.environ["DATABASE_URL"] = server.url
        os.environ["CONGSO_TEST_SERVER"] = str(os.getpid())


def pytest_unconfigure() -> None:
    if os.environ.get("CONGSO_TEST_SERVER") == str(os.getpid()):
        EmbeddedServer(test_folder(), FAST).stop()
