"""Finish the work on an incoming paper: by a reply that was issued, or without one."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel import events
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError
from congso.modules.documents import notices, permissions
from congso.modules.documents.commands.pressing import first_press
from congso.modules.documents.events import DirectionClosed
from congso.modules.documents.kinds import AssignmentKind, IncomingState
from congso.modules.documents.models import Assignment, Document, Incoming
from congso.modules.documents.queries.access import access_incoming
from congso.shared import journal


class AlreadyFinished(DomainError):
    code = "documents.already_finished"
    message = _("Phần việc với văn bản đến “%(subject)s” đã xong rồi.")


@transaction.atomic(durable=True)
def finish_part(incoming_id: UUID, *, by: Actor, now: datetime, key: UUID | None = None) -> Incoming:
    """Say that one's part is done. When who leads has finished, nothing more is awaited and the paper closes.

    :raises AlreadyFinished: there is no open part of ``by``.
    """
    incoming = access_incoming(incoming_id, by=by, to=permissions.SEE_INCOMING, for_update=True)
    if not first_press(key, act="finish_part", subject_id=incoming.id, now=now):
        return incoming
    if not permissions.FINISH_PART.allows(by, incoming):
        raise AlreadyFinished(subject=incoming.subject)
    parts = Assignment.objects.reaching(by).filter(incoming=incoming, done_at=None)
    leads = parts.filter(kind=AssignmentKind.LEAD).exists()
    parts.exclude(kind=AssignmentKind.INFORMED).update(done_at=now)
    journal.record("documents.part_finished", subject_id=incoming.id, by=by, at=now, leads=leads)
    if leads:
        _close(incoming, now=now)
    return incoming


@transaction.atomic(savepoint=False)
def settle_reply_step(document: Document, *, by: Actor, now: datetime) -> None:
    """A reply is issued: the lead's part is done, the direction closes, the incoming paper is answered and closed."""
    if document.reply_to_id is None:
        return
    incoming = Incoming.objects.select_for_update().get(id=document.reply_to_id)
    if incoming.state not in {
        IncomingState.REGISTERED,
        IncomingState.DIRECTED,
        IncomingState.IN_PROGRESS,
    }:
        return
    incoming.answered_at = now
    incoming.state = IncomingState.ANSWERED
    Assignment.objects.filter(incoming=incoming, kind=AssignmentKind.LEAD, done_at=None).update(done_at=now)
    journal.record("documents.answered", subject_id=incoming.id, by=by, at=now, reply=document.id)
    _close(incoming, now=now)


def _close(incoming: Incoming, *, now: datetime) -> None:
    incoming.state, incoming.closed_at = IncomingState.CLOSED, now
    incoming.save(update_fields=["state", "answered_at", "closed_at"])
    direction = incoming.directions.select_for_update().filter(closed_at=None).first()
    if direction is None:
        return
    direction.closed_at = now
    direction.save(update_fields=["closed_at"])
    notices.tell_leader_closed(incoming, direction, now=now)
    events.publish(DirectionClosed(direction_id=direction.id, incoming_id=incoming.id))
