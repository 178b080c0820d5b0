"""Backup and restore: one file with the database, the files and the keys, each with its checksum.

The file is an ordinary tar: ``database.dump`` (pg_dump, custom format) comes first, so that every file that it knows
of is in the copy of the folder made after it; ``manifest.json``, with the SHA-256 of each member, comes last and is
the sign that the backup was finished.
"""

import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import psycopg

import congso
from congso.ops.binaries import binaries
from congso.ops.installed import Installation

FORMAT = 1
DUMP, MANIFEST, FOLDER = "database.dump", "manifest.json", "folder"
# What a restored installation makes afresh, or must not take from another machine.
LEFT_OUT = frozenset({"postgres", "postgres.partial", "run", "log", "static", "lock", "postgres.start.log"})
_CHUNK = 1024 * 1024


class BackupUnusable(Exception):
    """A backup that is not whole, or a place that is not empty; the text says which, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a backup holds.

    :param files: members beside the database and the manifest.
    :param size: of the backup in bytes.
    """

    made_at: datetime
    kind: str
    files: int
    size: int


def back_up(installed: Installation, target: Path) -> Report:
    """Write a backup of the installation, whose database is up, to ``target``; only its owner can read it.

    The file appears under its name only when it is whole, on disk and read back without a difference.

    :raises BackupUnusable: ``target`` exists, or pg_dump failed.
    """
    if target.exists():
        raise BackupUnusable(f"Tệp {target} đã có. Chọn tên khác để không ghi đè bản sao lưu cũ.")
    partial = target.with_name(f"{target.name}.partial")
    descriptor = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            _write(installed, file)
            file.flush()
            os.fsync(file.fileno())
        report = check(partial)
        partial.rename(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return report


def check(source: Path) -> Report:
    """Read a backup through and compare each member with the manifest.

    :raises BackupUnusable: it is cut off, changed, or of a newer format.
    """
    found: dict[str, str] = {}
    manifest = None
    try:
        with tarfile.open(source, "r:") as archive:
            for member in archive:
                content = archive.extractfile(member)
                if content is None:
                    raise BackupUnusable(f"Bản sao lưu có mục lạ: {member.name}.")
                if member.name == MANIFEST:
                    manifest = json.load(content)
                else:
                    found[member.name] = _sum_of(content)
    except (tarfile.TarError, OSError, ValueError) as error:
        raise BackupUnusable(f"Không đọc được bản sao lưu {source}: {error}") from error
    if manifest is None:
        raise BackupUnusable("Bản sao lưu bị cụt: không có bảng kê ở cuối.")
    if manifest["format"] != FORMAT:
        raise BackupUnusable("Bản sao lưu do phiên bản phần mềm mới hơn tạo ra. Nâng cấp phần mềm rồi khôi phục.")
    changed = {name for name in found.keys() | manifest["sha256"] if found.get(name) != manifest["sha256"].get(name)}
    if changed or DUMP not in found:
        raise BackupUnusable(f"Bản sao lưu đã hỏng hoặc bị sửa: {', '.join(sorted(changed)[:3]) or DUMP}.")
    made_at = datetime.fromisoformat(manifest["made_at"])
    return Report(made_at=made_at, kind=manifest["kind"], files=len(found) - 1, size=source.stat().st_size)


def restore(source: Path, folder: Path) -> Installation:
    """Bring an installation back into an empty data folder, and into the empty database if ``DATABASE_URL`` names one.

    :raises BackupUnusable: the backup is not whole, or the place is not empty; nothing was written then.
    """
    report = check(source)
    if folder.exists() and any(entry.name != "lock" for entry in folder.iterdir()):
        raise BackupUnusable(f"Thư mục {folder} không trống. Chọn thư mục trống (biến CONGSO_DATA) để khôi phục.")
    installed = Installation(folder, "demo" if report.kind == "demo" else "office")
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    with installed.database():
        url = database_url(installed)
        _refuse_full_database(url)
        with tempfile.TemporaryDirectory(prefix="congso-restore-", dir=folder) as name:
            dump = Path(name) / DUMP
            _unpack(source, folder, dump)
            _run("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--dbname", url, str(dump))
        with psycopg.connect(url, autocommit=True) as server:
            server.execute("ANALYZE")
    # What the folder remembers of the code and database that it last served is another machine's.
    installed.remember(ready_for=None)
    return installed


def database_url(installed: Installation) -> str:
    """Return the address of the installation's database."""
    return os.environ.get("DATABASE_URL") or installed.server.url


def _write(installed: Installation, file: IO[bytes]) -> None:
    sums: dict[str, str] = {}
    with tarfile.open(fileobj=file, mode="w:", format=tarfile.PAX_FORMAT) as archive:
        with tempfile.TemporaryDirectory(prefix="congso-backup-") as name:
            dump = Path(name) / DUMP
            _run("pg_dump", "--format=custom", "--no-owner", "--file", str(dump), database_url(installed))
            sums[DUMP] = _add(archive, dump, DUMP)
        for path in _kept(installed.folder):
            member = f"{FOLDER}/{path.relative_to(installed.folder)}"
            sums[member] = _add(archive, path, member)
        manifest = {
            "format": FORMAT,
            "version": congso.__version__,
            "made_at": datetime.now(UTC).isoformat(),
            "kind": installed.kind,
            "sha256": sums,
        }
        content = json.dumps(manifest, indent=1).encode()
        about = tarfile.TarInfo(MANIFEST)
        about.size = len(content)
        archive.addfile(about, io.BytesIO(content))


def _add(archive: tarfile.TarFile, path: Path, member: str) -> str:
    """Add one file and return its checksum, computed from the very bytes that are written."""
    with path.open("rb") as content:
        about = archive.gettarinfo(arcname=member, fileobj=content)
        about.uid = about.gid = 0
        about.uname = about.gname = ""
        reading = _Hashing(content)
        archive.addfile(about, reading)
    return reading.sum.hexdigest()


class _Hashing(io.RawIOBase):
    def __init__(self, inner: IO[bytes]) -> None:
        self.inner = inner
        self.sum = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        chunk = self.inner.read(size)
        self.sum.update(chunk)
        return chunk


def _sum_of(content: IO[bytes]) -> str:
    known = hashlib.sha256()
    while chunk := content.read(_CHUNK):
        known.update(chunk)
    return known.hexdigest()


def _kept(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        first = path.relative_to(folder).parts[0]
        # What is on its way through is refused or registered within days, and must not outlive that.
        if path.relative_to(folder).parts[:2] == ("files", "passing"):
            continue
        if first not in LEFT_OUT and not first.endswith(".partial") and path.is_file() and not path.is_symlink():
            yield path


def _unpack(source: Path, folder: Path, dump: Path) -> None:
    with tarfile.open(source, "r:") as archive:
        for member in archive:
            if member.name == MANIFEST:
                continue
            target = dump if member.name == DUMP else folder / Path(member.name).relative_to(FOLDER)
            if not target.resolve().is_relative_to(folder.resolve()):
                raise BackupUnusable(f"Bản sao lưu có đường dẫn lạ: {member.name}.")
            target.parent.mkdir(parents=True, exist_ok=True)
            content = archive.extractfile(member)
            descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600 | member.mode & 0o644)
            with os.fdopen(descriptor, "wb") as file:
                while content is not None and (chunk := content.read(_CHUNK)):
                    file.write(chunk)


def _refuse_full_database(url: str) -> None:
    with psycopg.connect(url) as server:
        row = server.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    if row and row[0]:
        raise BackupUnusable("Cơ sở dữ liệu đích đã có dữ liệu. Khôi phục cần một cơ sở dữ liệu trống.")


def _run(program: str, *arguments: str) -> None:
    done = subprocess.run([str(binaries() / program), *arguments], check=False, capture_output=True, text=True)
    if done.returncode:
        raise BackupUnusable(f"{program}: {done.stderr.strip()[-500:]}")
