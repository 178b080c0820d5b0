"""Figures open onto the very papers that they count."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from congso.kernel import clock
from congso.modules.documents.tests.factories import NOW, DocumentFactory
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.figures.folding import fold
from congso.shared.journal.models import JournalLine
from congso.shared.people.tests.factories import PositionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_2023():
    with clock.at(NOW):
        yield


@pytest.fixture
def chairman():
    return PositionFactory(chair=True)


@pytest.fixture
def desk(client, chairman):
    """A browser in which the chairman signed in."""
    sign_in(client, chairman)
    return client


@pytest.fixture
def papers(chairman):
    """Three papers of the chairman's committee: two signed, one sent as a scan."""
    whose = {"author": PositionFactory(organ=chairman.organ), "signatory": chairman, "issued": True}
    signed = [DocumentFactory(subject=f"Kế hoạch {n}", **whose) for n in (1, 2)]
    scan = DocumentFactory(subject="Bản giấy quét", leader_validated=False, **whose)
    fold(now=NOW)
    return [*signed, scan]


def lines_of(part):
    return reverse("overseer:opened", kwargs={"figure": "A14", "part": part})


class TestBoard:
    def test_each_value_is_counted_from_the_records(self, desk, papers):
        assert "66,66\u00a0%" in desk.get(reverse("overseer:board")).content.decode()

    def test_a_unit_without_papers_has_no_rate_rather_than_nought(self, desk):
        assert "chưa có" in desk.get(reverse("overseer:board")).content.decode()

    def test_it_costs_few_queries(self, desk, papers, django_assert_max_num_queries):
        with django_assert_max_num_queries(14):
            desk.get(reverse("overseer:board"))

    def test_a_value_leads_to_its_papers(self, desk, papers):
        page = desk.get(reverse("overseer:board")).content.decode()

        gap = next(unescape(link) for link in re.findall(r'href="([^"]*)"', page) if "/gap/" in link)

        assert "Bản giấy quét" in desk.get(gap).content.decode()


class TestOpened:
    def test_only_what_was_asked_for_is_listed(self, desk, papers):
        page = desk.get(lines_of("gap")).content.decode()

        assert "Bản giấy quét" in page
        assert "Kế hoạch 1" not in page

    def test_that_it_was_opened_stands_in_the_journal(self, desk, papers):
        desk.get(lines_of("denominator"))

        assert JournalLine.objects.filter(act="figures.inspected").count() == 1

    def test_a_row_of_another_organ_is_not_there(self, papers, chairman):
        stranger = Client()
        sign_in(stranger, PositionFactory())

        assert stranger.get(lines_of("gap"), {"don-vi": chairman.organ_id}).status_code == 404

    @pytest.mark.parametrize(("figure", "part"), [("A99", "gap"), ("A14", "half")])
    def test_what_no_board_shows_is_not_found(self, desk, figure, part):
        assert desk.get(reverse("overseer:opened", kwargs={"figure": figure, "part": part})).status_code == 404

    @pytest.mark.parametrize("place", ["x", "2023-01-01", "2023-01-01_x"])
    def test_a_place_that_no_page_gave_is_refused(self, desk, place):
        assert desk.get(lines_of("gap"), {"sau": place}).status_code == 422


class TestCards:
    def test_the_home_page_shows_this_years_figures_and_what_is_missing(self, desk, papers):
        cards = desk.get(reverse("overseer:cards"), headers={"hx-request": "true"}).content.decode()

        assert "2 / 3" in cards
        assert "Mở 1 văn bản chưa ký số" in cards
        assert "<html" not in cards

    def test_before_the_first_paper_there_is_no_rate(self, desk):
        assert "chưa có" in desk.get(reverse("overseer:cards")).content.decode()
