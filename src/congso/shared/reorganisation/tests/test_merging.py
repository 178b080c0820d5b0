from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from congso.kernel.actor import Actor
from congso.kernel.errors import NotFound, NotPermitted
from congso.shared.areas import queries as area_queries
from congso.shared.areas.models import AreaCode, HousePlace
from congso.shared.areas.tests.factories import HouseFactory
from congso.shared.journal.models import JournalLine
from congso.shared.organs import queries
from congso.shared.organs.models import Organ, OrganKind
from congso.shared.organs.tests.factories import OrganFactory
from congso.shared.reorganisation import rules
from congso.shared.reorganisation.commands import AreaCodeTaken, Merger, NotMergeable, merge_areas
from congso.shared.reorganisation.tests.factories import District

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 6, 16, 2, tzinfo=UTC)
FIRST_DAY = date(2025, 7, 1)
LAST_DAY = date(2025, 6, 30)
SYSTEM = Actor.system()


def merger(communes, **values):
    chosen = {
        "area_ids": tuple(commune.id for commune in communes),
        "unit_type": "xã",
        "name": "Thăng Bình",
        "code": "16342",
        "decision": "1686/NQ-UBTVQH15",
        "first_day": FIRST_DAY,
        "latitude": Decimal("19.5907"),
        "longitude": Decimal("105.658"),
    }
    return Merger(**{**chosen, **values})


def merge(communes, by=SYSTEM, **values):
    return merge_areas(merger(communes, **values), by=by, now=NOW)


class TestMergeAreas:
    def test_the_successor_takes_name_code_place_and_villages(self):
        district = District("Thăng Long", "Thăng Thọ")
        AreaCode.objects.create(
            area=district.communes[0], authority="gso", code="16342", valid=district.communes[0].valid
        )

        successor = merge(district.communes)

        assert [label.full_name for label in area_queries.parts_of(district.area.id, FIRST_DAY)] == ["xã Thăng Bình"]
        assert len(area_queries.parts_of(district.area.id, LAST_DAY)) == 2
        assert len(area_queries.parts_of(successor.id, FIRST_DAY, kind="village")) == 4
        assert area_queries.by_code("gso", "16342", LAST_DAY) == district.communes[0].id
        assert area_queries.by_code("gso", "16342", FIRST_DAY) == successor.id

    def test_one_committee_follows_the_committees_and_answers_for_them(self):
        district = District("Thăng Long", "Thăng Thọ")

        merge(district.communes)

        (heir,) = queries.committees_under(district.committee.id, FIRST_DAY)
        assert queries.labels([heir], FIRST_DAY)[heir].name == "Ủy ban nhân dân xã Thăng Bình"
        assert [queries.who_answers(organ.id, FIRST_DAY) for organ in district.committees] == [(heir,), (heir,)]
        assert [queries.who_answers(organ.id, LAST_DAY) for organ in district.committees] == [
            (organ.id,) for organ in district.committees
        ]

    def test_a_department_serves_the_heir_of_whom_it_served(self):
        district = District("Thăng Long", "Thăng Thọ")
        office = OrganFactory(kind=OrganKind.OFFICE, serves=district.committees[0])

        merge(district.communes)

        (heir,) = queries.committees_under(district.committee.id, FIRST_DAY)
        assert queries.organs_served(office.id, FIRST_DAY) == {office.id, heir}
        assert queries.organs_served(office.id, LAST_DAY) == {office.id, district.committees[0].id}

    def test_organs_merge_kind_by_kind(self):
        district = District("Thăng Long", "Thăng Thọ")
        for commune in district.communes:
            OrganFactory(kind=OrganKind.UNION, area=commune, place_name__notation="HPN")
            OrganFactory(kind=OrganKind.UNION, area=commune, place_name__notation="HND")

        successor = merge(district.communes)

        assert Organ.objects.filter(areas__area=successor).count() == 3

    def test_modules_hand_over_by_their_rules(self, monkeypatch):
        seen = []
        monkeypatch.setattr(rules, "_rules", {Organ: lambda heirs, day: seen.append((heirs, day)) or 3})
        district = District("Thăng Long", "Thăng Thọ")

        merge(district.communes)

        assert [(set(heirs), day) for heirs, day in seen] == [({organ.id for organ in district.committees}, FIRST_DAY)]
        assert JournalLine.objects.get().facts["moved"] == 3

    def test_one_line_stands_in_the_journal(self):
        district = District("Thăng Long", "Thăng Thọ")

        successor = merge(district.communes)

        line = JournalLine.objects.get()
        assert (line.act, line.subject_id) == ("areas.merged", successor.id)

    def test_an_administrator_above_may(self):
        district = District("Thăng Long", "Thăng Thọ")
        administrator = Actor(account_id=uuid4(), roles=frozenset({("administrator", district.committee.id)}))

        assert merge(district.communes, by=administrator).valid.lower == FIRST_DAY

    def test_an_administrator_of_a_merged_organ_may_not(self):
        district = District("Thăng Long", "Thăng Thọ")
        own = Actor(roles=frozenset(("administrator", organ.id) for organ in district.committees))

        with pytest.raises(NotPermitted):
            merge(district.communes, by=own)

    def test_an_unknown_area_is_not_found(self):
        district = District("Thăng Long")

        with pytest.raises(NotFound):
            merge(district.communes, area_ids=(district.communes[0].id, uuid4()))

    def test_one_alone_is_no_merger(self):
        with pytest.raises(NotMergeable):
            merge(District("Thăng Long").communes)

    def test_areas_of_different_places_do_not_merge(self):
        with pytest.raises(NotMergeable):
            merge([District("Thăng Long").communes[0], District("Thăng Thọ").communes[0]])

    def test_what_ended_does_not_merge_again(self):
        district = District("Thăng Long", "Thăng Thọ")
        merge(district.communes)

        with pytest.raises(NotMergeable):
            merge(district.communes, first_day=date(2026, 1, 1), code="16343")

    def test_the_code_of_a_commune_that_stays_is_refused(self):
        district = District("Thăng Long", "Thăng Thọ", "Tế Lợi")
        stays = district.communes[2]
        AreaCode.objects.create(area=stays, authority="gso", code="16315", valid=stays.valid)

        with pytest.raises(AreaCodeTaken):
            merge(district.communes[:2], code="16315")

    def test_houses_of_no_known_village_come_along(self):
        district = District("Thăng Long", "Thăng Thọ")
        house = HouseFactory(area=district.communes[0])

        successor = merge(district.communes)

        places = HousePlace.objects.filter(house=house).order_by("valid")
        assert [place.area_id for place in places] == [district.communes[0].id, successor.id]
