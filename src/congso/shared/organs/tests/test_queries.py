from datetime import date

import pytest

from congso.shared.areas import dated
from congso.shared.areas.models import AreaKind
from congso.shared.areas.tests.factories import AreaFactory
from congso.shared.organs import queries
from congso.shared.organs.models import Organ, OrganCode, OrganKind, OrganName, OrganSuccession
from congso.shared.organs.tests.factories import OrganFactory

pytestmark = pytest.mark.django_db
DAY = date(2023, 11, 29)
MERGER = date(2025, 7, 1)


def end(organ):
    dated.close(OrganName.objects.filter(organ=organ), MERGER)
    dated.close(Organ.objects.filter(id=organ.id), MERGER)


def succeed(old, new):
    OrganSuccession.objects.create(from_organ=old, to_organ=new, kind="merge", decision="NQ", date=MERGER)


class TestLabels:
    def test_all_are_read_in_one_query(self, django_assert_num_queries):
        organs = [OrganFactory(place_name="Thăng Long"), OrganFactory(place_name="Tế Lợi")]
        OrganCode.objects.create(organ=organs[0], authority="qd20", code="H56.91.21", valid=organs[0].valid)

        with django_assert_num_queries(1):
            labels = queries.labels([organ.id for organ in organs], DAY)

        assert labels[organs[0].id] == queries.OrganLabel(
            id=organs[0].id,
            name="Ủy ban nhân dân xã Thăng Long",
            short_name="UBND xã Thăng Long",
            notation="UBND",
            place_name="Thăng Long",
            kind="peoples_committee",
            code="H56.91.21",
        )
        assert labels[organs[1].id].code == ""

    def test_an_organ_that_ended_keeps_its_last_name(self):
        organ = OrganFactory(place_name="Thăng Long")
        end(organ)

        assert queries.labels([organ.id], date(2026, 1, 1))[organ.id].short_name == "UBND xã Thăng Long"


class TestFind:
    def test_accents_do_not_matter(self):
        organ = OrganFactory(place_name="Thăng Long")
        OrganFactory(place_name="Tế Lợi")

        assert [found.id for found in queries.find("ubnd THANG long", DAY)] == [organ.id]

    def test_an_organ_that_ended_is_not_offered(self):
        end(OrganFactory(place_name="Thăng Long"))

        assert queries.find("thang long", MERGER) == []


def test_an_office_serves_its_committee_and_not_the_one_above():
    province = OrganFactory()
    district = OrganFactory(parent=province)
    office = OrganFactory(kind=OrganKind.OFFICE, serves=district)

    assert queries.organs_served(office.id, DAY) == {office.id, district.id}


class TestWhoAnswers:
    def test_a_living_organ_answers_itself(self):
        organ = OrganFactory()

        assert queries.who_answers(organ.id, DAY) == (organ.id,)

    def test_the_last_successor_answers(self):
        old, new = OrganFactory(), OrganFactory(valid=dated.period(MERGER))
        succeed(old, new)
        end(old)

        assert queries.who_answers(old.id, DAY) == (old.id,)
        assert queries.who_answers(old.id, MERGER) == (new.id,)

    def test_several_answer_after_a_dissolution(self):
        old = OrganFactory()
        heirs = [OrganFactory(valid=dated.period(MERGER)) for _ in range(2)]
        for heir in heirs:
            succeed(old, heir)
        end(old)

        assert set(queries.who_answers(old.id, MERGER)) == {heir.id for heir in heirs}


def test_committees_of_the_areas_below_come_in_vietnamese_order():
    district = AreaFactory(kind=AreaKind.DISTRICT)
    above = OrganFactory(area=district)
    names = ["Vạn Hòa", "Đông Hòa", "Tế Lợi"]
    for name in names:
        OrganFactory(place_name=name, area=AreaFactory(parent=district))
    OrganFactory(area=AreaFactory())

    found = queries.committees_under(above.id, DAY)

    assert [queries.labels(found, DAY)[organ_id].place_name for organ_id in found] == ["Đông Hòa", "Tế Lợi", "Vạn Hòa"]


class TestOverseers:
    def test_they_are_itself_whom_it_serves_and_all_above(self):
        province = OrganFactory()
        district = OrganFactory(parent=province)
        office = OrganFactory(kind=OrganKind.OFFICE, serves=district)

        assert queries.overseers([office.id, province.id], DAY) == {
            office.id: {office.id, district.id, province.id},
            province.id: {province.id},
        }

    def test_heirs_look_into_the_work_that_they_took_over(self):
        old, new = OrganFactory(), OrganFactory(valid=dated.period(MERGER))
        succeed(old, new)
        end(old)

        assert queries.overseers([old.id], DAY)[old.id] == {old.id}
        assert queries.overseers([old.id], MERGER)[old.id] == {old.id, new.id}
