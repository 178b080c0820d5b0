"""The leader's order on an incoming paper (bút phê). Several leaders may give one, each beside the others."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel import events
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError
from congso.modules.documents import findable, notices, permissions
from congso.modules.documents.commands.assigning import (
    DirectionInput,
    assign_step,
    position_of,
    refuse_past,
    settle_step,
)
from congso.modules.documents.commands.guarding import notes_secrets
from congso.modules.documents.commands.pressing import first_press
from congso.modules.documents.events import DirectionGiven
from congso.modules.documents.kinds import DIRECTABLE, DirectionKind, IncomingState
from congso.modules.documents.models import Direction, Incoming
from congso.modules.documents.queries.access import access_incoming
from congso.modules.documents.secrecy import refuse_secret
from congso.shared import journal


class NotToBeDirected(DomainError):
    code = "documents.not_to_be_directed"
    message = _("Văn bản đến “%(subject)s” chưa vào sổ, hoặc vừa được giao xử lý ở nơi khác.")


class DirectedAlready(DomainError):
    code = "documents.directed_already"
    message = _(
        "Vai trò đang chọn đã có ý kiến chỉ đạo còn hiệu lực với văn bản này. Đổi hạn hoặc rút lại ý kiến đó trước."
    )


class DirectionIncomplete(DomainError):
    code = "documents.direction_incomplete"
    message = _("Chưa giao được: chọn người hoặc đơn vị chủ trì. Ý kiến đã nhập còn nguyên.")
    status = 422


@notes_secrets
@transaction.atomic(durable=True)
def direct_incoming(
    incoming_id: UUID, order: DirectionInput, *, by: Actor, now: datetime, key: UUID | None = None
) -> Incoming:
    """Say who leads, who supports and by when. «Only to know» has no lead and awaits nothing.

    :raises NotToBeDirected: it is not registered yet, or was directed meanwhile and ``order`` is not ``beside`` that.
    :raises DirectedAlready: ``by`` has an open direction on it.
    :raises DirectionIncomplete: nobody leads.
    :raises DueDatePassed: the day lies before today.
    :raises NotToBeAssigned: somebody named works elsewhere.
    """
    incoming = access_incoming(incoming_id, by=by, to=permissions.DIRECT, for_update=True)
    if not first_press(key, act="direct", subject_id=incoming.id, now=now):
        return incoming
    _refuse_undirectable(incoming, order, by)
    refuse_secret(order.text)
    refuse_past(order.due_date, now=now)
    direction = Direction.objects.create(
        incoming=incoming,
        kind=DirectionKind.ORDER,
        given_by_id=position_of(by),
        text=order.text.strip(),
        due_date=order.due_date,
        given_at=now,
        closed_at=now if order.only_to_know else None,
    )
    assignments = assign_step(direction, order, organ_id=incoming.organ_id, now=now)
    settle_step(incoming, now=now)
    journal.record("documents.directed", subject_id=incoming.id, by=by, at=now, direction=direction.id)
    notices.tell_assigned(incoming, assignments, now=now)
    findable.index_incoming(incoming)
    events.publish(DirectionGiven(direction_id=direction.id, incoming_id=incoming.id))
    return incoming


def _refuse_undirectable(incoming: Incoming, order: DirectionInput, by: Actor) -> None:
    is_first = incoming.state == IncomingState.REGISTERED
    if incoming.state not in DIRECTABLE or not (is_first or order.beside):
        raise NotToBeDirected(subject=incoming.subject)
    if incoming.directions.filter(given_by=by.position_id, closed_at=None).exists():
        raise DirectedAlready
    says_something = bool(order.support or order.informed or order.text.strip())
    needs_no_lead = order.only_to_know or (order.beside and not is_first and says_something)
    if (order.lead is None and not needs_no_lead) or (order.lead is not None and order.only_to_know):
        raise DirectionIncomplete
