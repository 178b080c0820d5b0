"""Copies: one number series for all forms, pages drawn anew, the organ's signature with form and organ."""

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from congso.kernel import clock
from congso.kernel.errors import InvalidInput, NotFound, NotPermitted
from congso.kernel.ids import new_id
from congso.modules.documents import commands, signables
from congso.modules.documents.commands import CopyInput
from congso.modules.documents.commands.copying import ExtractIncomplete, NotCopyable, NothingToCopy
from congso.modules.documents.forms import CopyForm
from congso.modules.documents.models import Copy, Document
from congso.modules.documents.tests.factories import (
    NOW,
    DocumentFactory,
    IncomingFactory,
    StoredFileFactory,
    body_of,
    drawn_and_signed,
    make_commune,
    make_district,
)
from congso.modules.documents.tests.worker import run_jobs
from congso.modules.signing import public as signing
from congso.shared import files
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.files import pages
from congso.shared.journal.models import JournalLine
from congso.shared.keys.tests.factories import PIN, made_key

pytestmark = pytest.mark.django_db

WHOLE = CopyInput("SY")
LONG = "\n".join(f"Đoạn {n}, nói dài cho đủ vài trang văn bản." * 6 for n in range(40))


@pytest.fixture(autouse=True)
def present():
    with clock.at(NOW):
        yield


@pytest.fixture
def office():
    return make_district()


@pytest.fixture
def issued(office):
    """An issued paper of several pages."""
    drawn = drawn_and_signed(office, body=body_of(LONG))
    return DocumentFactory(
        author=office.author, organ=office.organ, issued=True, sealed_pdf=drawn.approved_pdf, pages=drawn.pages
    )


def copied(document, office, wanted=WHOLE, **more):
    said = {"by": office.actor("clerk"), "now": NOW} | more
    return commands.copy_document(document.id, said.pop("copy_id", new_id()), wanted, **said)


class TestMake:
    def test_all_forms_share_one_series_of_the_year(self, office, issued):
        numbers = [copied(issued, office, wanted).number_text for wanted in (WHOLE, CopyInput("TrS", [1]), WHOLE)]

        assert numbers == ["01/SY-UBND", "02/TrS-UBND", "03/SY-UBND"]
        line = JournalLine.objects.filter(subject_id=issued.id, act="documents.copied").earliest("id")
        assert line.facts["number"] == 1

    def test_an_extract_has_the_chosen_pages_only(self, office, issued):
        copy = copied(issued, office, CopyInput("TrS", [2]))

        texts = pages.texts(copy.prepared_id)
        assert (copy.pages, len(texts)) == (1, 1)
        assert texts[0].split() == pages.texts(issued.file_id)[1].split()

    def test_an_incoming_paper_is_copied_too(self, office, issued):
        arrived = IncomingFactory(organ=office.organ, registered=True, file_id=issued.file_id, pages=issued.pages)

        copy = commands.copy_incoming(arrived.id, new_id(), CopyInput("SL"), by=office.actor("clerk"), now=NOW)

        assert (copy.number_text, copy.source) == ("01/SL-UBND", arrived)

    def test_the_same_form_sent_twice_makes_one(self, office, issued):
        copy_id = new_id()

        assert {copied(issued, office, copy_id=copy_id).id for _ in range(2)} == {copy_id}
        assert Copy.objects.count() == 1

    @pytest.mark.parametrize("numbers", [[], [0], [99], "all"])
    def test_an_extract_is_a_part(self, office, issued, numbers):
        chosen = range(1, issued.pages + 1) if numbers == "all" else numbers

        with pytest.raises(ExtractIncomplete):
            copied(issued, office, CopyInput("TrS", list(chosen)))

    def test_the_refusals(self, office, issued):
        with pytest.raises(InvalidInput):
            copied(issued, office, CopyInput("KH"))
        with pytest.raises(NotPermitted):
            copied(issued, office, by=office.actor("author"))
        with pytest.raises(NotFound):
            copied(issued, office, by=make_commune().actor("clerk"))
        Document.objects.filter(id=issued.id).update(recalled_at=NOW)
        with pytest.raises(NothingToCopy):
            copied(issued, office)

    def test_a_file_that_takes_no_signature_is_told(self, office, issued, monkeypatch):
        monkeypatch.setattr(pages, "rebuilt", lambda _pdf: b"%PDF-1.7 nothing")

        with pytest.raises(NotCopyable):
            copied(issued, office)
        assert not Copy.objects.exists()

    def test_what_is_not_registered_is_not_copied(self, office):
        arrived = IncomingFactory(organ=office.organ)

        with pytest.raises(NothingToCopy):
            commands.copy_incoming(arrived.id, new_id(), WHOLE, by=office.actor("clerk"), now=NOW)


