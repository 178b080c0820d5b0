"""Take note of who opened which version of a paper."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from congso.kernel.actor import Actor
from congso.modules.documents.models import ReadMark
from congso.shared import journal


@transaction.atomic(durable=True)
def mark_read(subject_id: UUID, file_id: str, *, by: Actor, now: datetime) -> bool:
    """Note that ``by`` opened this file of a paper that it may see; say whether it is for the first time.

    All access to papers is on the record (Decree 30/2020); the first opening of each version is.
    """
    if by.position_id is None:
        return False
    if ReadMark.objects.filter(subject_id=subject_id, file=file_id, position=by.position_id).exists():
        return False
    mark = ReadMark(subject_id=subject_id, file_id=file_id, position_id=by.position_id, read_at=now)
    made = ReadMark.objects.bulk_create([mark], ignore_conflicts=True)
    journal.record("documents.read", subject_id=subject_id, by=by, at=now, file=file_id)
    return bool(made)
