"""Start an installation, keep it running, stop it: what ``up`` and ``demo`` share."""

import hashlib
import os
import shutil
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from importlib import metadata
from pathlib import Path

import django
import psycopg

import congso
from congso.ops import held_clock
from congso.ops.installed import Installation, InUse
from congso.ops.runner import Runner, status_at, web, worker
from congso.ops.supervisor import EmbeddedServer, ServerNotStarted
from congso.ops.telling import fail, step, tell

FIRST_PORT = 8000
_PORTS = 100
_WEB_WORKERS = 2
# One for each core that a small machine has: drawing, signing and checking are bound by the processor.
_WORKERS = 2
_SECONDS_TO_ANSWER = 60

type Act = Callable[[Installation], None]


def nothing(_installed: Installation) -> None:
    """Do nothing: what ``up`` prepares and loads beyond the ordinary."""


def run(
    installed: Installation,
    *,
    prepare: Act = nothing,
    load: Act = nothing,
    greeting: Sequence[str] = (),
    reset: bool = False,
) -> int:
    """Run the installation until told to stop; return the exit code.

    :param prepare: done in the data folder, before the settings are read.
    :param load: done on the migrated database, before the site opens, after each change of code; safe to repeat.
    :param greeting: lines to say once it runs.
    :param reset: throw all data away first.
    """
    try:
        with installed.held():
            if reset:
                _throw_away(installed)
            # Only a database that this folder was made with is ever emptied from here.
            url = os.environ.get("DATABASE_URL")
            installed.remember(**({"database": _fingerprint_of_text(url)} if url else {}))
            prepare(installed)
            with _database(installed) as server:
                return _serve(installed, load, greeting, server)
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
def _database(installed: Installation) -> Iterator[EmbeddedServer | None]:
    if "DATABASE_URL" not in os.environ:
        tell("• Chạy cơ sở dữ liệu …")
        installed.server.end_orphan()
    with installed.database() as server:
        yield server


def _serve(installed: Installation, load: Act, greeting: Sequence[str], server: EmbeddedServer | None) -> int:
    fingerprint = _fingerprint_of_code()
    if installed.facts().get("ready_for") != fingerprint:
        django.setup()
        bring_up_to_date()
        load(installed)
        installed.remember(ready_for=fingerprint)
    port = free_port()
    if port != FIRST_PORT:
        tell(f"• Cổng {FIRST_PORT} đang có chương trình khác dùng; dùng cổng {port}.")
    address = f"http://127.0.0.1:{port}/"
    # The worker after the site: at the start both would compete for the same two cores, and people wait for the site.
    with Runner([web(port, _WEB_WORKERS)], installed.folder / "log", server) as runner:
        if not runner.look_after_until(_answers_or_late(port)):
            return 0
        for number in range(1, _WORKERS + 1):
            runner.add(worker(number))
        installed.announce(address)
        tell("\n".join(["", *greeting, f"Công Số đang chạy. Mở trình duyệt ở: {address}"]))
        tell("Nhấn Ctrl-C để dừng; dữ liệu được giữ lại.")
        runner.look_after_until(_noting(installed.folder))
        tell("\n• Đang dừng …")
    tell("Đã dừng.")
    return 0


def bring_up_to_date() -> None:
    """Migrate the database and collect the pages' files."""
    from django.core.management import call_command  # noqa: PLC0415 - after the settings are chosen

    with step("Cập nhật cấu trúc dữ liệu"):
        call_command("migrate", interactive=False, verbosity=0)
    with step("Sắp tệp giao diện"):
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)


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


def _answers_or_late(port: int) -> Callable[[], bool]:
    latest = datetime.now(UTC) + timedelta(seconds=_SECONDS_TO_ANSWER)

    def is_over() -> bool:
        status = status_at(port, "/")
        if status is None:
            return datetime.now(UTC) > latest
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            tell("! Trang đầu báo lỗi; xem web.log trong thư mục log.")
        return True

    return is_over


def _noting(folder: Path) -> Callable[[], bool]:
    """Note where a held clock stands, every now and then, while the programs run."""
    due = datetime.now(UTC)

    def note() -> bool:
        nonlocal due
        if datetime.now(UTC) >= due:
            held_clock.note(folder)
            due = datetime.now(UTC) + held_clock.NOTE_EVERY
        return False

    return note


def _throw_away(installed: Installation) -> None:
    with step(f"Xóa dữ liệu cũ ở {installed.folder}"):
        installed.server.end_orphan()
        url = os.environ.get("DATABASE_URL")
        if url and installed.facts().get("database") == _fingerprint_of_text(url):
            with psycopg.connect(url, autocommit=True) as server:
                server.execute("DROP SCHEMA public CASCADE")
                server.execute("CREATE SCHEMA public")
        for entry in installed.folder.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            elif entry.name != "lock":
                entry.unlink()


def _fingerprint_of_text(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _fingerprint_of_code() -> str:
    """Tell this code, with these libraries and this database, from any other, without asking Django."""
    known = hashlib.sha256(os.environ.get("DATABASE_URL", "").encode())
    for library in ("django", "procrastinate"):
        known.update(metadata.version(library).encode())
    package = Path(congso.__file__).parent
    for path in sorted(package.rglob("*")):
        if path.suffix != ".pyc" and path.is_file():
            stamp = path.stat()
            known.update(f"{path.relative_to(package)} {stamp.st_size} {stamp.st_mtime_ns}\n".encode())
    return known.hexdigest()
