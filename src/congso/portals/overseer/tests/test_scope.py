from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from congso.kernel.actor import Actor
from congso.kernel.errors import InvalidInput
from congso.portals.overseer import scope
from congso.shared.areas.locality import MERGER
from congso.shared.figures.periods import Period
from congso.shared.figures.permissions import INSPECT, inspected
from congso.shared.organs.locality import load_locality
from congso.shared.organs.queries import organs_served, who_answers

TODAY = date(2023, 11, 29)


@pytest.mark.parametrize(
    ("text", "period"),
    [("", Period.year(2023)), ("2022", Period.year(2022)), ("2023-02", Period.month(2023, 2))],
)
def test_a_period_is_a_year_or_a_month_this_year_by_default(text, period):
    assert scope.read_period(text, TODAY) == period


@pytest.mark.parametrize("text", ["2024", "1999", "2023-13", "2023-00", "x", "2023-1", "2023-11-29", "２０２３"])
def test_a_period_that_the_register_cannot_hold_is_refused_in_words(text):
    with pytest.raises(InvalidInput, match=r"kỳ số liệu|tháng từ 01"):
        scope.read_period(text, TODAY)


@pytest.mark.parametrize("text", ["2022", "2023-02"])
def test_a_period_is_written_as_it_is_read(text):
    assert scope.write_period(scope.read_period(text, TODAY)) == text


def test_the_trend_ends_with_the_present_month_and_crosses_the_year():
    months = scope.months_to(Period.month(2023, 2), TODAY, count=4)

    assert months == [Period.month(2022, 11), Period.month(2022, 12), Period.month(2023, 1), Period.month(2023, 2)]
    assert scope.months_to(Period.year(2023), TODAY, count=2)[-1] == Period.month(2023, 11)


def test_the_periods_to_choose_are_this_year_its_months_and_two_years_before():
    offered = [value for value, _label in scope.choices(TODAY)]

    assert offered[:3] == ["2023", "2023-11", "2023-10"]
    assert offered[-3:] == ["2023-01", "2022", "2021"]


def test_who_holds_no_position_has_no_board():
    with pytest.raises(InvalidInput):
        scope.scope_of(Actor.anonymous(), TODAY, TODAY)


@pytest.mark.django_db
class TestTheLocality:
    """Nông Cống before and after 1 July 2025."""

    @pytest.fixture
    def locality(self):
        return load_locality(datetime(2023, 11, 29, 2, tzinfo=UTC))

    def actor(self, organ_id, on):
        return Actor(account_id=uuid4(), organ_id=organ_id, serves=organs_served(organ_id, on))

    def test_the_district_looks_ahead_into_the_seven_communes(self, locality):
        actor = self.actor(locality.committee, TODAY)

        today, ahead = (scope.scope_of(actor, TODAY, day) for day in (TODAY, MERGER))

        assert (len(today.rows), today.apart, today.changes) == (30, (), (MERGER,))
        assert (len(ahead.rows), ahead.notes[locality.committee]) == (7, "đã kết thúc hoạt động")
        assert INSPECT.allows(actor, inspected(ahead.all_within(None), TODAY))

    def test_a_commune_of_2025_looks_back_at_those_that_became_it(self, locality):
        later = date(2026, 3, 1)
        heir = who_answers(locality.commune_committees[0], later)[0]
        actor = self.actor(heir, later)

        back = scope.scope_of(actor, later, date(2025, 6, 30))

        assert {who_answers(row, later) for row in back.rows} == {(heir,)}
        assert back.notes == {heir: "thành lập sau, chưa chia được"}
        assert INSPECT.allows(actor, inspected(back.all_within(None), later))

    def test_a_commune_is_not_offered_a_look_ahead(self, locality):
        actor = self.actor(locality.commune_committees[0], TODAY)

        assert scope.scope_of(actor, TODAY, TODAY).changes == ()
        ahead = scope.scope_of(actor, TODAY, MERGER)
        assert not INSPECT.allows(actor, inspected(ahead.rows, TODAY))
