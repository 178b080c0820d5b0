"""Take an issued paper back (thu hồi): a leader orders, the clerk carries out, receivers destroy and say so.

Source: Decree 30/2020/NĐ-CP: the receiver destroys the paper and notifies; the sender keeps document and metadata.
"""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel import events
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, NotPermitted
from congso.modules.documents import findable, permissions
from congso.modules.documents import recall_notices as notices
from congso.modules.documents.commands.guarding import notes_secrets
from congso.modules.documents.commands.pressing import first_press
from congso.modules.documents.events import DocumentRecalled, IncomingRecalled
from congso.modules.documents.kinds import DocumentState, IncomingState, RecallKind
from congso.modules.documents.models import Assignment, Direction, Document, Incoming, Recall
from congso.modules.documents.queries.access import access_document, access_incoming
from congso.modules.documents.secrecy import refuse_secret
from congso.shared import journal, search


class NothingToRecall(DomainError):
    code = "documents.nothing_to_recall"
    message = _("Văn bản “%(subject)s” chưa phát hành nên không có gì để thu hồi. Chưa phát hành thì rút văn bản.")


class AlreadyRecalled(DomainError):
    code = "documents.already_recalled"
    message = _("Văn bản %(number)s đã có lệnh thu hồi trước đó. Chưa có gì thay đổi.")


class RecallReasonMissing(DomainError):
    code = "documents.recall_reason_missing"
    message = _("Thu hồi phải ghi lý do, vì mọi nơi nhận đọc lý do đó. Chưa có gì thay đổi.")
    status: ClassVar[int] = HTTPStatus.UNPROCESSABLE_ENTITY


class NoRecallOrdered(DomainError):
    code = "documents.no_recall_ordered"
    message = _("Văn bản %(number)s không có lệnh thu hồi nào đang chờ. Người ký hoặc lãnh đạo cơ quan ra lệnh trước.")


class NothingToDestroy(DomainError):
    code = "documents.nothing_to_destroy"
    message = _("Nơi gửi không thu hồi văn bản này, hoặc việc hủy bản đã nhận đã được báo rồi.")


@notes_secrets
@transaction.atomic(durable=True)
def order_recall(document_id: UUID, *, reason: str, by: Actor, now: datetime, key: UUID | None = None) -> Document:
    """Order that an issued paper is taken back. Receivers learn of it when the clerk has carried it out.

    :raises NothingToRecall: it is not issued.
    :raises RecallReasonMissing: without a reason.
    :raises AlreadyRecalled: that was ordered, or done, before.
    :raises SecretContent: the reason holds a secrecy stamp; nothing was kept.
    """
    document = access_document(document_id, by=by, to=permissions.ORDER_RECALL, for_update=True)
    refuse_secret(reason)
    if not first_press(key, act="order_recall", subject_id=document.id, now=now):
        return document
    if document.state != DocumentState.ISSUED:
        raise NothingToRecall(subject=document.subject)
    if not reason.strip():
        raise RecallReasonMissing
    if by.position_id is None:
        raise NotPermitted
    if Recall.objects.filter(document=document).exists():
        raise AlreadyRecalled(number=document.number_text)
    Recall.objects.create(document=document, reason=reason.strip(), ordered_by_id=by.position_id, ordered_at=now)
    journal.record("documents.recall_ordered", subject_id=document.id, by=by, at=now, number=document.number)
    notices.tell_clerks_to_recall(document, now=now)
    return document


@transaction.atomic(durable=True)
def drop_recall(document_id: UUID, *, by: Actor, now: datetime, key: UUID | None = None) -> Document:
    """Take an order back that was not carried out yet.

    :raises NoRecallOrdered: there is none, or it is done.
    """
    document = access_document(document_id, by=by, to=permissions.ORDER_RECALL, for_update=True)
    if not first_press(key, act="drop_recall", subject_id=document.id, now=now):
        return document
    _ordered(document).delete()
    journal.record("documents.recall_dropped", subject_id=document.id, by=by, at=now)
    return document


@transaction.atomic(durable=True)
def carry_out_recall(document_id: UUID, *, by: Actor, now: datetime, key: UUID | None = None) -> Document:
    """Take the paper back as ordered: from here on it is delivered to nobody, and a job tells those who have it.

    :raises NoRecallOrdered: nobody ordered it, or it is done.
    """
    document = access_document(document_id, by=by, to=permissions.CARRY_OUT_RECALL, for_update=True)
    if not first_press(key, act="carry_out_recall", subject_id=document.id, now=now):
        return document
    _carry_out(document, _ordered(document), by=by, now=now)
    return document


