"""The leader's order on an incoming paper (bút phê)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel import clock, events
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError
from congso.modules.documents import findable, notices, permissions
from congso.modules.documents.commands.pressing import first_press
from congso.modules.documents.events import DirectionGiven
from congso.modules.documents.kinds import AssignmentKind, IncomingState
from congso.modules.documents.models import Assignment, Direction, Incoming
from congso.modules.documents.queries.access import access_incoming
from congso.shared import journal
from congso.shared.people.models import Position


class NotToBeDirected(DomainError):
    code = "documents.not_to_be_directed"
    message = _("Văn bản đến “%(subject)s” chưa vào sổ, hoặc vừa được giao xử lý ở nơi khác.")


class DirectionIncomplete(DomainError):
    code = "documents.direction_incomplete"
    message = _("Chưa giao được: chọn người hoặc đơn vị chủ trì. Ý kiến đã nhập còn nguyên.")
    status = 422


class DueDatePassed(DomainError):
    code = "documents.due_date_passed"
    message = _("Hạn xử lý %(day)s đã qua. Chọn một ngày từ hôm nay trở đi.")
    status = 422


@dataclass(frozen=True, slots=True)
class DirectionInput:
    """Who leads, who supports, who is informed; each is the id of a position or of an organ.

    :param only_to_know: nothing is to be done: nobody leads, and perhaps nobody else needs to know.
    """

    lead: UUID | None
    support: Sequence[UUID] = ()
    informed: Sequence[UUID] = ()
    text: str = ""
    due_date: date | None = None
    only_to_know: bool = False


@transaction.atomic(durable=True)
def direct_incoming(
    incoming_id: UUID, order: DirectionInput, *, by: Actor, now: datetime, key: UUID | None = None
) -> Incoming:
    """Say who leads, who supports and by when. «Only to know» has no lead: the paper closes at once.

    :raises NotToBeDirected: it is not registered yet, or was directed meanwhile.
    :raises DirectionIncomplete: nobody leads.
    :raises DueDatePassed: the day lies before today.
    """
    incoming = access_incoming(incoming_id, by=by, to=permissions.DIRECT, for_update=True)
    if not first_press(key, act="direct", subject_id=incoming.id, now=now):
        return incoming
    if incoming.state != IncomingState.REGISTERED or by.position_id is None:
        raise NotToBeDirected(subject=incoming.subject)
    if (order.lead is None) != order.only_to_know:
        raise DirectionIncomplete
    if order.due_date is not None and order.due_date < clock.day_of(now):
        raise DueDatePassed(day=f"{order.due_date:%d/%m/%Y}")
    direction = Direction.objects.create(
        incoming=incoming,
        given_by_id=by.position_id,
        text=order.text.strip(),
        due_date=order.due_date,
        given_at=now,
        closed_at=now if order.only_to_know else None,
    )
    assignments = Assignment.objects.bulk_create(_assignments(direction, order))
    incoming.state = IncomingState.CLOSED if order.only_to_know else IncomingState.DIRECTED
    incoming.closed_at, incoming.due_date = direction.closed_at, direction.due_date
    incoming.save(update_fields=["state", "closed_at", "due_date"])
    journal.record("documents.directed", subject_id=incoming.id, by=by, at=now, direction=direction.id)
    notices.tell_assigned(incoming, assignments, now=now)
    findable.index_incoming(incoming, now=now)
    events.publish(DirectionGiven(direction_id=direction.id, incoming_id=incoming.id))
    return incoming


def _assignments(direction: Direction, order: DirectionInput) -> list[Assignment]:
    kinds: dict[UUID, AssignmentKind] = {}
    if order.lead is not None:
        kinds[order.lead] = AssignmentKind.LEAD
    for target in order.support:
        kinds.setdefault(target, AssignmentKind.SUPPORT)
    for target in order.informed:
        kinds.setdefault(target, AssignmentKind.INFORMED)
    positions = set(Position.objects.filter(id__in=kinds).values_list("id", flat=True))
    return [
        Assignment(
            incoming_id=direction.incoming_id,
            direction=direction,
            kind=kind,
            position_id=target if target in positions else None,
            organ_id=None if target in positions else target,
            place=place,
            due_date=None if kind == AssignmentKind.INFORMED else direction.due_date,
        )
        for place, (target, kind) in enumerate(kinds.items())
    ]
