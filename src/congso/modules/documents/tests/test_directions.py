"""Several leaders' directions, a head's onward, moved days, taken back, passed on, not read."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from congso.kernel.errors import NotFound, NotPermitted
from congso.kernel.ids import new_id
from congso.modules.documents import commands
from congso.modules.documents.commands import DirectionInput, ForwardingInput
from congso.modules.documents.commands.assigning import DueDatePassed, NotToBeAssigned
from congso.modules.documents.commands.changing import ChangeReasonMissing, DirectionIsOver, SameDueDate
from congso.modules.documents.commands.directing import DirectedAlready
from congso.modules.documents.commands.forwarding import ForwardingIncomplete, NotToBeForwarded, ThereAlready
from congso.modules.documents.commands.reminding import EverybodyHasRead
from congso.modules.documents.commands.splitting import DueAfterOwn, SplitAlready
from congso.modules.documents.kinds import AssignmentKind, DirectionKind, IncomingState, Verdict
from congso.modules.documents.models import Assignment, Direction, DueChange, Incoming
from congso.modules.documents.queries.incoming_page import incoming_page
from congso.modules.documents.queries.lists import parts_to_do
from congso.modules.documents.queries.readers import readers_of
from congso.modules.documents.tests.factories import LATER, NOW, TODAY, IncomingFactory, make_commune, make_district
from congso.shared.accounts.queries import actor_for
from congso.shared.journal.models import JournalLine
from congso.shared.notify.models import Notice
from congso.shared.organs.tests.factories import OrganFactory
from congso.shared.people.tests.factories import PositionFactory

pytestmark = pytest.mark.django_db
DUE = TODAY + timedelta(days=9)


@pytest.fixture
def commune():
    return make_commune()


@pytest.fixture
def office():
    """A district whose office is led by its head (``reviewer``), with one specialist (``author``)."""
    return make_district()


def direct(office, role="chair", at=NOW, **order):
    """Let a leader direct; the paper is registered first."""
    incoming = order.pop("paper", None) or IncomingFactory(organ=office.organ, registered=True)
    commands.direct_incoming(incoming.id, DirectionInput(**order), by=office.actor(role), now=at)
    incoming.refresh_from_db()
    return incoming


def acts_of(incoming):
    return list(JournalLine.objects.filter(subject_id=incoming.id).order_by("id").values_list("act", flat=True))


class TestSeveralLeaders:
    def test_each_gives_their_own_and_the_earliest_day_counts(self, commune):
        paper = direct(commune, lead=commune.author.id, due_date=DUE)

        direct(commune, "reviewer", paper=paper, lead=commune.author.id, due_date=TODAY, beside=True)

        assert paper.due_date == TODAY
        assert paper.directions.filter(closed_at=None).count() == 2

    def test_the_paper_closes_with_the_last_of_them(self, commune):
        other = PositionFactory(organ=commune.organ)
        paper = direct(commune, lead=commune.author.id)
        direct(commune, "reviewer", paper=paper, lead=other.id, beside=True)

        first = commands.finish_part(paper.id, by=commune.actor("author"), now=LATER)
        last = commands.finish_part(paper.id, by=actor_for(other.id, on=TODAY), now=LATER)

        assert (first.state, last.state) == (IncomingState.DIRECTED, IncomingState.CLOSED)

    def test_an_opinion_without_a_lead_ends_with_the_work(self, commune):
        paper = direct(commune, lead=commune.author.id)
        direct(commune, "reviewer", paper=paper, lead=None, text="Lưu ý kinh phí", beside=True)

        commands.finish_part(paper.id, by=commune.actor("author"), now=LATER)

        assert not paper.directions.filter(closed_at=None).exists()

    def test_one_who_is_named_twice_sees_one_task_by_the_stronger_part(self, commune):
        paper = direct(commune, lead=commune.reviewer.id, support=[commune.author.id])
        direct(commune, "reviewer", paper=paper, lead=commune.author.id, beside=True)

        page = incoming_page(paper.id, by=commune.actor("chair"))

        named = [part for part in page.merged if part.assignment.position_id == commune.author.id]
        assert [part.assignment.kind for part in named] == [AssignmentKind.LEAD]

    def test_a_leader_has_one_open_direction_on_a_paper(self, commune):
        paper = direct(commune, lead=commune.author.id)

        with pytest.raises(DirectedAlready):
            direct(commune, paper=paper, lead=commune.reviewer.id, beside=True)

    def test_the_database_refuses_a_second_open_one_of_the_same_leader(self, commune):
        paper = direct(commune, lead=commune.author.id)

        with pytest.raises(IntegrityError, match="position_has_one_open_direction_on_a_paper"):
            Direction.objects.create(incoming=paper, given_by=commune.chair, given_at=NOW)

    def test_nobody_of_another_organ_is_given_work(self, commune):
        with pytest.raises(NotToBeAssigned):
            direct(commune, lead=PositionFactory().id)


class TestSplit:
    def test_a_head_gives_the_part_of_the_department_to_own_staff(self, office):
        paper = direct(office, lead=office.drafting.id, due_date=DUE)

        given = commands.split_part(
            paper.id, DirectionInput(lead=office.author.id), by=office.actor("reviewer"), now=LATER
        )

        assert (given.kind, given.due_date) == (DirectionKind.ONWARD, DUE)
        assert Incoming.objects.get(id=paper.id).state == IncomingState.IN_PROGRESS
        assert acts_of(paper)[-2:] == ["documents.split_onward", "documents.taken_on"]
        assert Notice.objects.get(position=office.author).kind == "documents.assigned"

    def test_the_split_part_is_finished_first_and_the_head_learns_of_it(self, office):
        paper = direct(office, lead=office.drafting.id)
        commands.split_part(paper.id, DirectionInput(lead=office.author.id), by=office.actor("reviewer"), now=LATER)

        after = commands.finish_part(paper.id, by=office.actor("author"), now=LATER)

        assert after.state == IncomingState.IN_PROGRESS
        assert [part.organ_id for part in parts_to_do(office.actor("reviewer"))] == [office.drafting.id]
        assert Notice.objects.filter(position=office.reviewer, kind="documents.closed").exists()
        assert commands.finish_part(paper.id, by=office.actor("reviewer"), now=LATER).state == IncomingState.CLOSED

    def test_others_of_the_department_no_longer_have_the_split_part_to_do(self, office):
        colleague = PositionFactory(organ=office.drafting)
        paper = direct(office, lead=office.drafting.id)
        before = parts_to_do(actor_for(colleague.id, on=TODAY)).count()
        commands.split_part(paper.id, DirectionInput(lead=office.author.id), by=office.actor("reviewer"), now=LATER)

        assert (before, parts_to_do(actor_for(colleague.id, on=TODAY)).count()) == (1, 0)

    def test_the_day_lies_within_the_day_of_the_part(self, office):
        paper = direct(office, lead=office.drafting.id, due_date=TODAY)
        order = DirectionInput(lead=office.author.id, due_date=DUE)

        with pytest.raises(DueAfterOwn, match="29/11/2023"):
            commands.split_part(paper.id, order, by=office.actor("reviewer"), now=NOW)

    def test_a_part_is_split_once(self, office):
        paper = direct(office, lead=office.drafting.id)
        order, by = DirectionInput(lead=office.author.id), office.actor("reviewer")
        commands.split_part(paper.id, order, by=by, now=NOW)

        with pytest.raises(SplitAlready):
            commands.split_part(paper.id, order, by=by, now=NOW)

    def test_a_specialist_splits_nothing(self, office):
        paper = direct(office, lead=office.drafting.id)

        with pytest.raises(NotPermitted):
            commands.split_part(paper.id, DirectionInput(lead=office.reviewer.id), by=office.actor("author"), now=NOW)


class TestChange:
    def test_the_day_is_moved_with_a_reason_that_stays(self, commune):
        paper = direct(commune, lead=commune.author.id, due_date=TODAY)
        direction = paper.directions.get()

        moved = commands.change_due_date(
            paper.id, direction.id, DUE, reason="Chờ số liệu", by=commune.actor("chair"), now=LATER
        )

        change = DueChange.objects.get()
        assert (change.old_due, change.new_due, change.reason) == (TODAY, DUE, "Chờ số liệu")
        assert (moved.due_date, Assignment.objects.get().due_date) == (DUE, DUE)
        assert acts_of(paper)[-1] == "documents.due_changed"
        assert Notice.objects.filter(position=commune.author, kind="documents.due_changed").exists()

    @pytest.mark.parametrize(
        ("day", "reason", "refusal"),
        [
            (DUE, " ", ChangeReasonMissing),
            (TODAY - timedelta(days=1), "Nhầm", DueDatePassed),
            (TODAY, "Nhầm", SameDueDate),
        ],
    )
    def test_a_day_that_cannot_be_changes_nothing(self, commune, day, reason, refusal):
        paper = direct(commune, lead=commune.author.id, due_date=TODAY)

        with pytest.raises(refusal):
            commands.change_due_date(
                paper.id, paper.directions.get().id, day, reason=reason, by=commune.actor("chair"), now=LATER
            )

    def test_what_is_taken_back_waits_for_a_direction_again(self, commune):
        paper = direct(commune, lead=commune.author.id, due_date=DUE)

        back = commands.take_back_direction(
            paper.id, paper.directions.get().id, reason="Giao nhầm", by=commune.actor("chair"), now=LATER
        )

        assert (back.state, back.due_date) == (IncomingState.REGISTERED, None)
        assert not Incoming.objects.visible_to(commune.actor("author")).exists()
        assert acts_of(paper)[-1] == "documents.direction_taken_back"

    def test_with_a_direction_goes_what_was_split_of_it(self, office):
        paper = direct(office, lead=office.drafting.id)
        commands.split_part(paper.id, DirectionInput(lead=office.author.id), by=office.actor("reviewer"), now=NOW)
        order = paper.directions.get(kind=DirectionKind.ORDER)

        commands.take_back_direction(paper.id, order.id, reason="Nhầm", by=office.actor("chair"), now=LATER)

        assert not paper.assignments.filter(taken_back_at=None).exists()
        assert not paper.directions.filter(closed_at=None).exists()

    def test_what_is_done_is_not_taken_back(self, commune):
        paper = direct(commune, lead=commune.author.id)
        commands.finish_part(paper.id, by=commune.actor("author"), now=NOW)

        with pytest.raises(DirectionIsOver):
            commands.take_back_direction(
                paper.id, paper.directions.get().id, reason="Nhầm", by=commune.actor("chair"), now=LATER
            )

    def test_what_the_sender_recalled_is_not_changed_any_more(self, commune):
        paper = direct(commune, lead=commune.author.id)
        Incoming.objects.filter(id=paper.id).update(
            state=IncomingState.RECALLED, recalled_at=LATER, recall_reason="Gửi nhầm"
        )

        with pytest.raises(DirectionIsOver):
            commands.take_back_direction(
                paper.id, paper.directions.get().id, reason="Nhầm", by=commune.actor("chair"), now=LATER
            )

    def test_only_who_gave_it_changes_it(self, commune):
        paper = direct(commune, lead=commune.author.id)

        with pytest.raises(NotPermitted):
            commands.take_back_direction(
                paper.id, paper.directions.get().id, reason="Nhầm", by=commune.actor("reviewer"), now=LATER
            )


class TestForward:
    def test_it_arrives_at_the_other_organ_ready_to_be_registered(self, commune):
        near = make_commune("Tế Lợi")
        paper = IncomingFactory(organ=commune.organ, registered=True)

        commands.forward_incoming(
            paper.id, ForwardingInput(organs=[near.organ.id]), by=commune.actor("clerk"), now=LATER
        )

        arrival = Incoming.objects.get(organ=near.organ)
        assert (arrival.state, arrival.verdict, arrival.forwarded_from_id) == ("validated", Verdict.PASSED, paper.id)
        assert acts_of(paper) == ["documents.forwarded"]
        line = JournalLine.objects.get(subject_id=arrival.id, act="documents.arrived")
        assert line.facts == {"file": paper.file_id}
        assert Notice.objects.filter(position=near.clerk, kind="documents.arrived").exists()

    def test_a_colleague_comes_to_know_and_nothing_else_changes(self, commune):
        paper = IncomingFactory(organ=commune.organ, registered=True)

        commands.forward_incoming(
            paper.id, ForwardingInput(people=[commune.author.id]), by=commune.actor("clerk"), now=LATER
        )

        assert Incoming.objects.visible_to(commune.actor("author")).get().state == IncomingState.REGISTERED
        assert not parts_to_do(commune.actor("author")).exists()

    def test_the_forwarder_sees_why_it_was_given_back(self, commune):
        near = make_commune("Tế Lợi")
        paper = IncomingFactory(organ=commune.organ, registered=True)
        commands.forward_incoming(paper.id, ForwardingInput(organs=[near.organ.id]), by=commune.actor("clerk"), now=NOW)
        arrival = Incoming.objects.get(organ=near.organ)

        commands.return_incoming(arrival.id, reason="Không thuộc địa bàn", by=near.actor("clerk"), now=LATER)

        told = Notice.objects.get(position=commune.clerk)
        assert (told.kind, told.subject_id) == (f"documents.refused.{near.organ.id}", paper.id)

    def test_an_organ_that_has_it_does_not_get_it_again(self, commune):
        near = make_commune("Tế Lợi")
        paper = IncomingFactory(organ=commune.organ, registered=True)
        to, by = ForwardingInput(organs=[near.organ.id]), commune.actor("clerk")
        commands.forward_incoming(paper.id, to, by=by, now=NOW)

        with pytest.raises(ThereAlready, match="Tế Lợi"):
            commands.forward_incoming(paper.id, to, by=by, now=NOW)

    def test_a_form_sent_twice_forwards_once(self, commune):
        near, key = make_commune("Tế Lợi"), new_id()
        paper = IncomingFactory(organ=commune.organ, registered=True)

        for _ in range(2):
            commands.forward_incoming(
                paper.id, ForwardingInput(organs=[near.organ.id]), by=commune.actor("clerk"), now=NOW, key=key
            )

        assert Incoming.objects.filter(organ=near.organ).count() == 1

    def test_somebody_has_to_get_it_and_it_has_to_be_registered(self, commune):
        by = commune.actor("clerk")
        with pytest.raises(ForwardingIncomplete):
            commands.forward_incoming(
                IncomingFactory(organ=commune.organ, registered=True).id, ForwardingInput(), by=by, now=NOW
            )
        to = ForwardingInput(organs=[OrganFactory().id])
        with pytest.raises(NotToBeForwarded):
            commands.forward_incoming(IncomingFactory(organ=commune.organ).id, to, by=by, now=NOW)

    def test_strangers_do_not_learn_of_it(self, commune):
        paper = IncomingFactory(organ=commune.organ, registered=True)

        with pytest.raises(NotFound):
            commands.forward_incoming(
                paper.id, ForwardingInput(organs=[OrganFactory().id]), by=make_district().actor("clerk"), now=NOW
            )


class TestReaders:
    def test_those_who_have_not_read_come_first_and_are_reminded(self, commune):
        paper = direct(commune, lead=commune.author.id, support=[commune.reviewer.id])
        commands.mark_read(paper.id, paper.file_id, by=commune.actor("author"), now=LATER)

        told = commands.remind_to_read(paper.id, by=commune.actor("clerk"), now=LATER)

        assert [reader.position.id for reader in readers_of(paper, now=LATER)] == [
            commune.reviewer.id,
            commune.author.id,
        ]
        assert told == 1
        assert Notice.objects.get(kind="documents.remind_to_read").position_id == commune.reviewer.id
        assert acts_of(paper)[-1] == "documents.reminded_to_read"

    def test_nobody_is_reminded_when_all_have_read(self, commune):
        paper = direct(commune, lead=commune.author.id)
        commands.mark_read(paper.id, paper.file_id, by=commune.actor("author"), now=LATER)

        with pytest.raises(EverybodyHasRead):
            commands.remind_to_read(paper.id, by=commune.actor("chair"), now=LATER)

    def test_of_an_organ_its_head_is_asked_for(self, office):
        paper = direct(office, lead=office.drafting.id)

        assert [reader.position.id for reader in readers_of(paper, now=NOW)] == [office.reviewer.id]

    def test_who_was_only_named_does_not_remind(self, commune):
        paper = direct(commune, lead=commune.author.id)

        with pytest.raises(NotPermitted):
            commands.remind_to_read(paper.id, by=commune.actor("author"), now=LATER)
