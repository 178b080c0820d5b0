"""Finish the work on an incoming paper: by a reply that was issued, or without one."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError
from congso.modules.documents import permissions
from congso.modules.documents.commands.assigning import close_step, settle_step
from congso.modules.documents.commands.pressing import first_press
from congso.modules.documents.kinds import DIRECTABLE, AssignmentKind, DirectionKind, IncomingState
from congso.modules.documents.models import Assignment, Document, Incoming
from congso.modules.documents.queries.access import access_incoming
from congso.shared import journal


class AlreadyFinished(DomainError):
    code = "documents.already_finished"
    message = _("Phần việc với văn bản đến “%(subject)s” đã xong rồi.")


@transaction.atomic(durable=True)
def finish_part(incoming_id: UUID, *, by: Actor, now: datetime, key: UUID | None = None) -> Incoming:
    """Say that one's parts are done. A direction closes when who leads has finished, the paper with its last order.

    A part that was split onward stays with who split it: the one who leads the split part finishes that first.

    :raises AlreadyFinished: there is no open part of ``by``.
    """
    incoming = access_incoming(incoming_id, by=by, to=permissions.SEE_INCOMING, for_update=True)
    if not first_press(key, act="finish_part", subject_id=incoming.id, now=now):
        return incoming
    if not permissions.FINISH_PART.allows(by, incoming):
        raise AlreadyFinished(subject=incoming.subject)
    parts = list(Assignment.objects.awaited_from(by).filter(incoming=incoming).select_related("direction__incoming"))
    leads = any(part.kind == AssignmentKind.LEAD for part in parts)
    journal.record("documents.part_finished", subject_id=incoming.id, by=by, at=now, leads=leads)
    _finish(parts, now=now)
    if any(part.kind == AssignmentKind.LEAD and part.direction.kind == DirectionKind.ORDER for part in parts):
        settle_step(incoming, now=now)
    return incoming


@transaction.atomic(savepoint=False)
def settle_reply_step(document: Document, *, by: Actor, now: datetime) -> None:
    """A reply is issued: the part of who wrote it is done; the paper is answered, and closed with its last order."""
    if document.reply_to_id is None:
        return
    incoming = Incoming.objects.select_for_update().get(id=document.reply_to_id)
    if incoming.state not in DIRECTABLE:
        return
    incoming.answered_at, incoming.state = now, IncomingState.IN_PROGRESS
    journal.record("documents.answered", subject_id=incoming.id, by=by, at=now, reply=document.id)
    led = incoming.assignments.filter(
        kind=AssignmentKind.LEAD, direction__kind=DirectionKind.ORDER, direction__closed_at=None, done_at=None
    ).select_related("direction__incoming")
    own = led.filter(
        Q(position=document.author_id)
        | Q(organ=document.author.organ_id)
        | Q(onward__closed_at=None, onward__assignments__position=document.author_id)
    )
    _finish(list(own.distinct() or led), now=now)
    settle_step(incoming, now=now)
    if incoming.state == IncomingState.REGISTERED:
        # Answered before a leader gave a direction.
        incoming.state, incoming.closed_at = IncomingState.CLOSED, now
        incoming.save(update_fields=["state", "closed_at"])


def _finish(parts: Sequence[Assignment], *, now: datetime) -> None:
    for part in parts:
        part.done_at = now
    Assignment.objects.bulk_update(parts, ["done_at"])
    for part in parts:
        for onward in part.onward.select_for_update().filter(closed_at=None):
            close_step(onward, now=now)
        if part.kind == AssignmentKind.LEAD and part.direction.closed_at is None:
            close_step(part.direction, now=now)
