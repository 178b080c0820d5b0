"""Numbers of outgoing papers: gap-free, per type and year, told to who comes second."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from pyhanko.pdf_utils.generic import IndirectObject
from pyhanko.pdf_utils.reader import PdfFileReader

from congso.kernel.errors import NotFound, NotPermitted
from congso.kernel.ids import new_id
from congso.modules.documents import commands, papers
from congso.modules.documents.commands.issuing import (
    DocumentAlreadyIssued,
    DocumentNotSealed,
    SignaturesNotValid,
    WithdrawReasonMissing,
)
from congso.modules.documents.commands.numbering import (
    CancelReasonMissing,
    DocumentAlreadyNumbered,
    DocumentNotSigned,
    NumberInUse,
)
from congso.modules.documents.commands.pressing import forget_presses
from congso.modules.documents.kinds import DocumentState
from congso.modules.documents.models import Document
from congso.modules.documents.queries.lists import documents_with_clerk
from congso.modules.documents.tests.factories import (
    LATER,
    NOW,
    DocumentFactory,
    StoredFileFactory,
    drawn_and_signed,
    make_commune,
    make_district,
)
from congso.shared import files
from congso.shared.journal.models import JournalLine
from congso.shared.numbering.models import NumberTaken

NEW_YEAR_IN_HANOI = datetime(2023, 12, 31, 17, 30, tzinfo=UTC)


@pytest.fixture
def office(db):
    return make_district()


class TestNumberDocument:
    def test_numbers_run_from_one_in_the_year_of_hanoi(self, office):
        document = drawn_and_signed(office)

        numbered = commands.number_document(document.id, by=office.actor("clerk"), now=NEW_YEAR_IN_HANOI)

        assert (numbered.number_text, numbered.year) == ("01/KH-UBND", 2024)
        assert numbered.issued_date.isoformat() == "2024-01-01"
        line = JournalLine.objects.filter(subject_id=document.id).latest("id")
        assert (line.act, line.facts) == ("documents.numbered", {"number": 1, "file": numbered.numbered_pdf_id})

    def test_number_and_date_stand_in_the_file(self, office):
        numbered = commands.number_document(drawn_and_signed(office).id, by=office.actor("clerk"), now=NOW)

        form = PdfFileReader(io.BytesIO(files.read(numbered.numbered_pdf_id))).root["/AcroForm"]
        filled = {
            field["/T"]: field["/V"] for field in map(IndirectObject.get_object, form["/Fields"]) if "/V" in field
        }
        assert filled == {"so": "01", "ngay": "ngày 29 tháng 11 năm 2023"}

    def test_each_type_has_its_own_series(self, office):
        by = office.actor("clerk")
        plan = commands.number_document(drawn_and_signed(office).id, by=by, now=NOW)
        report = commands.number_document(drawn_and_signed(office, type_code="BC").id, by=by, now=NOW)

        assert [plan.number_text, report.number_text] == ["01/KH-UBND", "01/BC-UBND"]

    def test_what_is_not_signed_gets_no_number(self, office):
        document = DocumentFactory(author=office.author, organ=office.organ, signed=True)
        Document.objects.filter(id=document.id).update(state=DocumentState.APPROVED)

        with pytest.raises(NotFound):  # the clerk does not even know of it yet
            commands.number_document(document.id, by=office.actor("clerk"), now=NOW)

    def test_the_author_does_not_number(self, office):
        with pytest.raises(NotPermitted):
            commands.number_document(drawn_and_signed(office).id, by=office.actor("author"), now=NOW)

    def test_another_organ_does_not_learn_that_it_exists(self, office):
        with pytest.raises(NotFound):
            commands.number_document(drawn_and_signed(office).id, by=make_commune().actor("clerk"), now=NOW)

    def test_a_form_sent_twice_takes_one_number(self, office):
        document, key = drawn_and_signed(office), new_id()

        results = [commands.number_document(document.id, by=office.actor("clerk"), now=NOW, key=key) for _ in range(2)]

        assert [result.number for result in results] == [1, 1]
        assert NumberTaken.objects.count() == 1

    def test_who_comes_second_is_told_the_number(self, office):
        document = drawn_and_signed(office)
        commands.number_document(document.id, by=office.actor("clerk"), now=NOW)

        with pytest.raises(DocumentAlreadyNumbered, match="01/KH-UBND lúc 09:00"):
            commands.number_document(document.id, by=office.actor("clerk"), now=LATER)


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_give_two_numbers_without_a_gap():
    office = make_district()
    documents = [drawn_and_signed(office) for _ in range(2)]
    by = office.actor("clerk")

    def number(document):
        try:
            return commands.number_document(document.id, by=by, now=NOW).number
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        numbers = sorted(pool.map(number, documents))

    assert numbers == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_two_clerks_on_one_paper_give_it_one_number_and_the_second_is_told():
    office = make_district()
    document = drawn_and_signed(office)
    by = office.actor("clerk")

    def number(_clerk):
        try:
            return commands.number_document(document.id, by=by, now=NOW).number_text
        except DocumentAlreadyNumbered as error:
            return str(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(number, range(2)))

    assert told[0] == "01/KH-UBND"
    assert told[1].startswith("Văn bản này vừa được cấp số 01/KH-UBND lúc 09:00")
    assert NumberTaken.objects.count() == 1


def test_what_waits_for_the_clerk_comes_without_its_text(db):
    office = make_district()
    DocumentFactory(author=office.author, organ=office.organ, signed=True)

    [waiting] = documents_with_clerk(office.actor("clerk"))

    assert waiting.get_deferred_fields() == {"body"}


class TestCancelNumber:
    def test_the_number_stays_in_the_register_and_the_paper_gets_the_next(self, office):
        by = office.actor("clerk")
        document = commands.number_document(drawn_and_signed(office).id, by=by, now=NOW)

        commands.cancel_number(document.id, reason="Sai ngày", by=by, now=LATER)
        again = commands.number_document(document.id, by=by, now=LATER)

        assert again.number == 2
        cancelled = NumberTaken.objects.get(number=1)
        assert (cancelled.state, cancelled.reason) == ("cancelled", "Sai ngày")

    def test_without_a_reason_nothing_happens(self, office):
        document = commands.number_document(drawn_and_signed(office).id, by=office.actor("clerk"), now=NOW)

        with pytest.raises(CancelReasonMissing):
            commands.cancel_number(document.id, reason="", by=office.actor("clerk"), now=LATER)

    def test_a_paper_without_a_number_has_none_to_cancel(self, office):
        with pytest.raises(NumberInUse):
            commands.cancel_number(drawn_and_signed(office).id, reason="Thừa", by=office.actor("clerk"), now=LATER)


class TestIssue:
    def test_what_is_not_sealed_is_not_issued(self, office):
        document = DocumentFactory(author=office.author, organ=office.organ, numbered=True)

        with pytest.raises(DocumentNotSealed):
            commands.issue_document(document.id, by=office.actor("clerk"), now=NOW)

    def test_what_did_not_pass_the_check_is_not_issued(self, office):
        document = DocumentFactory(author=office.author, organ=office.organ, sealed=True, organ_validated=False)

        with pytest.raises(SignaturesNotValid):
            commands.issue_document(document.id, by=office.actor("clerk"), now=NOW)

    def test_it_is_issued_once(self, office):
        document = DocumentFactory(author=office.author, organ=office.organ, sealed=True)
        issued = commands.issue_document(document.id, by=office.actor("clerk"), now=NOW)

        assert (issued.state, issued.issued_at) == (DocumentState.ISSUED, NOW)
        with pytest.raises(DocumentAlreadyIssued):
            commands.issue_document(document.id, by=office.actor("clerk"), now=LATER)

    def test_an_author_does_not_issue(self, office):
        document = DocumentFactory(author=office.author, organ=office.organ, sealed=True)

        with pytest.raises(NotPermitted):
            commands.issue_document(document.id, by=office.actor("author"), now=NOW)


class TestWithdraw:
    def test_the_author_withdraws_what_is_not_signed(self, office):
        document = DocumentFactory(author=office.author, organ=office.organ)

        withdrawn = commands.withdraw(document.id, reason="Không làm nữa", by=office.actor("author"), now=NOW)

        assert withdrawn.state == DocumentState.WITHDRAWN
        assert JournalLine.objects.get(subject_id=document.id).act == "documents.withdrawn"

    def test_the_clerk_withdraws_a_numbered_one_and_its_number_is_cancelled(self, office):
        by = office.actor("clerk")
        document = commands.number_document(drawn_and_signed(office).id, by=by, now=NOW)

        commands.withdraw(document.id, reason="Thay văn bản khác", by=by, now=LATER)

        assert NumberTaken.objects.get().state == "cancelled"

    def test_who_had_it_on_the_desk_still_reads_it_afterwards(self, office):
        document = DocumentFactory(author=office.author, organ=office.organ, signatory=office.chair, signed=True)

        commands.withdraw(document.id, reason="Thay văn bản khác", by=office.actor("clerk"), now=LATER)

        assert all(Document.objects.visible_to(office.actor(role)).exists() for role in ("author", "chair", "clerk"))

    def test_who_never_had_it_on_the_desk_does_not_read_it_afterwards(self, office):
        document = DocumentFactory(author=office.author, organ=office.organ, signatory=office.chair)

        commands.withdraw(document.id, reason="Không làm nữa", by=office.actor("author"), now=LATER)

        assert not any(Document.objects.visible_to(office.actor(role)).exists() for role in ("chair", "clerk"))

    def test_after_issue_it_is_no_longer_withdrawn(self, office):
        document = DocumentFactory(author=office.author, organ=office.organ, issued=True)

        with pytest.raises(DocumentAlreadyIssued):
            commands.withdraw(document.id, reason="Thôi", by=office.actor("clerk"), now=NOW)

    def test_without_a_reason_nothing_happens(self, office):
        document = DocumentFactory(author=office.author, organ=office.organ)

        with pytest.raises(WithdrawReasonMissing):
            commands.withdraw(document.id, reason=" ", by=office.actor("author"), now=NOW)


class TestDatabase:
    def test_it_refuses_a_numbered_document_without_a_number(self, db):
        with pytest.raises(IntegrityError, match="document_has_a_number_exactly_from_numbered_on"):
            DocumentFactory(signed=True, state=DocumentState.NUMBERED)

    def test_it_refuses_the_same_number_twice(self, db):
        first = DocumentFactory(numbered=True)

        with pytest.raises(IntegrityError, match="document_number_is_unique_in_its_series_and_year"):
            DocumentFactory(numbered=True, author=first.author, number=first.number)

    def test_it_refuses_a_signed_document_without_a_file_or_a_reason(self, db):
        with pytest.raises(IntegrityError, match="document_is_signed_in_its_file_or_says_why_on_paper"):
            DocumentFactory(signed=True, signed_pdf=None)

    def test_it_refuses_validated_signatures_before_the_seal(self, db):
        with pytest.raises(IntegrityError, match="document_counts_as_validated_only_when_sealed"):
            DocumentFactory(numbered=True, leader_validated=True)

    def test_a_scan_needs_a_reason(self, db):
        scan = StoredFileFactory()
        with pytest.raises(IntegrityError), transaction.atomic():
            DocumentFactory(signed=True, signed_pdf=None, paper_scan=scan)
        assert DocumentFactory(signed=True, signed_pdf=None, paper_scan=scan, paper_signed_reason="Mất mạng")


def test_a_clerk_is_told_that_a_paper_waits_for_its_leader(office):
    document = DocumentFactory(author=office.author, organ=office.organ, signed=True)
    Document.objects.filter(id=document.id).update(state=DocumentState.APPROVED, author=office.clerk)

    with pytest.raises(DocumentNotSigned, match="chưa được lãnh đạo ký"):
        commands.number_document(document.id, by=office.actor("clerk"), now=NOW)


@pytest.mark.parametrize(
    ("day", "text"),
    [("2023-11-29", "ngày 29 tháng 11 năm 2023"), ("2024-02-05", "ngày 05 tháng 02 năm 2024")],
)
def test_the_date_is_written_as_the_decree_asks(day, text):
    document = Document(issued_date=datetime.fromisoformat(day).date())

    assert papers.date_in_field(document) == text


def test_the_key_of_a_form_is_forgotten_after_two_weeks(office):
    document, key = drawn_and_signed(office), new_id()
    commands.number_document(document.id, by=office.actor("clerk"), now=NOW, key=key)

    forgotten = [forget_presses(now=NOW + timedelta(days=days)) for days in (13, 15)]

    assert forgotten == [0, 1]
