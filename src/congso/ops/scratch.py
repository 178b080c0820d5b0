"""A fresh installation in a temporary folder, durable as a real one, for benches and chaos; nothing of it stays."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path

import django

from congso.kernel.clock import HANOI
from congso.ops import held_clock
from congso.ops.installed import Installation
from congso.ops.supervisor import EmbeddedServer
from congso.ops.telling import step

# The units of the demo's locality are in charge.
DAY = datetime(2023, 12, 29, 9, 0, tzinfo=HANOI)


@contextmanager
def scratch(name: str) -> Iterator[EmbeddedServer]:
    """Hold up a migrated installation with Django set up; give its database server."""
    folder = Path(tempfile.mkdtemp(prefix=f"congso-{name}-"))
    folder.chmod(0o755)
    installed = Installation(folder / "data", "office")
    kept = os.environ.pop("DATABASE_URL", None)
    server = EmbeddedServer(folder / "data", {"max_wal_size": "4GB", "checkpoint_timeout": "15min"})
    try:
        server.start()
        installed.set_environment()
        held_clock.wind(installed.folder, start=DAY)
        os.environ["DJANGO_SETTINGS_MODULE"] = "congso.config.settings.bench"
        os.environ["DATABASE_URL"] = server.url
        django.setup()
        with step("Chuẩn bị cơ sở dữ liệu"):
            import_module("django.core.management").call_command("migrate", interactive=False, verbosity=0)
        yield server
    finally:
        os.environ.pop("DATABASE_URL", None)
        if kept is not None:
            os.environ["DATABASE_URL"] = kept
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
