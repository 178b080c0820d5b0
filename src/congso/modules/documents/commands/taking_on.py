"""Begin the work that a direction gave."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError
from congso.modules.documents import permissions
from congso.modules.documents.kinds import IncomingState
from congso.modules.documents.models import Incoming
from congso.modules.documents.queries.access import access_incoming
from congso.shared import journal


class NothingToTakeOn(DomainError):
    code = "documents.nothing_to_take_on"
    message = _("Văn bản đến “%(subject)s” chưa được giao hoặc đã xử lý xong.")


@transaction.atomic(durable=True)
def take_on(incoming_id: UUID, *, by: Actor, now: datetime) -> Incoming:
    """Say that the work has begun. Repeating it changes nothing.

    :raises NothingToTakeOn: no direction is open.
    """
    incoming = access_incoming(incoming_id, by=by, to=permissions.ANSWER, for_update=True)
    return take_on_step(incoming, by=by, now=now)


@transaction.atomic(savepoint=False)
def take_on_step(incoming: Incoming, *, by: Actor, now: datetime) -> Incoming:
    """Move a directed paper to «Đang xử lý», inside another command; ``incoming`` is locked and allowed."""
    if incoming.state == IncomingState.IN_PROGRESS:
        return incoming
    if incoming.state != IncomingState.DIRECTED:
        raise NothingToTakeOn(subject=incoming.subject)
    incoming.state = IncomingState.IN_PROGRESS
    incoming.save(update_fields=["state"])
    journal.record("documents.taken_on", subject_id=incoming.id, by=by, at=now)
    return incoming
