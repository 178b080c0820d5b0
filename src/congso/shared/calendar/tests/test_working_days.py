from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congso.kernel.actor import Actor
from congso.kernel.errors import InvalidInput, NotFound, NotPermitted
from congso.shared import calendar
from congso.shared.calendar import commands
from congso.shared.calendar.models import CalendarOverride
from congso.shared.journal.models import JournalLine

NOW = datetime(2025, 12, 1, tzinfo=UTC)
ADMINISTRATOR = Actor(account_id=uuid4(), roles=frozenset({("administrator", uuid4())}))

pytestmark = pytest.mark.django_db


def days(year, text):
    """Read «1–2/9 4/9»: days or ranges of days of one month."""
    for part in text.split():
        numbers, month = part.split("/")
        first, _dash, last = numbers.partition("–")
        yield from (date(year, int(month), day) for day in range(int(first), int(last or first) + 1))


class TestIsWorkingDay:
    @pytest.mark.parametrize(
        ("year", "text"),
        [
            (2023, "1–2/1 20–26/1 29–30/4 1–3/5 1–2/9 4/9"),
            (2024, "1/1 8–14/2 18/4 29–30/4 1/5 2–3/9"),
            (2025, "1/1 27–31/1 1/2 7/4 30/4 1–2/5 1–2/9"),
            (2026, "1/1 16–20/2 26–27/4 30/4 1/5 31/8 1–2/9 24/11"),
            (2027, "1/1 4–10/2 16/4 30/4 1/5 3/5 2–3/9 24/11"),
        ],
    )
    def test_holidays_are_free(self, year, text):
        assert [day for day in days(year, text) if calendar.is_working_day(day)] == []

    @pytest.mark.parametrize("day", [date(2024, 5, 4), date(2025, 4, 26), date(2026, 8, 22)])
    def test_saturdays_swapped_by_the_government_are_worked(self, day):
        assert calendar.is_working_day(day)

    @pytest.mark.parametrize(
        ("day", "expected"), [(date(2023, 11, 29), True), (date(2023, 12, 2), False), (date(2023, 12, 3), False)]
    )
    def test_ordinary_days(self, day, expected):
        assert calendar.is_working_day(day) is expected

    def test_the_announced_swap_of_new_year_2026_is_entered_by_hand(self):
        free, worked = date(2026, 1, 2), date(2026, 1, 10)
        commands.set_override(free, is_working=False, note="Thông báo", by=ADMINISTRATOR, now=NOW)
        commands.set_override(worked, is_working=True, note="Thông báo", by=ADMINISTRATOR, now=NOW)

        assert not calendar.is_working_day(free)
        assert calendar.is_working_day(worked)
        assert calendar.add_working_days(date(2025, 12, 31), 1) == date(2026, 1, 5)
        assert calendar.add_working_days(date(2026, 1, 9), 1) == worked


class TestCounting:
    def test_seven_working_days_after_29_11_2023_are_08_12_2023(self):
        assert calendar.add_working_days(date(2023, 11, 29), 7) == date(2023, 12, 8)
        assert calendar.working_days_between(date(2023, 11, 29), date(2023, 12, 8)) == 7

    def test_none_is_the_day_itself(self):
        assert calendar.add_working_days(date(2023, 12, 3), 0) == date(2023, 12, 3)

    def test_tet_is_jumped_over(self):
        assert calendar.add_working_days(date(2024, 2, 7), 1) == date(2024, 2, 15)

    def test_a_day_before_counts_negative(self):
        assert calendar.working_days_between(date(2023, 12, 8), date(2023, 11, 29)) == -7

    @pytest.mark.parametrize("n", [-1, 2_001])
    def test_a_senseless_number_is_a_bug(self, n):
        with pytest.raises(ValueError, match="working days"):
            calendar.add_working_days(date(2023, 11, 29), n)

    def test_costs_one_query(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            calendar.add_working_days(date(2023, 11, 29), 30)

    @settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
    )
    @given(start=st.dates(date(2020, 1, 1), date(2029, 1, 1)), n=st.integers(1, 60))
    def test_adding_and_counting_agree(self, start, n):
        end = calendar.add_working_days(start, n)

        assert calendar.is_working_day(end)
        assert calendar.working_days_between(start, end) == n
        assert calendar.working_days_between(start, end - timedelta(days=1)) == n - 1


class TestSetOverride:
    def test_leaves_a_line(self):
        override = commands.set_override(
            date(2026, 1, 2), is_working=False, note=" Thông báo ", by=ADMINISTRATOR, now=NOW
        )

        assert override.note == "Thông báo"
        line = JournalLine.objects.get(subject_id=override.id)
        assert (line.act, line.facts) == ("calendar.overridden", {"day": "2026-01-02", "is_working": False})

    def test_again_replaces(self):
        for is_working in (False, True):
            commands.set_override(date(2026, 1, 2), is_working=is_working, note="x", by=ADMINISTRATOR, now=NOW)

        assert CalendarOverride.objects.get().is_working

    @pytest.mark.parametrize("note", ["", "   ", "x" * 301])
    def test_needs_its_ground(self, note):
        with pytest.raises(InvalidInput):
            commands.set_override(date(2026, 1, 2), is_working=False, note=note, by=ADMINISTRATOR, now=NOW)

    def test_only_an_administrator_may(self):
        clerk = Actor(account_id=uuid4(), roles=frozenset({("records_clerk", uuid4())}))

        with pytest.raises(NotPermitted):
            commands.set_override(date(2026, 1, 2), is_working=False, note="x", by=clerk, now=NOW)
        with pytest.raises(NotPermitted):
            commands.clear_override(date(2026, 1, 2), by=clerk, now=NOW)


class TestClearOverride:
    def test_lets_the_rule_decide_again(self):
        override = commands.set_override(date(2026, 1, 6), is_working=False, note="x", by=ADMINISTRATOR, now=NOW)

        commands.clear_override(override.day, by=ADMINISTRATOR, now=NOW)

        assert calendar.is_working_day(date(2026, 1, 6))
        assert JournalLine.objects.filter(subject_id=override.id, act="calendar.restored").exists()

    def test_nothing_to_clear(self):
        with pytest.raises(NotFound):
            commands.clear_override(date(2026, 1, 6), by=ADMINISTRATOR, now=NOW)