class TestSeal:
    def signed(self, office, issued):
        made_key("organ", office.organ.id, now=NOW)
        copy, by = copied(issued, office), office.actor("clerk")
        [info] = signables.describe_copies([copy.id], by)
        signing.request_signatures([info.order], pin=PIN, by=by, now=NOW)
        run_jobs(twice=True)
        return Copy.objects.get(id=copy.id)

    def test_the_organs_signature_is_valid_and_says_form_and_organ(self, office, issued):
        copy = self.signed(office, issued)

        assert signing.kept_verdict(copy.sealed_id).has_passed("organ")
        assert copy.mark == "SAO Y; Ủy ban nhân dân huyện Nông Cống"
        drawn = pages.texts_of(pages.rebuilt(files.read(copy.sealed_id)))[0]
        assert "SAO Y; Ủy ban nhân dân huyện Nông Cống; 2023-11-29T09:00" in " ".join(drawn.split())
        assert JournalLine.objects.filter(subject_id=copy.id, act="documents.copy_sealed").count() == 1

    def test_nobody_but_the_clerk_is_asked_for_it(self, office, issued):
        copy = copied(issued, office)

        assert signables.describe_copies([copy.id], office.actor("chair")) == []


class TestPages:
    def test_from_the_panel_to_the_copy_and_the_register(self, office, issued):
        client = Client()
        sign_in(client, office.clerk)
        panel = client.get(reverse("documents:panel", args=[issued.id, "sao"])).text
        typed = {"type_code": "TrS", "page_numbers": "1", "once": str(new_id())}

        made = client.post(reverse("documents:copy_document", args=[issued.id]), typed)

        assert "Chữ ký của bản được sao" in panel
        page = client.get(made["Location"]).text
        assert "01/TrS-UBND" in page
        assert "Ký bản sao" in page
        assert "01/TrS-UBND" in client.get(reverse("documents:copies")).text
        assert client.get(reverse("documents:copy_pdf", args=[Copy.objects.get().id])).status_code == 200

    def test_another_organ_finds_no_copy(self, office, issued):
        copy, client = copied(issued, office), Client()
        sign_in(client, make_commune().clerk)

        assert client.get(reverse("documents:copy", args=[copy.id])).status_code == 404


@pytest.mark.parametrize(("typed", "read"), [("1, 3-4", [1, 3, 4]), ("", []), ("2,2", [2])])
def test_page_numbers_are_read(typed, read):
    form = CopyForm({"type_code": "TrS", "page_numbers": typed})

    assert form.is_valid()
    assert form.cleaned_data["page_numbers"] == read


@pytest.mark.parametrize("typed", ["một", "1-", "3--4", "99999", "-2"])
def test_other_words_are_refused(typed):
    assert "page_numbers" in CopyForm({"type_code": "TrS", "page_numbers": typed}).errors


def test_the_database_refuses_a_copy_of_two_papers(office):
    with pytest.raises(IntegrityError, match="copy_is_of_one_paper"):
        Copy.objects.create(
            organ=office.organ,
            type_code="SY",
            year=2023,
            number=1,
            notation="SY-UBND",
            pages=1,
            prepared=StoredFileFactory(),
            made_by=office.clerk,
            made_at=NOW,
        )
