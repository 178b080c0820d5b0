"""Remind those who have not read an incoming paper."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError
from congso.modules.documents import notices, permissions
from congso.modules.documents.commands.pressing import first_press
from congso.modules.documents.queries.access import access_incoming
from congso.modules.documents.queries.readers import readers_of
from congso.shared import journal


class EverybodyHasRead(DomainError):
    code = "documents.everybody_has_read"
    message = _("Mọi người được giao và được chuyển đều đã mở đọc văn bản này.")


@transaction.atomic(durable=True)
def remind_to_read(incoming_id: UUID, *, by: Actor, now: datetime, key: UUID | None = None) -> int:
    """Tell everybody whom the paper reaches and who has not opened it; return how many.

    :raises EverybodyHasRead: nobody is left.
    """
    incoming = access_incoming(incoming_id, by=by, to=permissions.SEE_READERS, for_update=True)
    if not first_press(key, act="remind", subject_id=incoming.id, now=now):
        return 0
    unread = [reader.position.id for reader in readers_of(incoming, now=now) if reader.read_at is None]
    if not unread:
        raise EverybodyHasRead
    notices.tell_to_read(incoming, unread, now=now)
    journal.record("documents.reminded_to_read", subject_id=incoming.id, by=by, at=now, count=len(unread))
    return len(unread)
