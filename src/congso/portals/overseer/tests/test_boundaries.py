"""The board in the units of another day: each act stands in one row, and all rows sum up to all."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import InvalidInput
from congso.modules.documents.tests.factories import DocumentFactory
from congso.portals.overseer import boundaries
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.areas.dated import period
from congso.shared.figures.folding import fold
from congso.shared.organs import queries as organs
from congso.shared.organs.models import Organ
from congso.shared.people.tests.factories import PositionFactory
from congso.shared.reorganisation.commands import Merger, Share, Split, merge_areas, split_area
from congso.shared.reorganisation.tests.factories import District

BOARD = reverse("overseer:board")
OPENED = reverse("overseer:opened", kwargs={"figure": "A14", "part": "denominator"})
TODAY = date(2024, 3, 1)
NOW = datetime(2024, 3, 1, 2, tzinfo=UTC)
SPLIT, MERGER = date(2024, 1, 1), date(2024, 2, 1)
WHERE = {"unit_type": "xã", "latitude": Decimal("19.6"), "longitude": Decimal("105.7")}


class TestChoices:
    def test_without_changes_there_is_one_map(self):
        assert [choice.label for choice in boundaries.choices([], TODAY, TODAY)] == ["Đơn vị hiện nay"]

    def test_maps_before_and_after_are_named_by_their_last_and_first_day(self):
        found = boundaries.choices([SPLIT, date(2025, 7, 1)], date(2023, 12, 31), TODAY)

        assert [(choice.label, choice.day, choice.is_present) for choice in found] == [
            ("Đơn vị từ 01/07/2025", date(2025, 7, 1), False),
            ("Đơn vị hiện nay", TODAY, False),
            ("Đơn vị đến 31/12/2023", date(2023, 12, 31), True),
        ]

    @pytest.mark.parametrize("text", ["hôm nay", "2023", "0001-01-01", "9999-12-31", "2023-02-30"])
    def test_what_is_no_day_of_the_register_is_refused_in_words(self, text):
        with pytest.raises(InvalidInput, match="ranh giới"):
            boundaries.read_day(text, TODAY)

    def test_a_day_is_written_as_it_is_read(self):
        assert boundaries.read_day(boundaries.write_day(SPLIT, TODAY), TODAY) == SPLIT
        assert boundaries.read_day("", TODAY) == TODAY
        assert boundaries.write_day(TODAY, TODAY) == ""


@pytest.fixture
def district(db):
    """A district in which one commune was split, then one half merged with another; papers of each that ever was."""
    with clock.at(NOW):
        made = District("Thăng Long", "Yên Mỹ", "Tế Lợi")
        north, south = made.villages[made.communes[0].id]
        shares = tuple(
            Share(name=name, code=uuid4().hex[:9], area_ids=(village.id,), **WHERE)
            for name, village in (("Thăng Bắc", north), ("Thăng Nam", south))
        )
        split = Split(area_id=made.communes[0].id, shares=shares, decision="1/NQ", first_day=SPLIT)
        half, _other = split_area(split, by=Actor.system(), now=NOW)
        merged = (half.id, made.communes[1].id)
        merger = Merger(name="Yên Bắc", code="16999", area_ids=merged, decision="2/NQ", first_day=MERGER, **WHERE)
        merge_areas(merger, by=Actor.system(), now=NOW)
        committees = {made.committee.id, *(organ.id for organ in made.committees)}
        for day in (SPLIT, MERGER):
            committees |= {*organs.committees_under(made.committee.id, day)}
        for organ in Organ.objects.filter(id__in=committees):
            who = {"organ": organ, "valid": organ.valid}
            DocumentFactory(author=PositionFactory(**who), signatory=PositionFactory(deputy=True, **who), issued=True)
        fold(now=NOW)
        yield made


@pytest.fixture
def desk(client, district):
    sign_in(client, PositionFactory(organ=district.committee))
    with clock.at(NOW):
        yield client


def rows(page):
    """Return by name of a row how many papers it counts, and where they open."""
    body = re.search(r"<tbody>(.*?)</tbody>", page.content.decode(), re.DOTALL)[1]
    found = {}
    for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL):
        name = re.sub(r"<[^>]+>", " ", re.search(r"<th.*?</th>", row, re.DOTALL)[0]).split()
        links = [unescape(link) for link in re.findall(r'href="([^"]+)"', row)]
        found[" ".join(name)] = links[0] if links else ""
    return found


def count(desk, link):
    """Return how many papers stand behind a row, by its card and by its list, which must agree."""
    card = desk.get(link).content.decode()
    shown = re.search(r"data-main-act>Mở (\d+) văn bản<", card)
    if shown is None:
        return 0
    opened = unescape(re.search(r'href="([^"]+)" data-main-act', card)[1])
    assert desk.get(opened).content.decode().count("data-row") == int(shown[1])
    return int(shown[1])


BEFORE_ALL, BETWEEN = SPLIT - timedelta(days=1), MERGER - timedelta(days=1)


class TestBoard:
    @pytest.mark.parametrize(
        ("day", "living", "apart"),
        [
            (BEFORE_ALL, {"Thăng Long": 3, "Tế Lợi": 1, "Yên Mỹ": 1}, {"Yên Bắc thành lập sau, chưa chia được": 1}),
            (
                BETWEEN,
                {"Thăng Bắc": 1, "Thăng Nam": 1, "Tế Lợi": 1, "Yên Mỹ": 1},
                {"Thăng Long đã chia tách, chưa chia được": 1, "Yên Bắc thành lập sau, chưa chia được": 1},
            ),
            (TODAY, {"Thăng Nam": 1, "Tế Lợi": 1, "Yên Bắc": 3}, {"Thăng Long đã chia tách, chưa chia được": 1}),
        ],
    )
    def test_each_paper_stands_in_one_row_of_each_map(self, desk, day, living, apart):
        found = rows(desk.get(BOARD, {"ky": "2023", "ranh-gioi": day.isoformat()}))

        counts = {
            re.sub(r"^UBND xã(, phường, thị trấn)? ", "", name): count(desk, link) for name, link in found.items()
        }

        assert counts == {"Tất cả": 7, "Mẫu": 1} | living | apart

    def test_the_other_maps_are_offered(self, desk):
        page = desk.get(BOARD).content.decode()

        assert "Đơn vị hiện nay" in page
        assert "Đơn vị đến 31/01/2024" in page
        assert "Đơn vị đến 31/12/2023" in page

    def test_the_page_costs_few_queries(self, desk, django_assert_max_num_queries):
        with django_assert_max_num_queries(12):
            assert desk.get(BOARD).status_code == 200


def test_a_commune_looks_back_at_whom_it_follows_only(district):
    (heir,) = organs.who_answers(district.committees[1].id, TODAY)
    client = Client()
    sign_in(client, PositionFactory(organ=Organ.objects.get(id=heir), valid=period(MERGER)))
    with clock.at(NOW):
        found = rows(client.get(BOARD, {"ky": "2023", "ranh-gioi": BETWEEN.isoformat()}))

    assert {name.split()[-1] for name in found} == {"cả", "Bắc", "Mỹ", "được"}


def test_nobody_looks_ahead_into_the_work_of_others(district):
    client = Client()
    sign_in(client, PositionFactory(organ=district.committees[1], valid=period(BEFORE_ALL, MERGER)))
    with clock.at(datetime(2023, 12, 31, 2, tzinfo=UTC)):
        answer = client.get(BOARD, {"ky": "2023", "ranh-gioi": MERGER.isoformat()})

    assert answer.status_code == 403
