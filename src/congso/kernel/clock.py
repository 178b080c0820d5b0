"""The only source of domain time.

A demo installation runs at an offset from real time (``settings.CONGSO_CLOCK_OFFSET``, seconds); production refuses
one. Sessions, rate limits and TLS use real time and do not ask here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

_fixed: ContextVar[datetime | None] = ContextVar("fixed_moment", default=None)


def now() -> datetime:
    """Return the present domain moment, aware, in UTC."""
    fixed = _fixed.get()
    if fixed is not None:
        return fixed
    return datetime.now(UTC) + timedelta(seconds=settings.CONGSO_CLOCK_OFFSET)


def day_of(moment: datetime) -> date:
    """Return the calendar day of ``moment`` in Hanoi."""
    return moment.astimezone(HANOI).date()


def today() -> date:
    """Return the present domain day in Hanoi."""
    return day_of(now())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Hold the clock at ``moment`` within the block (the demo's maker and tests)."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
