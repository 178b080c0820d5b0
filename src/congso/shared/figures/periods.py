"""Periods of days, and how they are made of whole years, months and days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from congso.shared.figures.models import Grain


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from ``start`` up to, but without, ``end``."""

    start: date
    end: date

    @classmethod
    def year(cls, year: int) -> Self:
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        return cls(date(year, month, 1), _next_month(date(year, month, 1)))

    @classmethod
    def year_to(cls, day: date) -> Self:
        """Return the year of ``day`` up to and with it."""
        return cls(date(day.year, 1, 1), day + timedelta(days=1))

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def since_ever(self) -> "Period":
        """All days up to the end of this one: what a stock on its last day is the sum of."""
        return Period(date.min, self.end)

    def spans(self) -> Iterator[tuple[Grain, date, date]]:
        """Yield (grain, first, past) of cells that together are exactly this period, each at most once."""
        if self.start >= self.end:
            return
        first_month, past_month = _month_from(self.start), self.end.replace(day=1)
        if first_month > past_month:
            yield Grain.DAY, self.start, self.end
            return
        yield from _span(Grain.DAY, self.start, first_month)
        first_year, past_year = _year_from(first_month), past_month.replace(month=1)
        if first_year > past_year:
            yield from _span(Grain.MONTH, first_month, past_month)
        else:
            yield from _span(Grain.MONTH, first_month, first_year)
            yield from _span(Grain.YEAR, first_year, past_year)
            yield from _span(Grain.MONTH, past_year, past_month)
        yield from _span(Grain.DAY, past_month, self.end)


def _span(grain: Grain, first: date, past: date) -> Iterator[tuple[Grain, date, date]]:
    if first < past:
        yield grain, first, past


def _month_from(day: date) -> date:
    return day if day.day == 1 else _next_month(day)


def _year_from(month: date) -> date:
    return month if month.month == 1 else date(month.year + 1, 1, 1)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
