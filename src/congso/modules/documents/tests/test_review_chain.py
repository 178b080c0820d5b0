"""The chain of review goes on: absent reviewers are passed over, others added, ended positions strand nothing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from congso.kernel import clock
from congso.kernel.errors import InvalidInput, NotFound, NotPermitted
from congso.kernel.ids import new_id
from congso.modules.documents import commands, jobs
from congso.modules.documents.commands.review_chain import AlreadyReviewer, ReviewerHasTime, SkipReasonMissing
from congso.modules.documents.commands.reviewing import NotInReview
from congso.modules.documents.kinds import DocumentState, ReviewState
from congso.modules.documents.models import Document
from congso.modules.documents.tests.factories import LATER, NOW, TODAY, draft_input, make_commune, make_district
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.areas.dated import period
from congso.shared.journal.models import JournalLine
from congso.shared.notify.models import Notice
from congso.shared.organs.tests.factories import OrganFactory
from congso.shared.people.capacity import MayNotSign
from congso.shared.people.tests.factories import PositionFactory

pytestmark = pytest.mark.django_db

# The two working days after Wednesday, 29 November are over.
MONDAY = NOW + timedelta(days=5)


@pytest.fixture
def office():
    return make_district()


@pytest.fixture
def second(office):
    return PositionFactory(organ=office.organ, deputy=True)


def submitted(office, *reviewers, **more):
    ids = [reviewer.id for reviewer in (reviewers or [office.reviewer])]
    draft = draft_input(office, OrganFactory(), reviewer_ids=ids, **more)
    document = commands.create_draft(new_id(), draft, by=office.actor("author"), now=NOW)
    return commands.submit_for_review(document.id, by=office.actor("author"), now=NOW)


def ended(position):
    position.valid = period(TODAY.replace(year=2021), TODAY)
    position.save()


def skipped(document, office, **more):
    said = {"reason": "Đi công tác dài ngày", "by": office.actor("author"), "now": MONDAY} | more
    return commands.skip_reviewer(document.id, **said)


def states(document):
    return list(document.reviews.filter(round=document.review_round).order_by("place").values_list("state", flat=True))


class TestSkip:
    def test_after_two_working_days_the_author_passes_over_a_silent_reviewer(self, office):
        document = skipped(submitted(office), office)

        turn = document.reviews.get()
        assert (document.state, turn.state, turn.comment) == ("approved", "skipped", "Đi công tác dài ngày")
        assert Notice.objects.filter(position=office.reviewer, kind="documents.review_skipped").count() == 1
        line = JournalLine.objects.get(subject_id=document.id, act="documents.review_skipped")
        assert line.facts == {"position": str(office.reviewer.id)}

    def test_not_before(self, office):
        with pytest.raises(ReviewerHasTime, match="01/12/2023"):
            skipped(submitted(office), office, now=LATER)

    def test_at_once_when_the_position_has_ended(self, office, second):
        document = submitted(office, office.reviewer, second)
        ended(office.reviewer)

        skipped(document, office, now=LATER)

        assert states(document) == [ReviewState.SKIPPED, ReviewState.WAITING]

    def test_never_without_a_reason(self, office):
        with pytest.raises(SkipReasonMissing):
            skipped(submitted(office), office, reason=" ")

    def test_a_reviewer_does_not_pass_over_oneself(self, office):
        with pytest.raises(NotPermitted):
            skipped(submitted(office), office, by=office.actor("reviewer"))

    def test_nobody_elses_paper(self, office):
        with pytest.raises(NotFound):
            skipped(submitted(office), office, by=make_commune().actor("author"))

    def test_nobodys_turn_is_not_passed_over(self, office):
        document = skipped(submitted(office), office)

        with pytest.raises(NotInReview):
            skipped(document, office)

    def test_the_same_form_sent_twice_skips_once(self, office, second):
        document, key = submitted(office, office.reviewer, second), new_id()

        for _ in range(2):
            skipped(document, office, key=key)

        assert states(document) == [ReviewState.SKIPPED, ReviewState.WAITING]


class TestAdd:
    def test_the_reviewer_has_one_more_look_at_it_next(self, office, second):
        last = PositionFactory(organ=office.organ, deputy=True)
        document = submitted(office, office.reviewer, last)

        commands.add_reviewer(document.id, second.id, by=office.actor("reviewer"), now=LATER)

        order = document.reviews.order_by("place").values_list("reviewer_id", flat=True)
        assert list(order) == [office.reviewer.id, second.id, last.id]
        assert JournalLine.objects.filter(subject_id=document.id, act="documents.reviewer_added").count() == 1

    def test_twice_is_refused(self, office):
        document = submitted(office)

        with pytest.raises(AlreadyReviewer):
            commands.add_reviewer(document.id, office.reviewer.id, by=office.actor("author"), now=LATER)

    def test_a_stranger_is_not_asked(self, office):
        with pytest.raises(InvalidInput):
            commands.add_reviewer(submitted(office).id, make_commune().chair.id, by=office.actor("author"), now=LATER)

    def test_who_has_had_their_turn_adds_nobody(self, office, second):
        document = submitted(office, office.reviewer, second)
        commands.initial(document.id, by=office.actor("reviewer"), now=LATER)

        with pytest.raises(NotPermitted):
            commands.add_reviewer(
                document.id, PositionFactory(organ=office.organ, deputy=True).id, by=office.actor("reviewer"), now=LATER
            )


def test_a_later_reviewer_is_brought_forward(office, second):
    last = PositionFactory(organ=office.organ, deputy=True)
    document = submitted(office, office.reviewer, second, last)

    commands.bring_forward(document.id, last.id, by=office.actor("author"), now=LATER)

    order = document.reviews.order_by("place").values_list("reviewer_id", flat=True)
    assert list(order) == [office.reviewer.id, last.id, second.id]
    with pytest.raises(NotInReview):
        commands.bring_forward(document.id, office.reviewer.id, by=office.actor("author"), now=LATER)


class TestEndedPositions:
    def test_one_who_left_before_their_turn_is_not_asked(self, office, second):
        document = submitted(office, office.reviewer, second)
        ended(second)

        commands.initial(document.id, by=office.actor("reviewer"), now=LATER)

        assert states(document) == [ReviewState.INITIALLED, ReviewState.SKIPPED]
        assert Document.objects.get(id=document.id).state == DocumentState.APPROVED

    def test_the_hourly_job_passes_over_who_left_in_their_turn(self, office, second):
        document = submitted(office, office.reviewer, second)
        ended(office.reviewer)

        with clock.at(LATER):
            for _ in range(2):
                jobs.pass_over_ended()

        assert states(document) == [ReviewState.SKIPPED, ReviewState.WAITING]
        assert Notice.objects.filter(position=second, kind="documents.to_review").count() == 1

    def test_from_a_signatory_who_left_it_goes_back_to_the_author(self, office):
        document = commands.initial(submitted(office).id, by=office.actor("reviewer"), now=NOW)
        ended(office.chair)

        with clock.at(LATER):
            jobs.pass_over_ended()

        document = Document.objects.get(id=document.id)
        assert document.state == DocumentState.DRAFT
        assert "Chọn người ký khác" in document.return_reason
        assert Notice.objects.filter(position=office.author, kind="documents.returned").count() == 1

    def test_when_both_have_left_it_goes_back_too(self, office):
        document = submitted(office)
        ended(office.reviewer)
        ended(office.chair)

        assert commands.pass_over_ended(document.id, now=LATER)

        assert Document.objects.get(id=document.id).state == DocumentState.DRAFT

    def test_a_reviewer_before_a_signatory_who_left_gives_it_back(self, office):
        document = submitted(office)
        ended(office.chair)

        with pytest.raises(MayNotSign):
            commands.initial(document.id, by=office.actor("reviewer"), now=LATER)
        commands.return_to_author(document.id, reason="Đổi người ký", by=office.actor("reviewer"), now=LATER)

        assert Document.objects.get(id=document.id).state == DocumentState.DRAFT


def test_the_author_takes_it_back_from_the_signatory(office):
    document = commands.initial(submitted(office).id, by=office.actor("reviewer"), now=NOW)

    taken = commands.take_back(document.id, by=office.actor("author"), now=LATER)

    assert (taken.state, taken.approved_pdf_id) == (DocumentState.DRAFT, None)


class TestPanel:
    def panel(self, position, document, now=LATER):
        client = Client()
        with clock.at(now):
            sign_in(client, position)
            return client.get(reverse("documents:panel", args=[document.id, "xem-xet"])).text

    def test_the_author_adds_and_waits_the_reviewer_adds(self, office):
        document = submitted(office)

        assert "Sau ngày 01/12/2023" in self.panel(office.author, document)
        assert reverse("documents:add_reviewer", args=[document.id]) in self.panel(office.reviewer, document)

    def test_in_time_skipping_is_offered(self, office):
        document = submitted(office)

        assert reverse("documents:skip_reviewer", args=[document.id]) in self.panel(office.author, document, MONDAY)
