"""A form sent twice: the second press lands on the first's result."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from congso.modules.documents.models import Press

# A page left open over a long holiday still lands on its first result.
KEPT: Final = timedelta(days=14)


def first_press(key: UUID | None, *, act: str, subject_id: UUID, now: datetime) -> bool:
    """Take note of a form's key; say whether it comes for the first time. Without a key, it always does.

    Called while the subject's row is locked, so that two presses come one after the other.
    """
    if key is None:
        return True
    if Press.objects.filter(key=key, subject_id=subject_id, act=act).exists():
        return False
    Press.objects.create(key=key, subject_id=subject_id, act=act, at=now)
    return True


def was_pressed(key: UUID | None, *, act: str, subject_id: UUID) -> bool:
    """Say whether this form did its act already, for a subject that has left its sender's sight since."""
    return key is not None and Press.objects.filter(key=key, subject_id=subject_id, act=act).exists()


def hold_id(record_id: UUID) -> None:
    """Let others who make a record under the same id wait until this transaction ends.

    A form that makes a record brings its id; sent twice at the same moment, the second has no row to lock yet.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(record_id.bytes[8:], signed=True)])


@transaction.atomic(durable=True)
def forget_presses(*, now: datetime) -> int:
    """Forget the keys of forms that nobody will send again; return how many. No act on a paper, so no line."""
    forgotten, _by_table = Press.objects.filter(at__lt=now - KEPT).delete()
    return forgotten
