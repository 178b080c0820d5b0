"""Bring an issued paper to the doors of its recipients, and judge its signatures there."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from congso.kernel import clock, events
from congso.kernel.actor import Actor
from congso.modules.documents import notices, recall_notices
from congso.modules.documents.commands.sealing_attachments import judge_attachments_step
from congso.modules.documents.events import DocumentDelivered
from congso.modules.documents.kinds import DocumentState, IncomingState, Verdict
from congso.modules.documents.models import Document, Incoming
from congso.modules.signing import public as signing
from congso.shared import journal
from congso.shared.organs.queries import labels, who_answers


@transaction.atomic(durable=True)
def deliver_document(document_id: UUID, *, now: datetime) -> int:
    """Put the paper at the door of each recipient; return how many had not had it. Safe to run twice.

    An organ that has ended is answered for by its successors. A paper that was recalled meanwhile goes nowhere: the
    recall waits for this row, or this finds it.
    """
    document = Document.objects.select_for_update().defer("body").get(id=document_id)
    file_id = document.file_id
    if document.state != DocumentState.ISSUED or document.recalled_at is not None or file_id is None:
        return 0
    there = set(document.arrivals.values_list("organ_id", flat=True))
    arrivals = [
        _arrival(document, organ_id, file_id=file_id, now=now)
        for organ_id in _receivers(document, now=now)
        if organ_id not in there
    ]
    if not arrivals:
        return 0
    sender = labels([document.organ_id], on=clock.day_of(now))[document.organ_id]
    for arrival in arrivals:
        arrival.sender_text = sender.name
    Incoming.objects.bulk_create(arrivals)
    journal.record("documents.delivered", subject_id=document.id, by=Actor.system(), at=now, count=len(arrivals))
    if document.corrects_id is not None:
        Incoming.objects.filter(document=document.corrects_id, corrected_at=None).update(corrected_at=now)
        recall_notices.tell_receivers_corrected(document, now=now)
    for arrival in arrivals:
        journal.record("documents.arrived", subject_id=arrival.id, by=Actor.system(), at=now, file=arrival.file_id)
    events.publish(DocumentDelivered(document_id=document.id))
    return len(arrivals)


@transaction.atomic(durable=True)
def judge_arrivals(document_id: UUID, *, now: datetime) -> int:
    """Validate the file that arrived, once for all receivers; return how many papers were judged. Safe to run twice."""
    waiting = list(
        Incoming.objects.select_for_update().filter(document=document_id, state=IncomingState.ARRIVED).order_by("id")
    )
    for file_id in {incoming.file_id for incoming in waiting}:
        verdict = Verdict(signing.validate_file(file_id, now=now).outcome.value)
        judged = [incoming for incoming in waiting if incoming.file_id == file_id]
        Incoming.objects.filter(id__in=[incoming.id for incoming in judged]).update(
            verdict=verdict, state=IncomingState.VALIDATED
        )
        _say_judged(judged, verdict, now=now)
    if waiting:
        judge_attachments_step(document_id, now=now)
    return len(waiting)


def _receivers(document: Document, *, now: datetime) -> list[UUID]:
    today = clock.day_of(now)
    receivers: dict[UUID, None] = {}
    organs = document.recipients.filter(organ__isnull=False).order_by("place").values_list("organ_id", flat=True)
    for organ_id in organs:
        receivers |= dict.fromkeys(who_answers(organ_id, on=today))
    return list(receivers)


def _arrival(document: Document, organ_id: UUID, *, file_id: str, now: datetime) -> Incoming:
    if document.issued_date is None:
        raise ValueError("An issued paper has a date")
    return Incoming(
        organ_id=organ_id,
        document=document,
        answers=_question(document, organ_id, now=now),
        sender_id=document.organ_id,
        number_text=document.number_text,
        document_date=document.issued_date,
        type_code=document.type_code,
        subject=document.subject,
        urgency=document.urgency,
        reply_due_date=document.reply_due_date,
        is_amendment=document.replaces_id is not None or document.corrects_id is not None,
        file_id=file_id,
        pages=document.pages,
        attachment_count=document.attachment_count,
        arrived_at=now,
    )


def _question(document: Document, organ_id: UUID, *, now: datetime) -> Document | None:
    """Return the paper of ``organ_id``, or of one that it succeeded, which ``document`` answers."""
    question = document.reply_to.document if document.reply_to else None
    if question is None or organ_id not in who_answers(question.organ_id, on=clock.day_of(now)):
        return None
    return question


def _say_judged(judged: Sequence[Incoming], verdict: Verdict, *, now: datetime) -> None:
    for incoming in judged:
        journal.record("documents.validated", subject_id=incoming.id, by=Actor.system(), at=now, verdict=verdict.value)
    notices.tell_clerks_arrived(judged, now=now)