@transaction.atomic(savepoint=False)
def replace_step(replacement: Document, *, by: Actor, now: datetime) -> None:
    """A paper that takes another's place is issued: the other is taken back, and says by what it was replaced.

    The signature on the replacement is the order. An order that waited is carried out with it; a paper that was
    recalled before only gets the link.
    """
    if replacement.replaces_id is None or replacement.signatory_id is None:
        return
    replaced = Document.objects.select_for_update().get(id=replacement.replaces_id)
    recall, _is_new = Recall.objects.get_or_create(
        document=replaced,
        defaults={
            "reason": replacement.amends_reason,
            "ordered_by_id": replacement.signatory_id,
            "ordered_at": replacement.signed_at or now,
        },
    )
    recall.kind, recall.replaced_by = RecallKind.REPLACED, replacement
    recall.save(update_fields=["kind", "replaced_by"])
    if recall.carried_out_at is None:
        _carry_out(replaced, recall, by=by, now=now)


@transaction.atomic(durable=True)
def cancel_arrivals(document_id: UUID, *, now: datetime) -> int:
    """Cancel a recalled paper wherever it arrived; return at how many organs it was not yet. Safe to run twice.

    Arrival numbers stay. Open directions and parts are closed, and whoever worked on it or read it is told. Where it
    was given back before, nothing is left to cancel.
    """
    document = Document.objects.select_for_update().get(id=document_id)
    recall = Recall.objects.filter(document=document).first()
    if recall is None or document.recalled_at is None:
        return 0
    kept = Incoming.objects.select_for_update().filter(document=document)
    arrivals = list(kept.exclude(state__in=(IncomingState.RECALLED, IncomingState.RETURNED)).order_by("id"))
    # One moment for all runs of the job: told again, nobody's notice turns unread.
    notices.tell_receivers_recalled(arrivals, now=document.recalled_at)
    notices.tell_senders_recalled(document, now=document.recalled_at)
    _cancel(arrivals, recall.reason, now=now)
    return len(arrivals)


@transaction.atomic(durable=True)
def confirm_destroyed(incoming_id: UUID, *, by: Actor, now: datetime, key: UUID | None = None) -> Incoming:
    """Say to the sender that the copy of a recalled paper is destroyed: here nobody opens its content any more.

    :raises NothingToDestroy: the sender did not take it back, or that was said before.
    """
    incoming = access_incoming(incoming_id, by=by, to=permissions.CONFIRM_DESTROYED, for_update=True)
    if not first_press(key, act="confirm_destroyed", subject_id=incoming.id, now=now):
        return incoming
    if incoming.state != IncomingState.RECALLED or incoming.destroyed_at is not None:
        raise NothingToDestroy
    incoming.destroyed_at, incoming.destroyed_by_id = now, by.position_id
    incoming.save(update_fields=["destroyed_at", "destroyed_by"])
    search.drop(findable.INCOMING, incoming.id)
    journal.record("documents.copy_destroyed", subject_id=incoming.id, by=by, at=now)
    notices.tell_sender_all_destroyed(incoming, now=now)
    return incoming


def _ordered(document: Document) -> Recall:
    recall = Recall.objects.filter(document=document, carried_out_at=None).first()
    if recall is None:
        raise NoRecallOrdered(number=document.number_text)
    return recall


def _carry_out(document: Document, recall: Recall, *, by: Actor, now: datetime) -> None:
    recall.carried_out_by_id, recall.carried_out_at = by.position_id, now
    recall.save(update_fields=["carried_out_by", "carried_out_at"])
    document.recalled_at = now
    document.save(update_fields=["recalled_at"])
    journal.record(f"documents.{recall.kind}", subject_id=document.id, by=by, at=now, number=document.number)
    if document.reply_to_id is not None and recall.replaced_by_id is None:
        notices.tell_asker_reply_recalled(document, now=now)
    events.publish(DocumentRecalled(document_id=document.id))


def _cancel(arrivals: Sequence[Incoming], reason: str, *, now: datetime) -> None:
    Incoming.objects.filter(id__in=[incoming.id for incoming in arrivals]).update(
        state=IncomingState.RECALLED, recalled_at=now, recall_reason=reason
    )
    Direction.objects.filter(incoming__in=arrivals, closed_at=None).update(closed_at=now)
    Assignment.objects.filter(incoming__in=arrivals, done_at=None).update(done_at=now)
    for incoming in arrivals:
        journal.record("documents.incoming_recalled", subject_id=incoming.id, by=Actor.system(), at=now)
        events.publish(IncomingRecalled(incoming_id=incoming.id))
