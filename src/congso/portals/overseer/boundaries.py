"""The day whose units are the rows of a board: today's, those before a reorganisation, or those after one to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from congso.kernel.errors import InvalidInput

FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class Choice:
    """One map of units to look in."""

    day: date
    label: str
    is_present: bool


def read_day(text: str, today: date) -> date:
    """Return the day that an address names; nothing means today.

    :raises InvalidInput: it is no day that the register can hold.
    """
    try:
        day = date.fromisoformat(text) if text else today
    except ValueError:
        day = LAST
    if not FIRST <= day < LAST:
        raise InvalidInput(detail=_("ranh giới đơn vị là một ngày, ví dụ 2025-06-30."))
    return day


def write_day(day: date, today: date) -> str:
    """Write a day as an address names it."""
    return "" if day == today else day.isoformat()


def choices(changes: Sequence[date], chosen: date, today: date) -> list[Choice]:
    """Return the maps between days of change, newest first: one with today, others by their last or first day."""
    found = []
    for first, past in zip([date.min, *changes], [*changes, date.max], strict=True):
        is_present = first <= chosen < past
        if first <= today < past:
            found.append(Choice(today, _("Đơn vị hiện nay"), is_present))
        elif past <= today:
            last = past - timedelta(days=1)
            found.append(Choice(last, _("Đơn vị đến %(day)s") % {"day": _shown(last)}, is_present))
        else:
            found.append(Choice(first, _("Đơn vị từ %(day)s") % {"day": _shown(first)}, is_present))
    return found[::-1]


def _shown(day: date) -> str:
    return f"{day:%d/%m/%Y}"
