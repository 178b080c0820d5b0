"""Recall: a leader orders, the clerk carries out, receivers keep the number, lose the work, destroy and say so."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from congso.kernel.errors import NotFound, NotPermitted
from congso.kernel.ids import new_id
from congso.modules.documents import commands
from congso.modules.documents.commands import DirectionInput
from congso.modules.documents.commands.answering import AlreadyFinished
from congso.modules.documents.commands.recalling import (
    AlreadyRecalled,
    NoRecallOrdered,
    NothingToDestroy,
    NothingToRecall,
    RecallReasonMissing,
)
from congso.modules.documents.commands.registering import IncomingWasRecalled
from congso.modules.documents.commands.taking_on import NothingToTakeOn
from congso.modules.documents.figures import SENT, SIGNED
from congso.modules.documents.kinds import IncomingState
from congso.modules.documents.models import Assignment, Direction, Document, Incoming, Recall, Recipient
from congso.modules.documents.tests.factories import (
    LATER,
    NOW,
    DocumentFactory,
    IncomingFactory,
    StoredFileFactory,
    make_commune,
    make_district,
)
from congso.modules.documents.tests.worker import run_jobs
from congso.shared.journal.models import JournalLine
from congso.shared.notify.models import Notice

pytestmark = pytest.mark.django_db

EVEN_LATER = LATER + timedelta(hours=1)


@pytest.fixture
def office():
    return make_district()


@pytest.fixture
def commune():
    return make_commune()


@pytest.fixture
def sent(office, commune):
    """An issued paper to one commune that is not delivered yet."""
    document = DocumentFactory(author=office.author, organ=office.organ, issued=True, signatory=office.chair)
    Recipient.objects.create(document=document, organ=commune.organ, place=0)
    return document


@pytest.fixture
def arrived(sent, commune):
    """Its arrival, registered and given to the commune's author."""
    commands.deliver_document(sent.id, now=NOW)
    Incoming.objects.update(state="validated", verdict="passed")
    incoming = commands.register_incoming(Incoming.objects.get().id, by=commune.actor("clerk"), now=NOW)
    order = DirectionInput(lead=commune.author.id, support=[commune.reviewer.id])
    return commands.direct_incoming(incoming.id, order, by=commune.actor("chair"), now=NOW)


def ordered(document, office, **more):
    return commands.order_recall(
        document.id, **{"reason": "Sai số tiền", "by": office.actor("chair"), "now": NOW} | more
    )


def recalled(document, office):
    ordered(document, office)
    return commands.carry_out_recall(document.id, by=office.actor("clerk"), now=LATER)


def told(position, kind):
    return Notice.objects.filter(position=position, kind=kind).count()


class TestOrder:
    def test_the_signatory_orders_and_the_clerk_is_told(self, office, sent):
        ordered(sent, office)

        assert Recall.objects.get().ordered_by == office.chair
        assert told(office.clerk, "documents.to_recall") == 1
        assert JournalLine.objects.filter(subject_id=sent.id, act="documents.recall_ordered").count() == 1

    def test_receivers_learn_nothing_of_a_mere_order(self, office, arrived):
        ordered(arrived.document, office)
        run_jobs()

        assert Incoming.objects.get().state == IncomingState.DIRECTED

    @pytest.mark.parametrize("role", ["author", "clerk"])
    def test_neither_author_nor_clerk_orders(self, office, sent, role):
        with pytest.raises(NotPermitted):
            ordered(sent, office, by=office.actor(role))

    def test_a_receiver_does_not_even_see_the_senders_paper(self, office, sent, commune):
        with pytest.raises(NotFound):
            ordered(sent, office, by=commune.actor("chair"))

    def test_the_refusals(self, office, sent):
        with pytest.raises(RecallReasonMissing):
            ordered(sent, office, reason=" ")
        ordered(sent, office)
        with pytest.raises(AlreadyRecalled):
            ordered(sent, office)
        unsent = DocumentFactory(author=office.author, organ=office.organ, approved=True, signatory=office.chair)
        with pytest.raises(NothingToRecall):
            ordered(unsent, office)

    def test_the_same_form_sent_twice_orders_once(self, office, sent):
        key = new_id()

        for _ in range(2):
            ordered(sent, office, key=key)

        assert Recall.objects.count() == 1

    def test_it_can_be_dropped_until_it_is_carried_out(self, office, sent):
        ordered(sent, office)
        commands.drop_recall(sent.id, by=office.actor("chair"), now=NOW)

        with pytest.raises(NoRecallOrdered):
            commands.carry_out_recall(sent.id, by=office.actor("clerk"), now=NOW)
        recalled(sent, office)
        with pytest.raises(NoRecallOrdered):
            commands.drop_recall(sent.id, by=office.actor("chair"), now=NOW)


