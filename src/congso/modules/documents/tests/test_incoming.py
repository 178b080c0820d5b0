"""Incoming papers: the door, the register, the direction, the work."""

from datetime import timedelta

import pytest

from congso.kernel.errors import NotFound, NotPermitted
from congso.kernel.ids import new_id
from congso.modules.documents import commands
from congso.modules.documents.commands import DirectionInput
from congso.modules.documents.commands.answering import AlreadyFinished
from congso.modules.documents.commands.assigning import DueDatePassed
from congso.modules.documents.commands.directing import DirectionIncomplete, NotToBeDirected
from congso.modules.documents.commands.registering import (
    AlreadyRegistered,
    IncomingWasReturned,
    NotYetValidated,
    ReturnReasonMissing,
    SignatureBroken,
)
from congso.modules.documents.commands.taking_on import NothingToTakeOn
from congso.modules.documents.kinds import AssignmentKind, IncomingState, Verdict
from congso.modules.documents.models import Assignment, Incoming
from congso.modules.documents.tests.factories import (
    LATER,
    NOW,
    TODAY,
    IncomingFactory,
    hanoi,
    make_commune,
    make_district,
)
from congso.shared.journal.models import JournalLine
from congso.shared.notify.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune():
    return make_commune()


def directed(commune, **more):
    incoming = IncomingFactory(organ=commune.organ, registered=True)
    order = DirectionInput(lead=commune.author.id, **more)
    return commands.direct_incoming(incoming.id, order, by=commune.actor("chair"), now=NOW)


class TestRegister:
    def test_arrival_numbers_run_from_one_in_the_year_of_hanoi(self, commune):
        first, second = IncomingFactory.create_batch(2, organ=commune.organ)

        numbers = [
            commands.register_incoming(paper.id, by=commune.actor("clerk"), now=NOW).arrival_number
            for paper in (first, second)
        ]

        assert numbers == [1, 2]
        assert JournalLine.objects.get(subject_id=first.id).act == "documents.registered"
        assert Notice.objects.filter(position=commune.chair, kind="documents.to_direct").count() == 2

    def test_a_form_sent_twice_registers_once(self, commune):
        incoming, key = IncomingFactory(organ=commune.organ), new_id()

        results = [
            commands.register_incoming(incoming.id, by=commune.actor("clerk"), now=NOW, key=key) for _ in range(2)
        ]

        assert [paper.arrival_number for paper in results] == [1, 1]

    def test_what_is_registered_is_said_with_its_number(self, commune):
        incoming = IncomingFactory(organ=commune.organ, registered=True, arrival_number=231)

        with pytest.raises(AlreadyRegistered, match="231"):
            commands.register_incoming(incoming.id, by=commune.actor("clerk"), now=NOW)

    def test_signatures_are_judged_first(self, commune):
        incoming = IncomingFactory(organ=commune.organ, verdict=Verdict.PENDING, state=IncomingState.ARRIVED)

        with pytest.raises(NotYetValidated):
            commands.register_incoming(incoming.id, by=commune.actor("clerk"), now=NOW)

    def test_a_broken_signature_is_not_registered(self, commune):
        incoming = IncomingFactory(organ=commune.organ, verdict=Verdict.FAILED)

        with pytest.raises(SignatureBroken):
            commands.register_incoming(incoming.id, by=commune.actor("clerk"), now=NOW)

    def test_a_leader_sees_it_but_does_not_register(self, commune):
        incoming = IncomingFactory(organ=commune.organ)

        with pytest.raises(NotPermitted):
            commands.register_incoming(incoming.id, by=commune.actor("chair"), now=NOW)

    @pytest.mark.parametrize("role", ["clerk", "chair", "author"])
    def test_another_organ_does_not_learn_of_it(self, commune, role):
        stranger = make_district()

        with pytest.raises(NotFound):
            commands.register_incoming(IncomingFactory(organ=commune.organ).id, by=stranger.actor(role), now=NOW)


class TestReturn:
    def test_the_clerk_gives_it_back_with_a_reason(self, commune):
        incoming = IncomingFactory(organ=commune.organ)

        returned = commands.return_incoming(
            incoming.id, reason="Không đúng nơi nhận", by=commune.actor("clerk"), now=NOW
        )

        assert (returned.state, returned.return_reason) == (IncomingState.RETURNED, "Không đúng nơi nhận")

    def test_without_a_reason_nothing_happens(self, commune):
        with pytest.raises(ReturnReasonMissing):
            commands.return_incoming(
                IncomingFactory(organ=commune.organ).id, reason=" ", by=commune.actor("clerk"), now=NOW
            )

    def test_what_was_returned_is_not_registered(self, commune):
        incoming = IncomingFactory(organ=commune.organ, state=IncomingState.RETURNED, return_reason="Nhầm")

        with pytest.raises(IncomingWasReturned):
            commands.register_incoming(incoming.id, by=commune.actor("clerk"), now=NOW)


