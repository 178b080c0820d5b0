"""Figures open onto the very records that they count."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from congso.kernel import clock
from congso.modules.documents.tests.factories import NOW, DocumentFactory
from congso.portals.desk.scoreboard import period_choices
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.figures.folding import fold
from congso.shared.journal.models import JournalLine
from congso.shared.people.tests.factories import PositionFactory

pytestmark = pytest.mark.django_db
TODAY = date(2023, 11, 29)


@pytest.fixture(autouse=True)
def _in_2023():
    with clock.at(NOW):
        yield


@pytest.fixture
def papers(chairman):
    """Three papers of the chairman's committee: two signed, one sent as a scan."""
    whose = {"author": PositionFactory(organ=chairman.organ), "signatory": chairman, "issued": True}
    signed = [DocumentFactory(subject=f"Kế hoạch {n}", **whose) for n in (1, 2)]
    scan = DocumentFactory(subject="Bản giấy quét", leader_validated=False, **whose)
    fold(now=NOW)
    return [*signed, scan]


def links(page):
    return [unescape(link) for link in re.findall(rf'href="({reverse("desk:figure")}[^"]*)"', page)]


class TestFigures:
    def test_each_value_is_counted_from_the_records(self, desk, papers):
        page = desk.get(reverse("desk:figures")).content.decode()

        assert "66,67\u00a0%" in page
        assert "2 / 3" in page

    def test_a_unit_without_papers_has_no_rate_rather_than_nought(self, desk):
        assert "chưa có" in desk.get(reverse("desk:figures")).content.decode()

    def test_a_period_is_chosen_in_the_address(self, desk, papers):
        page = desk.get(reverse("desk:figures"), {"ky": "thang-truoc"}).content.decode()

        assert "chưa có" in page

    def test_the_page_costs_as_much_for_one_unit_as_for_many(self, desk, papers, django_assert_max_num_queries):
        with django_assert_max_num_queries(12):
            desk.get(reverse("desk:figures"))

    def test_the_home_page_asks_for_its_cards_apart(self, desk, papers):
        cards = desk.get(reverse("desk:figure_cards"), headers={"hx-request": "true"}).content.decode()

        assert "Mở 1 văn bản chưa đạt" in cards
        assert "<html" not in cards


class TestFigure:
    def test_the_missing_ones_are_the_first_thing_shown(self, desk, papers):
        rate = links(desk.get(reverse("desk:figures")).content.decode())[-1]

        page = desk.get(rate).content.decode()

        assert "Bản giấy quét" in page
        assert "Kế hoạch 1" not in page

    def test_that_it_was_opened_stands_in_the_journal(self, desk, papers):
        desk.get(links(desk.get(reverse("desk:figures")).content.decode())[0])

        assert JournalLine.objects.filter(act="figures.inspected").count() == 1

    def test_another_organ_may_not_open_it(self, client, desk, papers, another_client):
        address = links(desk.get(reverse("desk:figures")).content.decode())[0]
        stranger = another_client()
        sign_in(stranger, PositionFactory())

        assert stranger.get(address).status_code == 403

    @pytest.mark.parametrize(
        "query", ["", "ma=A14", "ma=A14&coquan=x&tu=2023-01-01&den=2023-12-31&dia-gioi=2023-11-29"]
    )
    def test_an_address_that_no_page_gave_is_refused(self, desk, query):
        assert desk.get(f"{reverse('desk:figure')}?{query}").status_code == 422

    def test_an_unknown_figure_is_not_found(self, desk, chairman):
        query = {"ma": "A99", "coquan": chairman.organ_id, "tu": TODAY, "den": TODAY, "dia-gioi": TODAY}

        assert desk.get(reverse("desk:figure"), query).status_code == 404


def test_periods_are_this_year_this_month_and_the_one_before():
    choices = period_choices("", date(2024, 1, 15))

    assert [choice.label for choice in choices] == ["Năm 2024", "Tháng 1/2024", "Tháng 12/2023"]
    assert choices[0].is_present
    assert choices[0].period.last_day == date(2024, 1, 15)
