"""Enter what was announced about a day, take it back."""

import unicodedata
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.errors import InvalidInput, NotFound
from congso.shared import journal
from congso.shared.calendar.models import CalendarOverride
from congso.shared.calendar.permissions import OVERRIDE

LONGEST_NOTE = 300


@transaction.atomic(durable=True)
def set_override(day: date, *, is_working: bool, note: str, by: Actor, now: datetime) -> CalendarOverride:
    """Make ``day`` a working day or a day off, whatever the rule says. Repeating it changes the entry.

    :param note: where it was announced.
    :raises NotPermitted: not an administrator.
    :raises InvalidInput: no note, or one of more than 300 characters.
    """
    OVERRIDE.require(by, None)
    note = unicodedata.normalize("NFC", note).strip()
    if not note or len(note) > LONGEST_NOTE:
        raise InvalidInput(detail=_("cần ghi căn cứ đổi lịch, không quá 300 ký tự."))
    override, _made = CalendarOverride.objects.update_or_create(
        day=day, defaults={"is_working": is_working, "note": note}
    )
    journal.record("calendar.overridden", subject_id=override.id, by=by, at=now, day=day, is_working=is_working)
    return override


@transaction.atomic(durable=True)
def clear_override(day: date, *, by: Actor, now: datetime) -> None:
    """Let the rule decide on ``day`` again.

    :raises NotPermitted: not an administrator.
    :raises NotFound: nothing was entered for it.
    """
    OVERRIDE.require(by, None)
    override = CalendarOverride.objects.select_for_update().filter(day=day).first()
    if override is None:
        raise NotFound
    override_id = override.id
    override.delete()
    journal.record("calendar.restored", subject_id=override_id, by=by, at=now, day=day)