class TestDirect:
    def test_the_leader_says_who_leads_who_supports_and_by_when(self, commune):
        due = TODAY + timedelta(days=9)

        incoming = directed(commune, support=[commune.reviewer.id], text="Lập báo cáo", due_date=due)

        parts = {part.position_id: (part.kind, part.due_date) for part in Assignment.objects.all()}
        assert parts == {
            commune.author.id: (AssignmentKind.LEAD, due),
            commune.reviewer.id: (AssignmentKind.SUPPORT, due),
        }
        assert (incoming.state, incoming.due_date) == (IncomingState.DIRECTED, due)
        assert Notice.objects.get(position=commune.author).kind == "documents.assigned"

    def test_only_to_know_closes_it_at_once(self, commune):
        incoming = IncomingFactory(organ=commune.organ, registered=True)
        order = DirectionInput(lead=None, informed=[commune.author.id], only_to_know=True)

        closed = commands.direct_incoming(incoming.id, order, by=commune.actor("chair"), now=NOW)

        assert closed.state == IncomingState.CLOSED

    def test_somebody_has_to_lead(self, commune):
        incoming = IncomingFactory(organ=commune.organ, registered=True)

        with pytest.raises(DirectionIncomplete):
            commands.direct_incoming(incoming.id, DirectionInput(lead=None), by=commune.actor("chair"), now=NOW)

    def test_a_day_that_is_over_is_refused_and_today_is_not(self, commune):
        with pytest.raises(DueDatePassed):
            directed(commune, due_date=TODAY - timedelta(days=1))

    def test_a_form_sent_twice_directs_once(self, commune):
        incoming, key = IncomingFactory(organ=commune.organ, registered=True), new_id()
        order = DirectionInput(lead=commune.author.id)

        for _ in range(2):
            commands.direct_incoming(incoming.id, order, by=commune.actor("chair"), now=NOW, key=key)

        assert incoming.directions.count() == 1

    def test_a_second_leader_is_told_that_it_was_directed(self, commune):
        incoming = directed(commune)

        with pytest.raises(NotToBeDirected):
            commands.direct_incoming(
                incoming.id, DirectionInput(lead=commune.author.id), by=commune.actor("reviewer"), now=NOW
            )

    def test_what_is_not_registered_is_not_directed(self, commune):
        incoming = IncomingFactory(organ=commune.organ)

        with pytest.raises(NotToBeDirected):
            commands.direct_incoming(
                incoming.id, DirectionInput(lead=commune.author.id), by=commune.actor("chair"), now=NOW
            )

    def test_the_clerk_does_not_direct(self, commune):
        incoming = IncomingFactory(organ=commune.organ, registered=True)

        with pytest.raises(NotPermitted):
            commands.direct_incoming(
                incoming.id, DirectionInput(lead=commune.author.id), by=commune.actor("clerk"), now=NOW
            )


class TestWork:
    def test_who_is_not_assigned_does_not_learn_of_it(self, commune):
        incoming = IncomingFactory(organ=commune.organ, registered=True)

        assert not Incoming.objects.visible_to(commune.actor("author")).filter(id=incoming.id).exists()

    def test_who_leads_takes_it_on(self, commune):
        incoming = directed(commune)

        taken = [commands.take_on(incoming.id, by=commune.actor("author"), now=LATER) for _ in range(2)]

        assert {paper.state for paper in taken} == {IncomingState.IN_PROGRESS}
        assert JournalLine.objects.filter(subject_id=incoming.id, act="documents.taken_on").count() == 1

    def test_what_is_done_cannot_be_taken_on(self, commune):
        incoming = directed(commune)
        Incoming.objects.filter(id=incoming.id).update(state=IncomingState.CLOSED, closed_at=NOW)

        with pytest.raises(NothingToTakeOn):
            commands.take_on(incoming.id, by=commune.actor("author"), now=LATER)

    def test_when_who_leads_has_finished_the_paper_closes_and_the_leader_knows(self, commune):
        incoming = directed(commune)

        closed = commands.finish_part(incoming.id, by=commune.actor("author"), now=LATER)

        assert (closed.state, closed.closed_at) == (IncomingState.CLOSED, LATER)
        assert closed.directions.get().closed_at == LATER
        assert Notice.objects.filter(position=commune.chair, kind="documents.closed").exists()

    def test_who_supports_finishes_only_their_part(self, commune):
        incoming = directed(commune, support=[commune.reviewer.id])

        after = commands.finish_part(incoming.id, by=commune.actor("reviewer"), now=LATER)

        assert after.state == IncomingState.DIRECTED
        assert Assignment.objects.get(position=commune.reviewer).done_at == LATER

    def test_a_part_is_finished_once(self, commune):
        incoming = directed(commune)
        commands.finish_part(incoming.id, by=commune.actor("author"), now=LATER)

        with pytest.raises(AlreadyFinished):
            commands.finish_part(incoming.id, by=commune.actor("author"), now=LATER)


def test_the_year_of_an_arrival_number_is_that_of_hanoi(commune):
    incoming = IncomingFactory(organ=commune.organ)
    last_evening = hanoi(23, 30).replace(month=12, day=31)

    registered = commands.register_incoming(incoming.id, by=commune.actor("clerk"), now=last_evening)

    assert registered.arrival_year == 2023
