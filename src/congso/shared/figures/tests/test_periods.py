from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from congso.shared.figures.models import Grain
from congso.shared.figures.periods import Period

DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))


def days_of(grain, first, past):
    """Return the days that the cells of a span cover."""
    step = {Grain.DAY: lambda day: date.fromordinal(day.toordinal() + 1)}
    step[Grain.MONTH] = lambda day: date(day.year + day.month // 12, day.month % 12 + 1, 1)
    step[Grain.YEAR] = lambda day: date(day.year + 1, 1, 1)
    while first < past:
        following = step[grain](first)
        yield from range(first.toordinal(), following.toordinal())
        first = following


@given(DAYS, DAYS)
def test_spans_cover_each_day_of_the_period_exactly_once(start, end):
    covered = [day for span in Period(start, end).spans() for day in days_of(*span)]

    assert sorted(covered) == list(range(start.toordinal(), end.toordinal()))


def test_a_year_is_one_span():
    assert list(Period.year(2023).spans()) == [(Grain.YEAR, date(2023, 1, 1), date(2024, 1, 1))]


def test_a_month_is_one_span():
    assert list(Period.month(2023, 12).spans()) == [(Grain.MONTH, date(2023, 12, 1), date(2024, 1, 1))]


def test_the_year_to_date_ends_with_that_day():
    assert Period.year_to(date(2023, 11, 29)).last_day == date(2023, 11, 29)
    assert [grain for grain, *_ in Period.year_to(date(2023, 11, 29)).spans()] == [Grain.MONTH, Grain.DAY]
