"""Take note of who opened which version of a paper."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from congso.kernel.actor import Actor
from congso.modules.documents.models import ReadMark, Recipient
from congso.modules.documents.queries.access import access_personal
from congso.shared import journal


@transaction.atomic(durable=True)
def mark_read(subject_id: UUID, file_id: str, *, by: Actor, now: datetime) -> bool:
    """Note that ``by`` opened this file of a paper that it may see; say whether it is for the first time.

    All access to papers is on the record (Decree 30/2020); the first opening of each version is.
    """
    return _mark(subject_id, file_id, by=by, now=now)


@transaction.atomic(durable=True)
def read_personal(document_id: UUID, file_id: str, *, by: Actor, now: datetime) -> bool:
    """Note that the person to whom a paper was sent by name opened it; it is then no longer among their work.

    :raises NotFound: it was not sent to ``by``.
    """
    access_personal(document_id, by=by)
    Recipient.objects.reaching(by).filter(document=document_id, read_at=None).update(read_at=now)
    return _mark(document_id, file_id, by=by, now=now)


def _mark(subject_id: UUID, file_id: str, *, by: Actor, now: datetime) -> bool:
    if by.position_id is None:
        return False
    _there, is_first = ReadMark.objects.get_or_create(
        subject_id=subject_id, file_id=file_id, position_id=by.position_id, defaults={"read_at": now}
    )
    if is_first:
        journal.record("documents.read", subject_id=subject_id, by=by, at=now, file=file_id)
    return is_first
