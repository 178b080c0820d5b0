"""Review: one reviewer after the other, then the signatory; back to the author with a reason."""

import pytest

from congso.kernel.errors import NotFound, NotPermitted
from congso.kernel.ids import new_id
from congso.modules.documents import commands
from congso.modules.documents.commands.reviewing import (
    DraftAlreadySubmitted,
    DraftIncomplete,
    NotInReview,
    PositionLapsed,
    ReplyDayPassed,
    ReviewReasonMissing,
)
from congso.modules.documents.kinds import DocumentState, ReviewState
from congso.modules.documents.models import Document
from congso.modules.documents.secrecy import SecretContent
from congso.modules.documents.tests.factories import LATER, NOW, TODAY, draft_input, make_district
from congso.shared import files
from congso.shared.areas.dated import period
from congso.shared.journal.models import JournalLine
from congso.shared.notify.models import Notice
from congso.shared.organs.tests.factories import OrganFactory
from congso.shared.people.capacity import MayNotSign
from congso.shared.people.tests.factories import PositionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_district()


def begun(office, **more):
    return commands.create_draft(
        new_id(), draft_input(office, OrganFactory(), **more), by=office.actor("author"), now=NOW
    )


def submitted(office, **more):
    document = begun(office, **more)
    return commands.submit_for_review(document.id, by=office.actor("author"), now=NOW)


class TestSubmit:
    def test_the_first_reviewer_is_asked_and_told(self, office):
        document = submitted(office)

        turn = document.reviews.get()
        assert (document.state, turn.state) == (DocumentState.IN_REVIEW, ReviewState.WAITING)
        assert Notice.objects.get(position=office.reviewer).kind == "documents.to_review"
        assert JournalLine.objects.filter(subject_id=document.id, act="documents.submitted").count() == 1

    def test_without_reviewers_it_goes_straight_to_the_signatory(self, office):
        document = submitted(office, reviewer_ids=[])

        assert document.state == DocumentState.APPROVED
        assert Notice.objects.get(position=office.chair).kind == "documents.to_sign"

    def test_what_is_missing_is_named_and_the_draft_kept(self, office):
        document = begun(office, subject="", signatory_id=None)

        with pytest.raises(DraftIncomplete, match="trích yếu, người ký"):
            commands.submit_for_review(document.id, by=office.actor("author"), now=NOW)

        assert Document.objects.get(id=document.id).state == DocumentState.DRAFT

    def test_an_answer_is_not_asked_for_by_a_day_that_is_over(self, office):
        document = begun(office, reply_due_date=TODAY.replace(day=1))

        with pytest.raises(ReplyDayPassed):
            commands.submit_for_review(document.id, by=office.actor("author"), now=NOW)

    def test_the_same_form_sent_twice_submits_once(self, office):
        document, key = begun(office), new_id()

        for _ in range(2):
            commands.submit_for_review(document.id, by=office.actor("author"), now=NOW, key=key)

        assert JournalLine.objects.filter(subject_id=document.id, act="documents.submitted").count() == 1

    def test_submitting_anew_is_refused(self, office):
        document = submitted(office)

        with pytest.raises(DraftAlreadySubmitted):
            commands.submit_for_review(document.id, by=office.actor("author"), now=NOW)

    def test_a_lapsed_position_is_told_that_its_draft_is_kept(self, office):
        document = begun(office)
        author = office.actor("author")
        office.author.valid = period(TODAY.replace(year=2021), TODAY)
        office.author.save()

        with pytest.raises(PositionLapsed, match="đã lưu ở Dự thảo"):
            commands.submit_for_review(document.id, by=author, now=NOW)

    def test_who_may_not_sign_is_refused_and_nothing_moves(self, office):
        specialist = PositionFactory(organ=office.organ)
        document = begun(office, signatory_id=specialist.id, reviewer_ids=[])

        with pytest.raises(MayNotSign):
            commands.submit_for_review(document.id, by=office.actor("author"), now=NOW)

        assert Document.objects.get(id=document.id).state == DocumentState.DRAFT


