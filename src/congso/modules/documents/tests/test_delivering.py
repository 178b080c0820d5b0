"""Delivery: every recipient once, successors for organs that ended, one check of the file for all."""

from datetime import date

import pytest

from congso.modules.documents import commands
from congso.modules.documents.kinds import IncomingState, Verdict
from congso.modules.documents.models import Incoming, Recipient
from congso.modules.documents.tests.factories import (
    LATER,
    NOW,
    DocumentFactory,
    IncomingFactory,
    drawn_and_signed,
    make_commune,
    make_district,
)
from congso.shared.areas.dated import period
from congso.shared.journal.models import JournalLine
from congso.shared.notify.models import Notice
from congso.shared.organs.models import OrganSuccession
from congso.shared.organs.tests.factories import OrganFactory

pytestmark = pytest.mark.django_db


def sent_to(*organs, **more):
    document = DocumentFactory(issued=True, **more)
    for place, organ in enumerate(organs):
        Recipient.objects.create(document=document, organ=organ, place=place)
    return document


class TestDeliver:
    def test_each_recipient_gets_it_once_however_often_the_job_runs(self):
        organs = OrganFactory.create_batch(3)
        document = sent_to(*organs)

        counts = [commands.deliver_document(document.id, now=NOW) for _ in range(2)]

        assert counts == [3, 0]
        assert {paper.organ_id for paper in Incoming.objects.all()} == {organ.id for organ in organs}
        assert JournalLine.objects.get(subject_id=document.id, act="documents.delivered").facts == {"count": 3}
        arrived = JournalLine.objects.filter(act="documents.arrived")
        assert [line.facts for line in arrived] == [{"file": document.file_id}] * 3

    def test_who_followed_an_ended_organ_answers_for_it(self):
        ended = OrganFactory(valid=period(date(2020, 1, 1), date(2023, 7, 1)))
        heir = OrganFactory()
        OrganSuccession.objects.create(
            from_organ=ended, to_organ=heir, kind="merged", decision="NQ", date=date(2023, 7, 1)
        )

        commands.deliver_document(sent_to(ended).id, now=NOW)

        assert Incoming.objects.get().organ_id == heir.id

    def test_what_is_not_issued_goes_nowhere(self):
        assert commands.deliver_document(DocumentFactory(sealed=True).id, now=NOW) == 0

    def test_urgency_and_the_day_asked_for_travel_along(self):
        document = sent_to(OrganFactory(), urgency=1, reply_due_date=date(2023, 12, 8))

        commands.deliver_document(document.id, now=NOW)

        arrival = Incoming.objects.get()
        assert (arrival.urgency, arrival.reply_due_date) == (1, date(2023, 12, 8))


class TestJudge:
    def test_a_file_without_signatures_is_not_called_valid_and_its_clerk_is_told_once(self):
        district, commune = make_district(), make_commune()
        unsigned = drawn_and_signed(district).approved_pdf
        document = sent_to(commune.organ, author=district.author, organ=district.organ, sealed_pdf=unsigned)
        commands.deliver_document(document.id, now=NOW)

        counts = [commands.judge_arrivals(document.id, now=LATER) for _ in range(2)]

        assert counts == [1, 0]
        arrival = Incoming.objects.get()
        assert (arrival.state, arrival.verdict) == (IncomingState.VALIDATED, Verdict.INDETERMINATE)
        assert Notice.objects.filter(position=commune.clerk, kind="documents.arrived").count() == 1


def test_the_sender_is_told_that_a_paper_was_given_back():
    district, commune = make_district(), make_commune()
    document = DocumentFactory(issued=True, author=district.author, organ=district.organ)
    arrival = IncomingFactory(organ=commune.organ, document=document)

    commands.return_incoming(arrival.id, reason="Nhầm nơi nhận", by=commune.actor("clerk"), now=NOW)

    assert Notice.objects.filter(position=district.clerk, subject_id=document.id).count() == 1
