"""Change a direction that was given: move its day, or take it back."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel import events
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, NotFound
from congso.modules.documents import findable, notices, permissions
from congso.modules.documents.commands.assigning import position_of, refuse_past, settle_step
from congso.modules.documents.commands.guarding import notes_secrets
from congso.modules.documents.commands.pressing import first_press
from congso.modules.documents.events import DirectionDueChanged, DirectionTakenBack
from congso.modules.documents.kinds import DIRECTABLE, AssignmentKind, DirectionKind
from congso.modules.documents.models import Assignment, Direction, DueChange, Incoming
from congso.modules.documents.queries.access import access_incoming
from congso.modules.documents.secrecy import refuse_secret
from congso.shared import journal


class DirectionIsOver(DomainError):
    code = "documents.direction_is_over"
    message = _("Ý kiến chỉ đạo này đã xong hoặc đã rút lại nên không đổi được nữa.")


class ChangeReasonMissing(DomainError):
    code = "documents.change_reason_missing"
    message = _("Đổi hạn hoặc rút lại chỉ đạo phải ghi lý do. Chưa có gì thay đổi.")
    status = 422


class SameDueDate(DomainError):
    code = "documents.same_due_date"
    message = _("Hạn xử lý đã là ngày %(day)s. Chọn ngày khác.")
    status = 422


@notes_secrets
@transaction.atomic(durable=True)
def change_due_date(
    incoming_id: UUID,
    direction_id: UUID,
    day: date,
    *,
    reason: str,
    by: Actor,
    now: datetime,
    key: UUID | None = None,
) -> Incoming:
    """Move the day of an open direction, later or sooner; those who have not finished learn so.

    :raises NotPermitted: another position gave it.
    :raises ChangeReasonMissing, DueDatePassed, SameDueDate: nothing changes.
    :raises DirectionIsOver: it is closed.
    :raises SecretContent: the reason holds a secrecy stamp; nothing was kept.
    """
    incoming, direction = _open_direction(incoming_id, direction_id, by=by, reason=reason)
    if not first_press(key, act="change_due", subject_id=direction.id, now=now):
        return incoming
    _refuse_over(incoming, direction)
    refuse_past(day, now=now)
    if day == direction.due_date:
        raise SameDueDate(day=f"{day:%d/%m/%Y}")
    DueChange.objects.create(
        direction=direction,
        by_id=position_of(by),
        at=now,
        old_due=direction.due_date,
        new_due=day,
        reason=reason.strip(),
    )
    direction.due_date = day
    direction.save(update_fields=["due_date"])
    waited_for = direction.assignments.filter(done_at=None).exclude(kind=AssignmentKind.INFORMED)
    waited_for.update(due_date=day)
    settle_step(incoming, now=now)
    journal.record("documents.due_changed", subject_id=incoming.id, by=by, at=now, direction=direction.id, day=day)
    notices.tell_due_changed(incoming, list(waited_for), day, now=now)
    events.publish(DirectionDueChanged(direction_id=direction.id, incoming_id=incoming.id))
    return incoming


@notes_secrets
@transaction.atomic(durable=True)
def take_back_direction(
    incoming_id: UUID, direction_id: UUID, *, reason: str, by: Actor, now: datetime, key: UUID | None = None
) -> Incoming:
    """Undo an open direction and all that was split onward of it. Whom nothing else names no longer sees the paper.

    The paper waits for a direction again, unless another one stands.

    :raises NotPermitted: another position gave it.
    :raises ChangeReasonMissing: without a reason.
    :raises DirectionIsOver: it is closed.
    :raises SecretContent: the reason holds a secrecy stamp; nothing was kept.
    """
    incoming, direction = _open_direction(incoming_id, direction_id, by=by, reason=reason)
    if not first_press(key, act="take_back_direction", subject_id=direction.id, now=now):
        return incoming
    _refuse_over(incoming, direction)
    undone = _with_onward(direction)
    told = list(Assignment.objects.filter(direction__in=undone, taken_back_at=None))
    Assignment.objects.filter(direction__in=undone).update(taken_back_at=now)
    Direction.objects.filter(id__in=[one.id for one in undone]).update(
        closed_at=now, taken_back_at=now, taken_back_reason=reason.strip()
    )
    if direction.kind == DirectionKind.ORDER:
        settle_step(incoming, now=now)
    journal.record("documents.direction_taken_back", subject_id=incoming.id, by=by, at=now, direction=direction.id)
    notices.tell_taken_back(incoming, told, now=now)
    findable.index_incoming(incoming)
    for one in undone:
        events.publish(DirectionTakenBack(direction_id=one.id, incoming_id=incoming.id))
    return incoming


def _open_direction(incoming_id: UUID, direction_id: UUID, *, by: Actor, reason: str) -> tuple[Incoming, Direction]:
    incoming = access_incoming(incoming_id, by=by, to=permissions.SEE_INCOMING, for_update=True)
    direction = (
        Direction.objects.select_for_update(of=("self",))
        .select_related("given_by")
        .filter(incoming=incoming, id=direction_id)
        .first()
    )
    if direction is None:
        raise NotFound
    permissions.CHANGE_DIRECTION.require(by, direction)
    refuse_secret(reason)
    if not reason.strip():
        raise ChangeReasonMissing
    return incoming, direction


def _refuse_over(incoming: Incoming, direction: Direction) -> None:
    if direction.closed_at is not None or incoming.state not in DIRECTABLE:
        raise DirectionIsOver


def _with_onward(direction: Direction) -> list[Direction]:
    """Return a direction and the open ones that were split of it, however deep."""
    found, newest = [direction], [direction]
    while newest:
        newest = list(Direction.objects.filter(within__direction__in=newest, closed_at=None).order_by("given_at"))
        found += newest
    return found