class TestInitial:
    def test_the_last_initial_draws_the_paper_for_the_signatory(self, office):
        document = commands.initial(submitted(office).id, by=office.actor("reviewer"), now=LATER)

        assert document.state == DocumentState.APPROVED
        assert document.capacity_lines == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
        assert (document.notation, document.pages) == ("KH-UBND", 1)
        assert files.read(document.approved_pdf_id).startswith(b"%PDF")
        assert JournalLine.objects.filter(subject_id=document.id, act="documents.initialled").count() == 1

    def test_reviewers_follow_each_other(self, office):
        second = PositionFactory(organ=office.organ, deputy=True)
        document = submitted(office, reviewer_ids=[office.reviewer.id, second.id])

        after_first = commands.initial(document.id, by=office.actor("reviewer"), now=LATER)

        assert after_first.state == DocumentState.IN_REVIEW
        assert after_first.reviews.get(state=ReviewState.WAITING).reviewer_id == second.id

    def test_a_letter_carries_the_drafting_unit_in_its_notation(self, office):
        document = submitted(office, type_code="CV", reviewer_ids=[])

        assert document.notation == "UBND-VP"

    def test_the_author_does_not_initial(self, office):
        with pytest.raises(NotInReview):
            commands.initial(submitted(office).id, by=office.actor("author"), now=LATER)

    def test_who_has_no_part_in_it_does_not_learn_of_it(self, office):
        with pytest.raises(NotFound):
            commands.initial(submitted(office).id, by=office.actor("clerk"), now=LATER)


class TestReturn:
    def test_a_reviewer_returns_it_with_a_reason_and_a_new_round_begins(self, office):
        document = submitted(office)

        returned = commands.return_to_author(
            document.id, reason="Bổ sung kinh phí", by=office.actor("reviewer"), now=LATER
        )

        assert (returned.state, returned.return_reason) == (DocumentState.DRAFT, "Bổ sung kinh phí")
        assert returned.review_round == 2
        assert returned.reviews.get(round=2).reviewer_id == office.reviewer.id
        assert Notice.objects.get(position=office.author).kind == "documents.returned"

    def test_the_signatory_returns_it_instead_of_signing(self, office):
        document = submitted(office, reviewer_ids=[])

        returned = commands.return_to_author(document.id, reason="Chưa rõ", by=office.actor("chair"), now=LATER)

        assert (returned.state, returned.approved_pdf_id) == (DocumentState.DRAFT, None)

    def test_without_a_reason_nothing_happens(self, office):
        with pytest.raises(ReviewReasonMissing):
            commands.return_to_author(submitted(office).id, reason="  ", by=office.actor("reviewer"), now=LATER)

    @pytest.mark.parametrize("word", ["comment", "reason"])
    def test_what_a_reviewer_says_is_guarded_against_secrets_too(self, office, word):
        document, by = submitted(office), office.actor("reviewer")
        act = commands.initial if word == "comment" else commands.return_to_author

        with pytest.raises(SecretContent):
            act(document.id, **{word: "TUYỆT MẬT\nKèm công điện"}, by=by, now=LATER)

        assert document.reviews.get().state == ReviewState.WAITING
        assert JournalLine.objects.filter(subject_id=document.id, act="documents.secret_refused").count() == 1

    def test_a_returned_draft_can_be_submitted_again(self, office):
        document = submitted(office)
        commands.return_to_author(document.id, reason="Sửa", by=office.actor("reviewer"), now=LATER)

        again = commands.submit_for_review(document.id, by=office.actor("author"), now=LATER)

        assert (again.state, again.return_reason) == (DocumentState.IN_REVIEW, "")

    def test_another_reviewer_who_has_done_their_turn_may_not_return_what_waits_for_the_signature(self, office):
        document = submitted(office)
        commands.initial(document.id, by=office.actor("reviewer"), now=LATER)

        with pytest.raises(NotPermitted):
            commands.return_to_author(document.id, reason="Thôi", by=office.actor("reviewer"), now=LATER)


class TestTakeBack:
    def test_the_author_takes_it_back_before_the_signature(self, office):
        document = commands.take_back(submitted(office).id, by=office.actor("author"), now=LATER)

        assert document.state == DocumentState.DRAFT
        assert JournalLine.objects.filter(subject_id=document.id).latest("id").act == "documents.taken_back"

    def test_a_draft_is_not_taken_back(self, office):
        with pytest.raises(NotInReview):
            commands.take_back(begun(office).id, by=office.actor("author"), now=NOW)
