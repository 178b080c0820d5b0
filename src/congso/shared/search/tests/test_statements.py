"""The parts of a search by time: together they are all days, each day once, the newest first."""

import re
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congso.kernel import clock
from congso.shared import search
from congso.shared.search import kinds, statements
from congso.shared.search.tests.test_finding import ASKER, put, titles

NOW = datetime(2023, 11, 29, 9, tzinfo=clock.HANOI)
TODAY = clock.day_of(NOW)
days = st.dates(date(2001, 1, 1), date(2090, 12, 31))


def parts_of(day, today):
    """Return the places of the parts whose condition holds on ``day``."""
    known = {"week": statements.week_of(day), "month": statements.month_of(day), "day": day}
    compare = {"=": lambda a, b: a == b, ">=": lambda a, b: a >= b, "<": lambda a, b: a < b}

    def holds(condition):
        [(name, sign, value)] = re.findall(r"(\w+) (>=|=|<) '?([\d-]+)'?", condition)
        return compare[sign](known[name], date.fromisoformat(value) if name == "day" else int(value))

    conditions = list(statements._times(today))
    return [place for place, condition in enumerate(conditions) if all(holds(one) for one in condition.split(" AND "))]


@given(today=days, back=st.integers(-60, 400))
def test_each_day_is_in_one_part(today, back):
    assert len(parts_of(today - timedelta(days=back), today)) == 1


@given(today=days, back=st.integers(-60, 400))
def test_an_older_day_is_never_in_an_earlier_part(today, back):
    day = today - timedelta(days=back)

    assert parts_of(day - timedelta(days=1), today) >= parts_of(day, today)


@pytest.fixture(autouse=True)
def present(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register("test.paper", "Văn bản", str)
    with clock.at(NOW):
        yield


@pytest.mark.django_db
def test_the_database_counts_weeks_and_months_as_the_parts_do():
    spread = [TODAY + timedelta(days=n) for n in (40, 1, 0, -1, -8, -20, -31, -50, -75, -110, -150, -4000)]
    for day in spread:
        put(f"Kế hoạch {day}", day=day)

    assert titles("kế hoạch") == [f"Kế hoạch {day}" for day in spread]


@pytest.mark.django_db
def test_only_the_newest_are_considered(monkeypatch):
    monkeypatch.setattr(statements, "MOST_RANKED", 3)
    for back in (400, 200, 90, 30, 3):
        put(f"Kế hoạch {back}", day=TODAY - timedelta(days=back))

    found = search.look("kế hoạch", by=ASKER)

    assert [hit.title for hit in found.hits] == ["Kế hoạch 3", "Kế hoạch 30", "Kế hoạch 90"]
    assert found.counts == {"test.paper": 3}
