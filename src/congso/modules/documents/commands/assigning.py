"""Parts of directions: whom they name, and what of the paper follows from those that are open."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel import clock, events
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, NotPermitted
from congso.modules.documents import notices
from congso.modules.documents.events import DirectionClosed
from congso.modules.documents.kinds import AssignmentKind, DirectionKind, IncomingState
from congso.modules.documents.models import Assignment, Direction, Incoming
from congso.modules.documents.queries.choices import serving_organs
from congso.shared.areas.dated import in_force
from congso.shared.people.models import Position


class DueDatePassed(DomainError):
    code = "documents.due_date_passed"
    message = _("Hạn xử lý %(day)s đã qua. Chọn một ngày từ hôm nay trở đi.")
    status = 422


class NotToBeAssigned(DomainError):
    """Somebody outside of the organ and of those that serve it, or whose position is over."""

    code = "documents.not_to_be_assigned"
    message = _("Chỉ giao được cho người của cơ quan và đơn vị trực thuộc đang làm việc. Chọn lại người, đơn vị.")
    status = 422


@dataclass(frozen=True, slots=True)
class DirectionInput:
    """Who leads, who supports, who is informed; each is the id of a position or of an organ.

    One who is named twice gets the stronger part.

    :param only_to_know: nothing is to be done: nobody leads, and perhaps nobody else needs to know.
    :param beside: the direction of another leader is known, this one is given beside it; then nobody has to lead.
    """

    lead: UUID | None
    support: Sequence[UUID] = ()
    informed: Sequence[UUID] = ()
    text: str = ""
    due_date: date | None = None
    only_to_know: bool = False
    beside: bool = False


def position_of(by: Actor) -> UUID:
    """Return the position under which ``by`` gives work; whoever has none gives none."""
    if by.position_id is None:
        raise NotPermitted
    return by.position_id


def refuse_past(day: date | None, *, now: datetime) -> None:
    """Raise :class:`DueDatePassed` if ``day`` lies before today in Hanoi."""
    if day is not None and day < clock.day_of(now):
        raise DueDatePassed(day=f"{day:%d/%m/%Y}")


@transaction.atomic(savepoint=False)
def assign_step(direction: Direction, order: DirectionInput, *, organ_id: UUID, now: datetime) -> list[Assignment]:
    """Give the parts of ``order`` to people and organs of ``organ_id``, inside another command.

    :raises NotToBeAssigned: one of them works elsewhere.
    """
    kinds: dict[UUID, AssignmentKind] = {}
    if order.lead is not None:
        kinds[order.lead] = AssignmentKind.LEAD
    for target in order.support:
        kinds.setdefault(target, AssignmentKind.SUPPORT)
    for target in order.informed:
        kinds.setdefault(target, AssignmentKind.INFORMED)
    positions = _positions(kinds, organ_id, today=clock.day_of(now))
    return Assignment.objects.bulk_create(
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
    )


def _positions(targets: Collection[UUID], organ_id: UUID, *, today: date) -> set[UUID]:
    """Return which of ``targets`` are positions; each other one has to be an organ that serves ``organ_id``."""
    serving = set(serving_organs(organ_id, today))
    staff = Position.objects.filter(in_force(today), id__in=targets, organ_id__in={organ_id, *serving})
    positions = set(staff.values_list("id", flat=True))
    if not set(targets) <= positions | serving:
        raise NotToBeAssigned
    return positions


@transaction.atomic(savepoint=False)
def close_step(direction: Direction, *, now: datetime) -> None:
    """Nothing more is awaited of ``direction``, nor of what was split onward of it; who gave it learns so."""
    direction.closed_at = now
    direction.save(update_fields=["closed_at"])
    for onward in Direction.objects.select_for_update().filter(within__direction=direction, closed_at=None):
        close_step(onward, now=now)
    if direction.within is None or direction.within.done_at is None:
        notices.tell_giver_closed(direction.incoming, direction, now=now)
    events.publish(DirectionClosed(direction_id=direction.id, incoming_id=direction.incoming_id))


@transaction.atomic(savepoint=False)
def settle_step(incoming: Incoming, *, now: datetime) -> None:
    """Let the paper's state and day follow from its orders: it closes when the last that somebody leads is closed."""
    standing = incoming.directions.filter(kind=DirectionKind.ORDER, taken_back_at=None)
    orders = list(standing.select_for_update().order_by("given_at"))
    still_open = [order for order in orders if order.closed_at is None]
    led = set(
        incoming.assignments.filter(direction__in=still_open, kind=AssignmentKind.LEAD).values_list(
            "direction_id", flat=True
        )
    )
    if not led:
        for order in still_open:
            close_step(order, now=now)
        incoming.state = IncomingState.CLOSED if orders else IncomingState.REGISTERED
        incoming.closed_at = now if orders else None
        incoming.due_date = incoming.due_date if orders else None
    else:
        if incoming.state != IncomingState.IN_PROGRESS:
            incoming.state = IncomingState.DIRECTED
        incoming.due_date = min((order.due_date for order in still_open if order.due_date), default=None)
    incoming.save(update_fields=["state", "closed_at", "due_date", "answered_at"])
