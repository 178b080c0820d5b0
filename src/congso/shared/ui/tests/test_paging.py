"""Keyset pages neither lose nor repeat a row."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict

from congso.kernel.errors import InvalidInput
from congso.shared.accounts.models import LoginSession
from congso.shared.ui.paging import Keyset

START = datetime(2023, 11, 29, tzinfo=UTC)
BY_END = Keyset[LoginSession](("expire_date", "session_key"), size=2)


@pytest.fixture
def five(db):
    # Two moments for five rows, so that the second field decides.
    for number in range(5):
        LoginSession.objects.create(
            session_key=f"k{number}", session_data="", expire_date=START + timedelta(days=number // 3)
        )


def keys(page):
    return [row.session_key for row in page.rows]


def page_at(address=""):
    return BY_END.page(LoginSession.objects.all(), QueryDict(address.removeprefix("?")))


@pytest.mark.usefixtures("five")
class TestKeyset:
    def test_the_newest_come_first(self):
        assert keys(page_at()) == ["k4", "k3"]

    def test_older_pages_follow_without_loss(self):
        second = page_at(page_at().older)
        third = page_at(second.older)

        assert (keys(second), keys(third)) == (["k2", "k1"], ["k0"])

    def test_the_last_page_has_no_older(self):
        assert page_at(page_at(page_at().older).older).older == ""

    def test_the_first_page_has_no_newer(self):
        assert page_at().newer == ""

    def test_newer_leads_back_to_the_same_rows(self):
        second = page_at(page_at().older)

        assert keys(page_at(second.newer)) == ["k4", "k3"]

    def test_going_back_to_the_top_there_is_nothing_newer(self):
        assert page_at(page_at(page_at().older).newer).newer == ""

    def test_the_filter_stays_in_the_address(self):
        page = BY_END.page(LoginSession.objects.all(), QueryDict("q=nong+cong"))

        assert "q=nong+cong" in page.older

    def test_a_page_costs_one_query(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            page_at()


@pytest.mark.parametrize("token", ["x", "W10", "WyJhIiwiYiJd", "bnVsbA"])
def test_a_place_that_no_list_gave_is_refused(db, token):
    with pytest.raises(InvalidInput):
        page_at(f"sau={token}")
