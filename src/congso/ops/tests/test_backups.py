"""A real backup of a real database, brought back into an empty folder."""

import hashlib
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from congso.ops import backups
from congso.ops.backups import BackupUnusable
from congso.ops.installed import Installation

CONTENT = "Kế hoạch của huyện Nông Cống".encode()
NAME = hashlib.sha256(CONTENT).hexdigest()


@dataclass
class Saved:
    """What was backed up, and its backup."""

    file: Path
    report: backups.Report
    papers: object
    folder: Path


@pytest.fixture(scope="module")
def saved() -> Iterator[Saved]:
    """An installation with a table, a file and a key, and a backup of it."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory(prefix="congso-backup-") as name:
        patch.delenv("DATABASE_URL", raising=False)
        Path(name).chmod(0o755)
        installed = Installation(Path(name) / "one", "office")
        patch.setenv("CONGSO_DATA", "set by the installation")
        patch.setenv("DJANGO_SETTINGS_MODULE", "set by the installation")
        with installed.database():
            fill(installed)
            report = backups.back_up(installed, Path(name) / "saved")
            papers = sum_of_papers(installed)
        yield Saved(Path(name) / "saved", report, papers, installed.folder)


@pytest.fixture
def place(saved: Saved) -> Iterator[Path]:
    """A folder that an unprivileged server can reach."""
    with tempfile.TemporaryDirectory(prefix="congso-restore-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def fill(installation: Installation) -> None:
    with psycopg.connect(installation.server.url, autocommit=True) as server:
        server.execute("CREATE EXTENSION btree_gist")
        server.execute("CREATE TABLE papers AS SELECT n, md5(n::text) AS text FROM generate_series(1, 1000) AS n")
    kept = installation.folder / "files" / NAME[:2] / NAME
    kept.parent.mkdir(parents=True)
    kept.write_bytes(CONTENT)
    (installation.folder / "keys.master").write_bytes(b"secret")
    (installation.folder / "keys.master").chmod(0o600)
    installation.remember()


def sum_of_papers(installation: Installation) -> object:
    with psycopg.connect(installation.server.url) as server:
        return server.execute("SELECT count(*), md5(string_agg(text, '' ORDER BY n)) FROM papers").fetchone()


def test_all_comes_back_into_an_empty_folder(saved, place):
    restored = backups.restore(saved.file, place / "two")

    with restored.database():
        assert sum_of_papers(restored) == saved.papers
    assert (restored.folder / "files" / NAME[:2] / NAME).read_bytes() == CONTENT
    key = restored.folder / "keys.master"
    assert (key.read_bytes(), key.stat().st_mode & 0o777) == (b"secret", 0o600)
    assert (saved.report.files, restored.kind) == (3, "office")


def test_only_its_owner_reads_a_backup(saved):
    assert saved.file.stat().st_mode & 0o777 == 0o600


def test_an_old_backup_is_never_written_over(saved, place):
    (place / "saved").write_text("the only one")

    with pytest.raises(BackupUnusable, match="đã có"):
        backups.back_up(Installation(saved.folder, "office"), place / "saved")

    assert (place / "saved").read_text() == "the only one"


def test_a_changed_byte_is_found_and_nothing_is_written(saved, place):
    (place / "changed").write_bytes(saved.file.read_bytes().replace(CONTENT, CONTENT.swapcase()))

    with pytest.raises(BackupUnusable, match="bị sửa"):
        backups.restore(place / "changed", place / "two")

    assert not (place / "two").exists()


def test_a_backup_that_was_cut_off_is_refused(saved, place):
    with tarfile.open(saved.file) as archive:
        end = archive.getmember(backups.MANIFEST).offset
    (place / "cut").write_bytes(saved.file.read_bytes()[:end])

    with pytest.raises(BackupUnusable, match="cụt"):
        backups.check(place / "cut")


def test_what_is_no_backup_is_said_so(place):
    (place / "letter").write_text("Kính gửi")

    with pytest.raises(BackupUnusable, match="Không đọc được"):
        backups.check(place / "letter")


def test_a_folder_in_use_is_left_alone(saved):
    with pytest.raises(BackupUnusable, match="không trống"):
        backups.restore(saved.file, saved.folder)
