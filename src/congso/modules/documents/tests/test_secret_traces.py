"""Of a secret paper that somebody typed or sent, nothing is left anywhere."""

import logging
import tempfile
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from congso.kernel import clock
from congso.kernel.ids import new_id
from congso.modules.documents.models import Document
from congso.modules.documents.tests.factories import NOW, make_commune, make_district
from congso.modules.documents.tests.test_pages import typed
from congso.modules.documents.tests.test_story import scan
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.journal.models import JournalLine

NEEDLE = "xuyenvietbi"
STAMPED = f"TUYỆT MẬT\n\n{NEEDLE} tác chiến"


@pytest.fixture(autouse=True)
def present():
    with clock.at(NOW):
        yield


def paper_signed(office, commune):
    """What the clerk's browser sends: a scan that Django's own handlers would have put into the temp folder."""
    pdf = scan(f"TUYỆT MẬT \\\n {NEEDLE}") + b"\n" * 3_000_000 + b"%%EOF"
    return {
        "type_code": "KH",
        "subject": NEEDLE,
        "signatory": str(office.chair.id),
        "reason": "Mất mạng",
        "to": [str(commune.organ.id)],
        "scan": SimpleUploadedFile(f"{NEEDLE}.pdf", pdf),
    }


def everything_in_the_database():
    """Yield every row of every table as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608 - the names of our own tables
            yield from (row[0] for row in cursor.fetchall())


def log_of_the_database():
    """Return what the server wrote ahead: it holds what was ever written, also what was rolled back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_switch_wal()")
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0]) / "pg_wal"
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())


def files_in_the_storage(folder=""):
    folders, names = default_storage.listdir(folder)
    for name in names:
        with default_storage.open(f"{folder}/{name}".lstrip("/")) as file:
            yield file.read()
    for name in folders:
        yield from files_in_the_storage(f"{folder}/{name}".lstrip("/"))


@pytest.mark.django_db(transaction=True)
def test_of_a_secret_paper_nothing_is_left_in_database_files_logs_or_temp_folder(monkeypatch, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    office, commune = make_district(), make_commune()
    author, clerk, ids = Client(), Client(), [new_id() for _ in range(4)]
    sign_in(author, office.author)
    sign_in(clerk, office.clerk)
    open_words = typed(office, subject="Kế hoạch congkhaimoc", body_text="Nội dung thường")
    secret = typed(office, subject=NEEDLE, body_text=STAMPED, act="submit")
    secret_basis = typed(office, version="1", subject=NEEDLE, legal_bases="T Ố I  M Ậ T")

    author.post(reverse("documents:autosave", args=[ids[0]]), open_words)
    answers = [
        author.post(reverse("documents:autosave", args=[ids[1]]), secret),
        author.post(reverse("documents:edit", args=[ids[2]]), secret),
        author.post(reverse("documents:edit", args=[ids[0]]), secret_basis),
        clerk.post(reverse("documents:issue_scan", args=[ids[3]]), paper_signed(office, commune)),
    ]

    assert [answer.status_code for answer in answers] == [451, 422, 422, 422]
    assert "bí mật nhà nước" in answers[3].text
    assert Document.objects.get().subject == "Kế hoạch congkhaimoc"
    rows = list(everything_in_the_database())
    assert any("congkhaimoc" in row for row in rows)
    assert not [row for row in rows if NEEDLE in row or "tác chiến" in row]
    ahead = log_of_the_database()
    assert b"congkhaimoc" in ahead
    assert NEEDLE.encode() not in ahead
    assert not [content for content in files_in_the_storage() if NEEDLE.encode() in content]
    assert NEEDLE not in caplog.text
    assert not list(tmp_path.rglob("*"))
    stops = JournalLine.objects.filter(act="documents.secret_refused")
    assert {line.subject_id for line in stops} == set(ids)
    assert {str(line.facts) for line in stops} == {"{}"}
