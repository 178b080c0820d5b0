"""Figures open onto the very records that they count."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from congso.kernel import clock
from congso.kernel.ids import new_id
from congso.modules.documents.tests.factories import NOW, DocumentFactory
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.figures.folding import fold
from congso.shared.journal.models import JournalLine
from congso.shared.people.tests.factories import PositionFactory

pytestmark = pytest.mark.django_db
BOARD = reverse("overseer:board")
MISSING = reverse("overseer:opened", kwargs={"figure": "A14", "part": "gap"})


@pytest.fixture(autouse=True)
def _in_2023():
    with clock.at(NOW):
        yield


@pytest.fixture
def chairman(db):
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


def text_of(response):
    return unescape(re.sub(r"\s+", " ", response.content.decode()))


class TestBoard:
    def test_each_value_is_counted_from_the_records(self, desk, papers):
        page = text_of(desk.get(BOARD))

        assert "66,66 %" in page
        assert "1 văn bản chưa ký số" in page
        assert "Mở 3 văn bản" in page

    def test_a_unit_without_papers_has_no_rate_rather_than_nought(self, desk):
        assert "chưa có" in text_of(desk.get(BOARD))

    def test_a_period_is_chosen_in_the_address(self, desk, papers):
        assert "66,66" not in text_of(desk.get(BOARD, {"ky": "2023-10"}))

    def test_the_page_costs_few_queries(self, desk, papers, django_assert_max_num_queries):
        with django_assert_max_num_queries(12):
            assert desk.get(BOARD).status_code == 200

    @pytest.mark.parametrize(
        ("query", "status"),
        [
            ({"don-vi": str(new_id())}, 404),
            ({"don-vi": "x"}, 404),
            ({"chi-tieu": "A99"}, 404),
            ({"ky": "hôm nay"}, 422),
        ],
    )
    def test_what_the_board_does_not_have_is_refused(self, desk, query, status):
        assert desk.get(BOARD, query).status_code == status

    def test_the_home_page_asks_for_its_cards_apart(self, desk, papers):
        cards = desk.get(reverse("overseer:cards"), headers={"hx-request": "true"})

        assert "2 / 3" in text_of(cards)
        assert "Mở 1 văn bản chưa ký số" in text_of(cards)
        assert "<html" not in text_of(cards)

    def test_before_the_first_paper_a_card_has_no_rate(self, desk):
        assert "chưa có" in text_of(desk.get(reverse("overseer:cards")))

    def test_a_value_leads_to_its_papers(self, desk, papers):
        page = desk.get(BOARD).content.decode()

        gap = next(unescape(link) for link in re.findall(r'href="([^"]*)"', page) if "/gap/" in link)

        assert "Bản giấy quét" in text_of(desk.get(gap))


class TestOpened:
    def test_the_missing_ones_are_listed_and_no_others(self, desk, papers):
        page = text_of(desk.get(MISSING))

        assert "Bản giấy quét" in page
        assert "Kế hoạch 1" not in page

    def test_that_it_was_opened_stands_in_the_journal(self, desk, papers):
        desk.get(MISSING)

        assert JournalLine.objects.filter(act="figures.inspected").count() == 1

    def test_another_organ_is_not_on_ones_board(self, papers, chairman):
        stranger = Client()
        sign_in(stranger, PositionFactory())

        assert stranger.get(MISSING, {"don-vi": str(chairman.organ_id)}).status_code == 404
        assert "Bản giấy quét" not in text_of(stranger.get(MISSING))

    @pytest.mark.parametrize("place", ["x", "2023-01-01", "2023-01-01_x"])
    def test_a_place_that_no_page_gave_is_refused(self, desk, place):
        assert desk.get(MISSING, {"sau": place}).status_code == 422

    @pytest.mark.parametrize("path", ["/so-lieu/A99/gap/", "/so-lieu/A14/all/"])
    def test_an_unknown_figure_or_part_is_not_found(self, desk, path):
        assert desk.get(path).status_code == 404
