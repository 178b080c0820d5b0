"""Start an installation, keep it running, stop it: what ``up`` and ``demo`` share."""

import hashlib
import os
import shutil
import socket
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http import HTTPStatus
from importlib import import_module
from pathlib import Path

import django

from congso.ops import held_clock
from congso.ops.binaries import binaries
from congso.ops.installed import InUse, Installation
from congso.ops.runner import Runner, web, worker
from congso.ops.supervisor import ServerNotStarted
from congso.ops.telling import fail, step, tell

FIRST_PORT = 8000
_PORTS = 100
_WEB_WORKERS = 2
_SECONDS_TO_ANSWER = 60

type Act = Callable[[Installation], None]


def nothing(_installed: Installation) -> None:
    """Do nothing: what ``up`` prepares and loads beyond the ordinary."""


def run(installed: Installation, *, prepare: Act = nothing, load: Act = nothing, reset: bool = False) -> int:
    """Run the installation until told to stop; return the exit code.

    :param prepare: done in the data folder, before the settings are read.
    :param load: done on the migrated database, before the site opens; must be safe to repeat.
    :param reset: throw all data away first.
    """
    try:
        with installed.held():
            if reset:
                _throw_away(installed)
            installed.remember()
            prepare(installed)
            with _database(installed):
                return _serve(installed, load)
    except InUse as error:
        if error.address and reset:
            return fail(f"Hệ thống đang chạy ở {error.address}. Dừng nó (Ctrl-C) rồi làm lại từ đầu.")
        if error.address:
            tell(f"Hệ thống đang chạy rồi. Mở trình duyệt ở: {error.address}")
            return 0
        return fail(f"Một lệnh khác đang dùng dữ liệu ở {installed.folder}. Đợi nó xong rồi chạy lại.")
    except ServerNotStarted as error:
        return fail(f"Chưa chạy được cơ sở dữ liệu:\n{error}")


@contextmanager
def _database(installed: Installation) -> Iterator[None]:
    if "DATABASE_URL" not in os.environ:
        with step("Chạy cơ sở dữ liệu"):
            binaries()
            installed.server.end_orphan()
            with installed.database():
                pass
    with installed.database():
        yield


def _serve(installed: Installation, load: Act) -> int:
    django.setup()
    bring_up_to_date(installed)
    load(installed)
    port = free_port()
    if port != FIRST_PORT:
        tell(f"• Cổng {FIRST_PORT} đang có chương trình khác dùng; dùng cổng {port}.")
    address = f"http://127.0.0.1:{port}/"
    with Runner([web(port, _WEB_WORKERS), worker()], installed.folder / "log") as runner:
        if not runner.look_after_until(_answers_or_late(address)):
            return 0
        installed.announce(address)
        tell(f"\nCông Số đang chạy. Mở trình duyệt ở: {address}")
        tell("Nhấn Ctrl-C để dừng; dữ liệu được giữ lại.")
        runner.look_after_until(_noting(installed.folder))
        tell("\n• Đang dừng …")
    tell("Đã dừng.")
    return 0


def bring_up_to_date(installed: Installation) -> None:
    """Migrate the database and collect the pages' files, each only where something changed."""
    from django.core.management import call_command  # noqa: PLC0415 - after the settings are chosen
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        with step("Cập nhật cấu trúc dữ liệu"):
            call_command("migrate", interactive=False, verbosity=0)
    fingerprint = _fingerprint_of_static_files()
    if installed.facts().get("static") != fingerprint:
        with step("Sắp tệp giao diện"):
            call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        installed.remember(static=fingerprint)


def free_port() -> int:
    """Return the first port from 8000 on that nobody uses on 127.0.0.1."""
    for port in range(FIRST_PORT, FIRST_PORT + _PORTS):
        with socket.socket() as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                door.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"no free port from {FIRST_PORT} to {FIRST_PORT + _PORTS - 1}")


def _answers_or_late(address: str) -> Callable[[], bool]:
    latest = datetime.now().astimezone() + timedelta(seconds=_SECONDS_TO_ANSWER)

    def is_over() -> bool:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError as error:
            if error.code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                tell("! Trang đầu báo lỗi; xem web.log trong thư mục log.")
            return True
        except OSError:
            return datetime.now().astimezone() > latest
        return True

    return is_over


def _noting(folder: Path) -> Callable[[], bool]:
    """Note where a held clock stands, every now and then, while the programs run."""
    due = datetime.now().astimezone()

    def note() -> bool:
        nonlocal due
        if datetime.now().astimezone() >= due:
            held_clock.note(folder)
            due = datetime.now().astimezone() + held_clock.NOTE_EVERY
        return False

    return note


def _throw_away(installed: Installation) -> None:
    with step(f"Xóa dữ liệu cũ ở {installed.folder}"):
        installed.server.end_orphan()
        for entry in installed.folder.iterdir():
            if entry.name == "lock":
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
        if "DATABASE_URL" in os.environ:
            import_module("congso.ops.foreign_server").empty(os.environ["DATABASE_URL"])


def _fingerprint_of_static_files() -> str:
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415 - after the settings are chosen

    known = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            stamp = Path(storage.path(path)).stat()
            known.update(f"{path} {stamp.st_size} {stamp.st_mtime_ns}\n".encode())
    return known.hexdigest()
