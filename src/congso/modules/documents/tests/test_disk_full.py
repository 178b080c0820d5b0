"""A disk without room: said plainly, nothing half-done, and what was there can still be read."""

import resource
from contextlib import contextmanager

import pytest
from django.urls import reverse

from congso.kernel import clock
from congso.kernel.ids import new_id
from congso.modules.documents import commands
from congso.modules.documents.kinds import DocumentState
from congso.modules.documents.models import Attachment, Document
from congso.modules.documents.tests.factories import NOW, draft_input, drawn_and_signed, make_commune, make_district
from congso.modules.documents.tests.test_pages import browser
from congso.modules.documents.tests.test_story import scan
from congso.shared.files.errors import StorageFull
from congso.shared.files.models import StoredFile
from congso.shared.journal.models import JournalLine

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def present():
    with clock.at(NOW):
        yield


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Keep files in a real folder, as an installation does."""
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "congso.shared.files.storage.DurableFolder", "OPTIONS": {"location": tmp_path}}
    }
    return tmp_path


@contextmanager
def no_room(most_bytes=1_000):
    """Let the system refuse every file of this process that grows over so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def left_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_an_attachment_is_not_half_taken(folder):
    office = make_district()
    draft = commands.create_draft(new_id(), draft_input(office), by=office.actor("author"), now=NOW)

    with no_room(), pytest.raises(StorageFull, match="hết chỗ"):
        commands.attach(draft.id, new_id(), scan(), name="a.pdf", by=office.actor("author"), now=NOW)

    assert left_in(folder) == []
    assert not (StoredFile.objects.exists())
    assert not (Attachment.objects.exists())
    assert Document.objects.get(id=draft.id).attachment_count == 0
    assert not JournalLine.objects.filter(act="documents.attached").exists()


def test_no_number_is_lost_and_the_paper_waits(folder):
    office = make_district()
    document, by = drawn_and_signed(office), office.actor("clerk")

    with no_room(), pytest.raises(StorageFull):
        commands.number_document(document.id, by=by, now=NOW)

    assert Document.objects.get(id=document.id).state == DocumentState.SIGNED
    assert commands.number_document(document.id, by=by, now=NOW).number == 1


def test_the_page_says_so_and_a_paper_is_read_all_the_same():
    office, commune = make_district(), make_commune()
    document = drawn_and_signed(office, commune.organ)
    clerk = browser(office.clerk)

    with no_room():
        refused = clerk.post(reverse("documents:number", args=[document.id]))
        picture = clerk.get(reverse("documents:page", args=[document.id, 1]))

    assert refused.status_code == 507
    assert "hết chỗ lưu tệp" in refused.text
    assert picture.status_code == 200
