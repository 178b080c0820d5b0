"""One paper, from the district's desk to a commune's answer, with real files and real signatures."""

from datetime import timedelta
from typing import Any

import pytest
import typst

from congso.kernel import clock
from congso.kernel.errors import NotPermitted
from congso.kernel.ids import new_id
from congso.modules.documents import commands, signables
from congso.modules.documents.commands import DirectionInput, ScanInput
from congso.modules.documents.commands.scanning import ScanIncomplete
from congso.modules.documents.kinds import DocumentState, IncomingState, Verdict
from congso.modules.documents.models import Document, Incoming
from congso.modules.documents.secrecy import SecretContent
from congso.modules.documents.tests.factories import (
    NOW,
    TODAY,
    draft_input,
    make_commune,
    make_district,
)
from congso.modules.documents.tests.worker import run_jobs
from congso.modules.signing import public as signing
from congso.shared import files
from congso.shared.figures import folding
from congso.shared.figures.periods import Period
from congso.shared.figures.queries import Value, board
from congso.shared.files import pdf_door
from congso.shared.files.models import StoredFile
from congso.shared.files.tests import hostile
from congso.shared.journal.models import JournalLine
from congso.shared.keys.tests.factories import PIN, enrolled_key
from congso.shared.notify.models import Notice
from congso.shared.search import find

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def present():
    with clock.at(NOW):
        yield


def with_keys(office):
    """Give leader and organ their training keys."""
    enrolled_key("person", office.chair.person_id, now=NOW)
    enrolled_key("organ", office.organ.id, now=NOW)
    return office


def paper_signed(office, **more):
    """What the clerk says of a paper that was signed by hand."""
    values: dict[str, Any] = {
        "organ_id": office.organ.id,
        "type_code": "KH",
        "subject": "Kế hoạch phòng chống thiên tai",
        "signatory_id": office.chair.id,
        "reason": "Mất mạng cả ngày",
        "recipients": [(make_commune("Minh Khôi").organ.id, "to")],
    }
    return ScanInput(**values | more)


def scan(text="Kế hoạch phòng chống thiên tai"):
    """A PDF without any signature, as a scanner with text recognition makes it."""
    return typst.Compiler(input=text.encode()).compile(format="pdf")


def sign(document, by):
    """Read the paper, confirm, let the worker sign."""
    document = Document.objects.get(id=document.id)
    commands.mark_read(document.id, document.file_id, by=by, now=NOW)
    [info] = signables.describe([document.id], by)
    signing.request_signatures([info.order], pin=PIN, by=by, now=NOW)


def approved(office, *to, **more):
    document = commands.create_draft(new_id(), draft_input(office, *to, **more), by=office.actor("author"), now=NOW)
    document = commands.submit_for_review(document.id, by=office.actor("author"), now=NOW)
    if document.state == DocumentState.IN_REVIEW:
        document = commands.initial(document.id, by=office.actor("reviewer"), now=NOW)
    return document


def issued(office, document):
    """Take an approved paper through signature, number, seal and issue."""
    clerk = office.actor("clerk")
    sign(document, office.actor("chair"))
    run_jobs(twice=True)
    commands.number_document(document.id, by=clerk, now=NOW)
    sign(document, clerk)
    run_jobs(twice=True)
    document = commands.issue_document(document.id, by=clerk, now=NOW)
    run_jobs(twice=True)
    return document


def test_a_plan_goes_out_and_its_answer_comes_back():
    district, commune, other = with_keys(make_district()), with_keys(make_commune()), make_commune("Tế Lợi")

    # The district drafts, reviews, signs, numbers, seals and issues.
    plan = issued(district, approved(district, commune.organ, other.organ, reply_due_date=TODAY + timedelta(days=9)))

    assert (plan.number_text, plan.leader_validated, plan.organ_validated) == ("01/KH-UBND", True, True)
    arrival = Incoming.objects.get(organ=commune.organ)
    assert Incoming.objects.filter(document=plan).count() == 2
    assert (arrival.state, arrival.verdict) == (IncomingState.VALIDATED, Verdict.PASSED)
    assert Notice.objects.filter(position=commune.clerk, kind="documents.arrived").count() == 1

    # The commune registers, its chairman directs, the specialist answers.
    commands.register_incoming(arrival.id, by=commune.actor("clerk"), now=NOW)
    order = DirectionInput(lead=commune.author.id, support=[commune.reviewer.id], due_date=TODAY + timedelta(days=7))
    commands.direct_incoming(arrival.id, order, by=commune.actor("chair"), now=NOW)
    answer = draft_input(commune, district.organ, type_code="BC", subject="Báo cáo kết quả", reviewer_ids=[])
    report = commands.create_draft(new_id(), answer, by=commune.actor("author"), now=NOW, reply_to=arrival.id)
    arrival.refresh_from_db()
    assert arrival.state == IncomingState.IN_PROGRESS
    report = commands.submit_for_review(report.id, by=commune.actor("author"), now=NOW)
    report = issued(commune, report)

    # The direction is closed, and the answer stands at the district linked to its plan.
    arrival.refresh_from_db()
    assert (arrival.state, arrival.answered_at) == (IncomingState.CLOSED, NOW)
    assert arrival.directions.get().closed_at == NOW
    reply = Incoming.objects.get(organ=district.organ)
    assert (reply.answers_id, reply.number_text) == (plan.id, "01/BC-UBND")
    assert Notice.objects.filter(position=commune.chair, kind="documents.closed").exists()

    # Everybody finds what they may see, and the journal tells it all.
    assert [hit.record_id for hit in find("tuyen truyen", by=district.actor("author"))] == [plan.id]
    assert find("tuyen truyen", by=other.actor("author")) == []
    acts = list(JournalLine.objects.filter(subject_id=plan.id).order_by("id").values_list("act", flat=True))
    assert [act for act in acts if act.startswith("documents.") and act != "documents.read"] == [
        "documents.drafted",
        "documents.submitted",
        "documents.initialled",
        "documents.approved",
        "documents.signed",
        "documents.numbered",
        "documents.sealed",
        "documents.issued",
        "documents.delivered",
    ]


