from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congso.kernel.actor import Actor
from congso.kernel.errors import NotFound, NotPermitted
from congso.shared.areas import queries as area_queries
from congso.shared.areas.dated import period
from congso.shared.areas.models import AreaCode, AreaKind, AreaSuccession, HousePlace
from congso.shared.areas.tests.factories import AreaFactory, HouseFactory
from congso.shared.journal.models import JournalLine
from congso.shared.organs import queries
from congso.shared.organs.custody import Piece, counted_with
from congso.shared.organs.models import Organ, OrganKind, PieceHouse
from congso.shared.organs.tests.factories import OrganFactory
from congso.shared.people.tests.factories import PositionFactory
from congso.shared.reorganisation import rules
from congso.shared.reorganisation.commands import (
    AreaCodeTaken,
    NotSplittable,
    OrganNotPlaced,
    PartsNotDivided,
    Share,
    Split,
    split_area,
)
from congso.shared.reorganisation.tests.factories import District

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 6, 16, 2, tzinfo=UTC)
FIRST_DAY = date(2025, 7, 1)
LAST_DAY = date(2025, 6, 30)
SYSTEM = Actor.system()


@pytest.fixture
def district():
    return District("Thăng Long", "Yên Mỹ")


def share(name, *areas, code="", houses=()):
    return Share(
        unit_type="xã",
        name=name,
        code=code or uuid4().hex[:12],
        latitude=Decimal("19.5907"),
        longitude=Decimal("105.658"),
        area_ids=tuple(area.id for area in areas),
        house_ids=tuple(house.id for house in houses),
    )


def split(area, *shares, by=SYSTEM, **values):
    chosen = {"area_id": area.id, "shares": shares, "decision": "12/NQ", "first_day": FIRST_DAY, **values}
    return split_area(Split(**chosen), by=by, now=NOW)


def halves(district):
    """Return two shares, a village of the first commune each."""
    north, south = district.villages[district.communes[0].id]
    return share("Thăng Bắc", north), share("Thăng Nam", south)


class TestSplitArea:
    def test_each_share_takes_name_code_place_and_villages(self, district):
        old = district.communes[0]
        AreaCode.objects.create(area=old, authority="gso", code="16342", valid=old.valid)
        north, south = district.villages[old.id]

        new = split(old, share("Thăng Bắc", north, code="16342"), share("Thăng Nam", south))

        names = [label.full_name for label in area_queries.parts_of(district.area.id, FIRST_DAY)]
        assert names == ["xã Thăng Bắc", "xã Thăng Nam", "xã, phường, thị trấn Yên Mỹ"]
        assert [label.id for label in area_queries.parts_of(new[1].id, FIRST_DAY)] == [south.id]
        assert area_queries.by_code("gso", "16342", LAST_DAY) == old.id
        assert area_queries.by_code("gso", "16342", FIRST_DAY) == new[0].id

    def test_each_share_has_its_own_committee_and_all_answer_for_the_old_one(self, district):
        old = district.committees[0]

        split(district.communes[0], *halves(district))

        _other, *heirs = queries.committees_under(district.committee.id, FIRST_DAY)
        names = queries.labels(heirs, FIRST_DAY)
        assert [names[heir].name for heir in heirs] == [
            "Ủy ban nhân dân xã Thăng Bắc",
            "Ủy ban nhân dân xã Thăng Nam",
        ]
        assert queries.who_answers(old.id, FIRST_DAY) == tuple(sorted(heirs))
        assert queries.who_answers(old.id, LAST_DAY) == (old.id,)

    def test_a_department_of_the_committee_is_split_with_it(self, district):
        office = OrganFactory(kind=OrganKind.OFFICE, serves=district.committees[0])

        areas = split(district.communes[0], *halves(district))

        for area in areas:
            committee = queries.organ_of(area.id, OrganKind.PEOPLES_COMMITTEE, FIRST_DAY)
            follower = queries.organ_of(area.id, OrganKind.OFFICE, FIRST_DAY)
            assert queries.organs_served(follower, FIRST_DAY) == {follower, committee}
        assert Organ.objects.get(id=office.id).valid.upper == FIRST_DAY

    def test_an_organ_below_comes_to_the_share_in_which_it_lies(self, district):
        _north, south = district.villages[district.communes[0].id]
        school = OrganFactory(kind=OrganKind.DEPARTMENT, area=south, parent=district.committees[0])

        areas = split(district.communes[0], *halves(district))

        committee = queries.organ_of(areas[1].id, OrganKind.PEOPLES_COMMITTEE, FIRST_DAY)
        assert queries.overseers([school.id], FIRST_DAY)[school.id] >= {committee}
        assert Organ.objects.get(id=school.id).valid.upper is None

    def test_acts_are_counted_by_houses_and_the_others_stay_apart(self, district):
        north, south = district.villages[district.communes[0].id]
        houses = [HouseFactory(area=north), HouseFactory(area=south)]
        old = district.committees[0].id

        areas = split(district.communes[0], *halves(district))

        heirs = [queries.organ_of(area.id, OrganKind.PEOPLES_COMMITTEE, FIRST_DAY) for area in areas]
        pieces = [PieceHouse.objects.get(organ=old, house=house).piece for house in houses]
        assert counted_with([old, *heirs], FIRST_DAY) == {
            old: {Piece(old, 0)},
            heirs[0]: {Piece(heirs[0], 0), Piece(old, pieces[0])},
            heirs[1]: {Piece(heirs[1], 0), Piece(old, pieces[1])},
        }

    def test_looking_back_the_new_are_counted_with_the_old(self, district):
        old = district.committees[0].id

        areas = split(district.communes[0], *halves(district))

        heirs = [queries.organ_of(area.id, OrganKind.PEOPLES_COMMITTEE, FIRST_DAY) for area in areas]
        found = counted_with([old, *heirs], LAST_DAY)
        assert {piece for piece in found[old] if piece.number == 0} == {Piece(each, 0) for each in (old, *heirs)}
        assert found[heirs[0]] == found[heirs[1]] == frozenset()

    def test_a_village_is_split_by_houses(self, district):
        village = district.villages[district.communes[0].id][0]
        houses = [HouseFactory(area=village) for _ in range(3)]

        one, other = split(village, share("Thôn 1A", houses=houses[:1]), share("Thôn 1B", houses=houses[1:]))

        standing = HousePlace.objects.filter(valid__contains=FIRST_DAY)
        assert [standing.get(house=house).area_id for house in houses] == [one.id, other.id, other.id]
        assert len(area_queries.parts_of(district.communes[0].id, FIRST_DAY)) == 3

    def test_what_is_open_goes_to_the_first_share(self, district, monkeypatch):
        seen = []
        monkeypatch.setattr(rules, "_rules", {Organ: lambda heirs, _day: seen.append(dict(heirs)) or 3})

        areas = split(district.communes[0], *halves(district))

        first = queries.organ_of(areas[0].id, OrganKind.PEOPLES_COMMITTEE, FIRST_DAY)
        assert seen == [{district.committees[0].id: first}]
        assert JournalLine.objects.get().facts["moved"] == 3

    def test_positions_end_with_their_organ(self, district):
        position = PositionFactory(organ=district.committees[0])

        split(district.communes[0], *halves(district))

        position.refresh_from_db()
        assert position.valid.upper == FIRST_DAY

    def test_one_line_stands_in_the_journal(self, district):
        split(district.communes[0], *halves(district))

        line = JournalLine.objects.get()
        assert (line.act, line.subject_id) == ("areas.split", district.communes[0].id)

    def test_folds_of_figures_wait_for_its_last_steps_only(self, district):
        with CaptureQueriesContext(connection) as asked:
            split(district.communes[0], *halves(district))

        queries = [query["sql"] for query in asked]
        [locked] = [place for place, query in enumerate(queries) if "pg_advisory_xact_lock" in query]
        after = [query for query in queries[locked + 1 :] if "figures_" not in query]
        assert len(after) == 2, after  # the journal's line, the savepoint's end

    def test_the_same_split_is_done_once(self, district):
        shares = halves(district)

        first = split(district.communes[0], *shares)
        again = split(district.communes[0], *shares)

        assert first == again
        assert JournalLine.objects.count() == 1
        assert AreaSuccession.objects.count() == 2