class TestCarryOut:
    def test_the_sender_keeps_the_paper_and_its_number(self, office, sent):
        kept = recalled(sent, office)

        assert (kept.state, kept.number, kept.recalled_at) == ("issued", sent.number, LATER)
        assert JournalLine.objects.get(subject_id=sent.id, act="documents.recalled").facts == {"number": sent.number}

    def test_it_was_sent_so_the_figures_keep_it(self, office, sent):
        recalled(sent, office)

        assert Document.objects.filter(SENT).count() == Document.objects.filter(SIGNED).count() == 1

    def test_without_an_order_nothing_happens(self, office, sent):
        with pytest.raises(NoRecallOrdered):
            commands.carry_out_recall(sent.id, by=office.actor("clerk"), now=NOW)

    def test_the_chair_does_not_carry_out(self, office, sent):
        ordered(sent, office)

        with pytest.raises(NotPermitted):
            commands.carry_out_recall(sent.id, by=office.actor("chair"), now=NOW)

    def test_the_number_at_the_receiver_stays_and_the_work_is_closed(self, office, arrived):
        recalled(arrived.document, office)
        run_jobs(twice=True)

        line = Incoming.objects.get()
        assert (line.state, line.arrival_number) == (IncomingState.RECALLED, arrived.arrival_number)
        assert line.recall_reason == "Sai số tiền"
        assert not Direction.objects.filter(closed_at=None).exists()
        assert not Assignment.objects.filter(done_at=None).exists()
        assert JournalLine.objects.filter(subject_id=line.id, act="documents.incoming_recalled").count() == 1

    def test_whoever_holds_it_works_on_it_or_read_it_is_told(self, office, commune, arrived):
        reader = make_commune("Tế Lợi").author  # any position; reading is what counts
        file = StoredFileFactory()
        commands.mark_read(arrived.id, file.sha256, by=commune.actor("reviewer"), now=NOW)
        arrived.document.recipients.create(position=reader, place=1)

        recalled(arrived.document, office)
        run_jobs()

        for position in (commune.clerk, commune.chair, commune.author, commune.reviewer):
            assert told(position, "documents.recalled") == 1
        for position in (office.author, office.chair, reader):
            assert told(position, "documents.recalled") == 1

    def test_nobody_goes_on_with_it(self, office, commune, arrived):
        recalled(arrived.document, office)
        run_jobs()

        with pytest.raises(IncomingWasRecalled):
            commands.register_incoming(arrived.id, by=commune.actor("clerk"), now=EVEN_LATER)
        with pytest.raises(AlreadyFinished):
            commands.finish_part(arrived.id, by=commune.actor("author"), now=EVEN_LATER)
        with pytest.raises((NotPermitted, NothingToTakeOn)):
            commands.take_on(arrived.id, by=commune.actor("author"), now=EVEN_LATER)

    def test_a_delivery_that_runs_after_it_brings_the_paper_nowhere(self, office, sent):
        recalled(sent, office)

        assert commands.deliver_document(sent.id, now=EVEN_LATER) == 0
        assert not Incoming.objects.exists()

    def test_what_arrived_and_is_not_judged_yet_is_cancelled_at_the_door(self, office, sent):
        commands.deliver_document(sent.id, now=NOW)

        recalled(sent, office)
        counts = [commands.cancel_arrivals(sent.id, now=LATER) for _ in range(2)]

        assert counts == [1, 0]
        assert commands.judge_arrivals(sent.id, now=EVEN_LATER) == 0
        assert (Incoming.objects.get().state, Incoming.objects.get().arrival_number) == (IncomingState.RECALLED, None)

    def test_where_it_was_given_back_nothing_is_left_to_cancel(self, office, commune, sent):
        commands.deliver_document(sent.id, now=NOW)
        commands.return_incoming(Incoming.objects.get().id, reason="Nhầm", by=commune.actor("clerk"), now=NOW)

        recalled(sent, office)

        assert commands.cancel_arrivals(sent.id, now=LATER) == 0
        assert Incoming.objects.get().state == IncomingState.RETURNED

    def test_a_recalled_reply_is_told_to_who_asked_for_it(self, office, commune, arrived):
        reply = DocumentFactory(
            author=commune.author, organ=commune.organ, issued=True, signatory=commune.chair, reply_to=arrived
        )

        recalled(reply, commune)

        assert told(commune.chair, "documents.reply_recalled") == 1


class TestDestroyed:
    @pytest.fixture
    def cancelled(self, office, arrived):
        recalled(arrived.document, office)
        run_jobs()
        return arrived

    def test_the_receivers_clerk_says_so_and_the_sender_is_told(self, office, commune, cancelled):
        paper = commands.confirm_destroyed(cancelled.id, by=commune.actor("clerk"), now=EVEN_LATER)

        assert (paper.destroyed_at, paper.destroyed_by) == (EVEN_LATER, commune.clerk)
        assert told(office.clerk, "documents.all_destroyed") == 1
        assert JournalLine.objects.filter(subject_id=paper.id, act="documents.copy_destroyed").count() == 1

    def test_once(self, commune, cancelled):
        commands.confirm_destroyed(cancelled.id, by=commune.actor("clerk"), now=EVEN_LATER)

        with pytest.raises(NothingToDestroy):
            commands.confirm_destroyed(cancelled.id, by=commune.actor("clerk"), now=EVEN_LATER)

    def test_not_what_holds(self, commune, arrived):
        with pytest.raises(NothingToDestroy):
            commands.confirm_destroyed(arrived.id, by=commune.actor("clerk"), now=EVEN_LATER)

    def test_only_the_clerk(self, commune, cancelled):
        with pytest.raises(NotPermitted):
            commands.confirm_destroyed(cancelled.id, by=commune.actor("chair"), now=EVEN_LATER)


def test_the_database_refuses_a_recall_without_reason_or_moment():
    with pytest.raises(IntegrityError, match="incoming_is_recalled_at_a_moment_with_a_reason"):
        IncomingFactory(state=IncomingState.RECALLED)