def test_a_worker_killed_between_signature_and_number_loses_nothing():
    district = with_keys(make_district())
    document = approved(district, make_commune().organ)
    sign(document, district.actor("chair"))

    run_jobs(except_for=frozenset({"documents.take_signature"}))
    document.refresh_from_db()
    assert document.state == DocumentState.APPROVED  # signed in the file, the worker died before the paper moved

    run_jobs()
    document.refresh_from_db()
    assert document.state == DocumentState.SIGNED
    assert signing.kept_verdict(document.signed_pdf_id).has_passed("leader")


def test_a_signature_on_a_paper_that_was_taken_back_meanwhile_is_not_used():
    district = with_keys(make_district())
    document = approved(district, make_commune().organ)
    sign(document, district.actor("chair"))
    run_jobs(except_for=frozenset({"documents.take_signature"}))
    commands.take_back(document.id, by=district.actor("author"), now=NOW)

    run_jobs(twice=True)

    document.refresh_from_db()
    assert (document.state, document.signed_pdf_id) == (DocumentState.DRAFT, None)
    assert JournalLine.objects.filter(subject_id=document.id, act="documents.signature_unused").exists()


def test_a_signature_that_expired_is_said_on_the_paper_and_can_be_made_again():
    district = with_keys(make_district())
    document = approved(district, make_commune().organ)
    sign(document, district.actor("chair"))

    with clock.at(NOW + timedelta(hours=1)):
        run_jobs(twice=True)

    document.refresh_from_db()
    assert document.state == DocumentState.APPROVED
    assert document.signing_failure
    assert Notice.objects.filter(position=district.chair, kind="documents.signature_failed").count() == 1
    assert signables.describe([document.id], district.actor("chair"))


def test_the_signing_rate_counts_only_what_both_signatures_prove():
    district = with_keys(make_district())
    issued(district, approved(district, make_commune().organ))
    commands.issue_paper_signed(new_id(), paper_signed(district), scan=scan(), by=district.actor("clerk"), now=NOW)
    year = Period.year(2023)

    folding.fold(now=NOW)

    assert board(["A14"], [district.organ.id], [year], boundaries=TODAY)["A14", year, district.organ.id] == Value(1, 2)


class TestPaperSigned:
    def test_a_scan_gets_its_number_and_goes_out(self):
        district = make_district()
        recipient = make_commune().organ
        said = paper_signed(district, recipients=[(recipient.id, "to")])

        document = commands.issue_paper_signed(new_id(), said, scan=scan(), by=district.actor("clerk"), now=NOW)
        run_jobs(twice=True)

        assert (document.number_text, document.capacity_code) == ("01/KH-UBND", "TM.")
        arrival = Incoming.objects.get(organ=recipient)
        assert arrival.verdict == Verdict.INDETERMINATE

    def test_a_form_sent_twice_issues_once(self):
        district, document_id = make_district(), new_id()
        said = paper_signed(district)

        sent = [
            commands.issue_paper_signed(document_id, said, scan=scan(), by=district.actor("clerk"), now=NOW)
            for _ in range(2)
        ]

        assert [document.number for document in sent] == [1, 1]

    def test_it_needs_a_reason(self):
        district = make_district()

        with pytest.raises(ScanIncomplete):
            commands.issue_paper_signed(
                new_id(), paper_signed(district, reason=" "), scan=scan(), by=district.actor("clerk"), now=NOW
            )

    def test_a_scan_with_a_secrecy_stamp_is_refused_and_not_kept(self):
        district = make_district()

        with pytest.raises(SecretContent):
            commands.issue_paper_signed(
                new_id(), paper_signed(district), scan=scan("TỐI MẬT"), by=district.actor("clerk"), now=NOW
            )

        assert not Document.objects.exists()
        assert not StoredFile.objects.exists()

    def test_a_scan_out_of_order_is_kept_as_it_was_drawn_anew(self):
        district, broken = make_district(), hostile.out_of_order()

        document = commands.issue_paper_signed(
            new_id(), paper_signed(district), scan=broken, by=district.actor("clerk"), now=NOW
        )

        assert not pdf_door.passed(files.read(document.paper_scan_id)).was_rebuilt

    def test_only_the_records_clerk_issues_it(self):
        district = make_district()

        with pytest.raises(NotPermitted):
            commands.issue_paper_signed(
                new_id(), paper_signed(district), scan=scan(), by=district.actor("chair"), now=NOW
            )