class TestWhoMay:
    def test_an_administrator_above_may(self, district):
        by = Actor(account_id=uuid4(), roles=frozenset({("administrator", district.committee.id)}))

        assert len(split(district.communes[0], *halves(district), by=by)) == 2

    def test_an_administrator_of_the_organ_itself_may_not(self, district):
        by = Actor(roles=frozenset({("administrator", district.committees[0].id)}))

        with pytest.raises(NotPermitted):
            split(district.communes[0], *halves(district), by=by)


class TestRefusals:
    def test_an_unknown_area_is_not_found(self, district):
        with pytest.raises(NotFound):
            split(district.communes[0], *halves(district), area_id=uuid4())

    def test_one_share_is_no_split(self, district):
        with pytest.raises(NotSplittable):
            split(district.communes[0], share("Một", *district.villages[district.communes[0].id]))

    def test_a_share_of_nothing_is_refused(self, district):
        with pytest.raises(NotSplittable):
            split(district.communes[0], share("Một", *district.villages[district.communes[0].id]), share("Không"))

    def test_what_ended_is_not_split_again(self, district):
        split(district.communes[0], *halves(district))

        with pytest.raises(NotSplittable):
            split(district.communes[0], *halves(district), decision="13/NQ", first_day=date(2026, 1, 1))

    def test_a_village_that_comes_on_that_very_day_is_refused(self, district):
        AreaFactory(kind=AreaKind.VILLAGE, parent=district.communes[0], valid=period(FIRST_DAY))

        with pytest.raises(NotSplittable):
            split(district.communes[0], *halves(district))

    def test_parts_that_are_left_over_given_twice_or_foreign_are_counted(self, district):
        north, south = district.villages[district.communes[0].id]
        foreign = district.villages[district.communes[1].id][0]
        HouseFactory(area=district.communes[0])

        with pytest.raises(PartsNotDivided) as refused:
            split(district.communes[0], share("Một", north, south), share("Hai", south, foreign))

        assert refused.value.facts == {"missing": 1, "twice": 1, "foreign": 1}
        assert "Chưa có gì thay đổi" in str(refused.value)

    def test_an_organ_below_that_lies_nowhere_is_named(self, district):
        OrganFactory(kind=OrganKind.DEPARTMENT, place_name="Trường Mẫu", parent=district.committees[0])

        with pytest.raises(OrganNotPlaced, match="Trường Mẫu") as refused:
            split(district.communes[0], *halves(district))

        assert "Trường Mẫu" in str(refused.value)

    @pytest.mark.parametrize("is_of_another", [True, False])
    def test_a_code_means_one_area(self, district, is_of_another):
        north, south = district.villages[district.communes[0].id]
        if is_of_another:
            AreaCode.objects.create(area=district.communes[1], authority="gso", code="16315", valid=north.valid)

        with pytest.raises(AreaCodeTaken):
            split(
                district.communes[0],
                share("Một", north, code="16315"),
                share("Hai", south, code="16316" if is_of_another else "16315"),
            )
