"""Give a number, cancel a number: steps of the caller's transaction, which has asked whether the actor may."""

import unicodedata
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, InvalidInput
from congso.shared import journal
from congso.shared.numbering.models import NumberState, NumberTaken

TAKE_NEXT = """
    INSERT INTO numbering_counter AS counter (series, last_number) VALUES (%s, 1)
    ON CONFLICT (series) DO UPDATE SET last_number = counter.last_number + 1
    RETURNING last_number
"""
LONGEST_REASON = 500


class NumberNotInUse(DomainError):
    code = "numbering.not_in_use"
    message = _("Số %(number)s chưa được cấp hoặc đã hủy trước đó, nên không hủy được. Chưa có gì thay đổi.")


@transaction.atomic(savepoint=False)
def take_next(series: str, *, subject_id: UUID, at: datetime) -> int:
    """Give ``subject_id`` the next number of ``series``, from 1, without gaps.

    Others who ask for the same series wait until this transaction ends; if it is rolled back, they get this number.
    Its journal line is the caller's act.
    """
    with connection.cursor() as cursor:
        cursor.execute(TAKE_NEXT, [series])
        number: int = cursor.fetchone()[0]
    NumberTaken.objects.create(series=series, number=number, subject_id=subject_id, taken_at=at)
    return number


@transaction.atomic(savepoint=False)
def cancel(series: str, number: int, *, reason: str, by: Actor, now: datetime) -> NumberTaken:
    """Cancel a number that was given; it stays in the register with its reason and is never given again.

    :raises NumberNotInUse: it was never given, or was cancelled before.
    :raises InvalidInput: no reason, or one of more than 500 characters.
    """
    reason = unicodedata.normalize("NFC", reason).strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise InvalidInput(detail=_("cần lý do hủy số, không quá 500 ký tự."))
    taken = NumberTaken.objects.select_for_update().filter(series=series, number=number).first()
    if taken is None or taken.state != NumberState.USED:
        raise NumberNotInUse(number=number)
    taken.state, taken.reason, taken.cancelled_at = NumberState.CANCELLED, reason, now
    taken.save(update_fields=["state", "reason", "cancelled_at"])
    journal.record("numbering.cancelled", subject_id=taken.subject_id, by=by, at=now, number=number, series=series)
    return taken
