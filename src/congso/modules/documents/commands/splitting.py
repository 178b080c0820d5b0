"""A head who was given a part of the work splits it onward to own staff."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel import events
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, NotPermitted
from congso.modules.documents import findable, notices, permissions
from congso.modules.documents.commands.assigning import DirectionInput, assign_step, position_of, refuse_past
from congso.modules.documents.commands.directing import DirectionIncomplete
from congso.modules.documents.commands.guarding import notes_secrets
from congso.modules.documents.commands.pressing import first_press
from congso.modules.documents.commands.taking_on import take_on_step
from congso.modules.documents.events import DirectionGiven
from congso.modules.documents.kinds import AssignmentKind, DirectionKind, IncomingState
from congso.modules.documents.models import Assignment, Direction, Incoming
from congso.modules.documents.queries.access import access_incoming
from congso.modules.documents.secrecy import refuse_secret
from congso.shared import journal


class SplitAlready(DomainError):
    code = "documents.split_already"
    message = _("Phần việc này đã giao tiếp rồi. Rút lại lần giao trước nếu muốn giao cho người khác.")


class DueAfterOwn(DomainError):
    code = "documents.due_after_own"
    message = _("Hạn giao tiếp không được sau hạn của phần việc được giao là %(day)s.")
    status = 422


@notes_secrets
@transaction.atomic(durable=True)
def split_part(
    incoming_id: UUID, order: DirectionInput, *, by: Actor, now: datetime, key: UUID | None = None
) -> Direction:
    """Give one's part onward; one stays answerable for it. Without a day, the day of the part holds.

    The part that one leads comes first, then one that one supports.

    :raises NotPermitted: ``by`` leads no staff, or has no open part.
    :raises SplitAlready: the part is split.
    :raises DirectionIncomplete: nobody leads.
    :raises DueDatePassed, DueAfterOwn: the day lies before today, or after the day of the part.
    :raises NotToBeAssigned: somebody named is not of one's own staff.
    :raises SecretContent: the text holds a secrecy stamp; nothing was kept.
    """
    incoming = access_incoming(incoming_id, by=by, to=permissions.SPLIT, for_update=True)
    part = _part(incoming, by)
    refuse_secret(order.text)
    if not first_press(key, act="split", subject_id=incoming.id, now=now):
        return Direction.objects.filter(incoming=incoming, given_by=by.position_id).latest("given_at")
    if Direction.objects.filter(incoming=incoming, given_by=by.position_id, closed_at=None).exists():
        raise SplitAlready
    if order.lead is None or order.lead == by.position_id:
        raise DirectionIncomplete
    refuse_past(order.due_date, now=now)
    if order.due_date and part.due_date and order.due_date > part.due_date:
        raise DueAfterOwn(day=f"{part.due_date:%d/%m/%Y}")
    direction = _give(part, order, by=by, now=now)
    if part.kind == AssignmentKind.LEAD and incoming.state == IncomingState.DIRECTED:
        take_on_step(incoming, by=by, now=now)
    return direction


def _part(incoming: Incoming, by: Actor) -> Assignment:
    parts = list(Assignment.objects.awaited_from(by).filter(incoming=incoming))
    if not parts or by.organ_id is None:
        raise NotPermitted
    return min(parts, key=lambda part: (part.kind != AssignmentKind.LEAD, part.place))


def _give(part: Assignment, order: DirectionInput, *, by: Actor, now: datetime) -> Direction:
    incoming, organ_id = part.incoming, by.organ_id
    if organ_id is None:
        raise NotPermitted
    direction = Direction.objects.create(
        incoming=incoming,
        kind=DirectionKind.ONWARD,
        within=part,
        given_by_id=position_of(by),
        text=order.text.strip(),
        due_date=order.due_date or part.due_date,
        given_at=now,
    )
    assignments = assign_step(direction, order, organ_id=organ_id, now=now)
    journal.record("documents.split_onward", subject_id=incoming.id, by=by, at=now, direction=direction.id)
    notices.tell_assigned(incoming, assignments, now=now)
    findable.index_incoming(incoming)
    events.publish(DirectionGiven(direction_id=direction.id, incoming_id=incoming.id))
    return direction
