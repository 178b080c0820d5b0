"""«Việc của tôi»: the most urgent first."""

from datetime import UTC, date, datetime

import pytest

from congso.kernel.actor import Actor
from congso.shared.ui.work import Lead, Period, Waiting, Work, WorkItem, grouped, period_of, tabs

TODAY = date(2023, 11, 29)  # a Wednesday
ACTOR = Actor()


def item(title="Báo cáo", *, kind="sign", verb="Ký", due=None):
    return WorkItem(kind=kind, verb=verb, icon="x", title=title, url="/", button="Đọc để ký", due=due)


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (date(2023, 11, 28), Period.LATE),
        (TODAY, Period.TODAY),
        (datetime(2023, 11, 29, 16, 59, tzinfo=UTC), Period.TODAY),
        (datetime(2023, 11, 29, 17, 1, tzinfo=UTC), Period.WEEK),
        (date(2023, 12, 3), Period.WEEK),
        (date(2023, 12, 4), Period.LATER),
        (None, Period.LATER),
    ],
)
def test_an_item_stands_where_its_deadline_falls_in_hanoi(due, expected):
    assert period_of(item(due=due), TODAY) == expected


def test_items_of_all_modules_stand_in_one_order():
    work = Work()
    work.register(lambda _actor, _today: [item("không hạn"), item("mai", due=date(2023, 11, 30))])
    work.register(lambda _actor, _today: [item("trễ", due=date(2023, 11, 1)), item("hôm nay", due=TODAY)])

    titles = [found.title for found in work.items(ACTOR, TODAY)]

    assert titles == ["trễ", "hôm nay", "mai", "không hạn"]


def test_an_hour_comes_before_the_end_of_the_day():
    work = Work()
    at_nine = datetime(2023, 11, 29, 2, tzinfo=UTC)
    work.register(lambda _actor, _today: [item("cả ngày", due=TODAY), item("9 giờ", due=at_nine)])

    assert [found.title for found in work.items(ACTOR, TODAY)] == ["9 giờ", "cả ngày"]


def test_only_groups_that_hold_something_are_shown():
    shown = grouped([item(due=TODAY)], TODAY)

    assert [(period, len(items)) for period, items in shown] == [(Period.TODAY, 1)]


def test_each_kind_has_a_tab_with_its_number():
    shown = tabs([item(), item(), item(kind="direct", verb="Chỉ đạo")])

    assert [(tab.label, tab.count) for tab in shown] == [("Ký", 2), ("Chỉ đạo", 1)]


def test_what_others_are_late_with_comes_first():
    work = Work()
    late = Waiting(title="b", url="/", meta="", is_late=True)
    work.register_waiting(lambda _actor, _today: [Waiting(title="a", url="/", meta=""), late])

    assert work.waiting(ACTOR, TODAY)[0] is late


def test_the_first_lead_that_has_something_is_shown():
    work = Work()
    lead = Lead(count=5, title="văn bản chờ ký", url="/", button="Xem trước khi ký", icon="x")
    work.register_lead(lambda _actor, _today: None)
    work.register_lead(lambda _actor, _today: lead)

    assert work.lead(ACTOR, TODAY) is lead


def test_registering_twice_counts_once():
    work = Work()
    provider = lambda _actor, _today: [item()]  # noqa: E731 - the very same function twice
    work.register(provider)
    work.register(provider)

    assert len(work.items(ACTOR, TODAY)) == 1
