"""Count working days. Saturdays and Sundays are free; a Saturday-morning reception does not count for time limits."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

import holidays

from congso.shared.calendar.models import CalendarOverride

MOST_WORKING_DAYS = 2_000


def is_working_day(day: date) -> bool:
    """Say whether offices work on ``day``."""
    override = CalendarOverride.objects.filter(day=day).values_list("is_working", flat=True).first()
    return _is_working_by_rule(day) if override is None else override


def add_working_days(day: date, n: int) -> date:
    """Return the ``n``-th working day after ``day``; ``day`` itself does not count (0 returns it).

    29/11/2023 and 7 give 08/12/2023.
    """
    if not 0 <= n <= MOST_WORKING_DAYS:
        raise ValueError(f"{n} working days")
    overrides = _overrides(day, None)
    while n:
        day += timedelta(days=1)
        n -= _is_working(day, overrides)
    return day


def working_days_between(a: date, b: date) -> int:
    """Count the working days after ``a`` up to and with ``b``; negative if ``b`` is before ``a``.

    ``working_days_between(a, add_working_days(a, n)) == n``.
    """
    if b < a:
        return -working_days_between(b, a)
    overrides = _overrides(a, b)
    return sum(_is_working(a + timedelta(days=step), overrides) for step in range(1, (b - a).days + 1))


def _overrides(first: date, last: date | None) -> Mapping[date, bool]:
    rows = CalendarOverride.objects.filter(day__gt=first)
    if last is not None:
        rows = rows.filter(day__lte=last)
    return dict(rows.values_list("day", "is_working"))


def _is_working(day: date, overrides: Mapping[date, bool]) -> bool:
    override = overrides.get(day)
    return _is_working_by_rule(day) if override is None else override


def _is_working_by_rule(day: date) -> bool:
    return _national(day.year).is_working_day(day)


@lru_cache(maxsize=32)
def _national(year: int) -> holidays.HolidayBase:
    # The next year too: its New Year may have been swapped for a Saturday of this December.
    return holidays.country_holidays("VN", years=(year, year + 1), expand=False)
