"""A form sent twice: the second press lands on the first's result."""

from datetime import datetime
from uuid import UUID

from congso.modules.documents.models import Press


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
