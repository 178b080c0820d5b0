from datetime import UTC, date, datetime

import pytest

from congso.shared.areas import queries as area_queries
from congso.shared.areas.locality import communes, district, province, successors
from congso.shared.areas.models import Area, AreaCode, AreaKind
from congso.shared.organs import queries
from congso.shared.organs.locality import load_locality, organ_id
from congso.shared.organs.models import Organ, OrganCode, OrganCustody

pytestmark = pytest.mark.django_db
THEN = datetime(2023, 11, 29, 2, tzinfo=UTC)
DAY, LAST_DAY, MERGER = date(2023, 11, 29), date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture
def locality():
    return load_locality(THEN)


def counts(day):
    return {kind.value: len(area_queries.living(kind, day)) for kind in AreaKind}


def test_the_district_has_29_communes_and_201_villages(locality):
    assert counts(LAST_DAY) == {"province": 1, "district": 1, "commune": 29, "village": 201}
    assert len(area_queries.areas_under(district().id, DAY)) == 1 + 29 + 201


def test_since_1_july_2025_there_are_seven_communes_and_no_district(locality):
    assert counts(MERGER) == {"province": 1, "district": 0, "commune": 7, "village": 201}
    assert len(area_queries.areas_under(province().id, MERGER)) == 1 + 7 + 201


def test_only_the_villages_of_the_town_have_names_of_their_own(locality):
    villages = Area.objects.filter(kind=AreaKind.VILLAGE)

    assert villages.filter(is_generated=True, names__name__startswith="Thôn ").count() == 190
    assert villages.filter(is_generated=False, names__full_name__startswith="tiểu khu ").count() == 11


def test_one_code_means_another_commune_after_the_merger(locality):
    names = [area_queries.labels([area_queries.by_code("gso", "16342", day)], day) for day in (LAST_DAY, MERGER)]

    assert [label.full_name for found in names for label in found.values()] == ["xã Thăng Long", "xã Thăng Bình"]


def test_loading_again_adds_nothing_and_answers_the_same(locality, django_assert_max_num_queries):
    before = (Area.objects.count(), Organ.objects.count(), OrganCode.objects.count())

    with django_assert_max_num_queries(20):
        again = load_locality(THEN)

    assert again == locality
    assert (Area.objects.count(), Organ.objects.count(), OrganCode.objects.count()) == before


def test_the_district_issues_to_29_committees(locality):
    assert set(queries.committees_under(locality.committee, DAY)) == set(locality.commune_committees)
    assert len(locality.commune_committees) == 29


def test_office_and_departments_serve_the_districts_committee(locality):
    departments = Organ.objects.filter(kind="department").values_list("id", flat=True)

    assert len(departments) == 11
    for organ in [locality.office, *departments]:
        assert queries.organs_served(organ, DAY) == {organ, locality.committee}


def test_an_old_commune_is_answered_for_by_its_successor(locality):
    for commune in communes():
        heir = next(unit for unit in successors() if unit.code == commune.followed_by)
        for group in ("ubnd", "hdnd", "dang-uy", "mttq", "doan-thanh-nien"):
            assert queries.who_answers(organ_id(group, commune), MERGER) == (organ_id(group, heir),)


def test_seven_answer_for_the_district_and_for_its_office(locality):
    new = {organ_id("ubnd", unit) for unit in successors()}

    assert set(queries.who_answers(locality.committee, MERGER)) == new
    assert set(queries.who_answers(locality.office, MERGER)) == new


def test_after_the_merger_the_seven_are_in_charge(locality):
    after = load_locality(datetime(2025, 6, 30, 18, tzinfo=UTC))

    assert (after.committee, len(after.commune_committees)) == (None, 7)


def test_only_whole_mergers_change_in_whose_row_acts_are_counted(locality):
    assert OrganCustody.objects.count() == 29 * 8
    assert not OrganCustody.objects.filter(organ_id=locality.committee).exists()


def test_unknown_identifiers_are_fictitious_and_say_so(locality):
    codes = OrganCode.objects.filter(is_verified=False)

    assert set(OrganCode.objects.filter(is_verified=True).values_list("code", flat=True)) == {"H56", "000.00.00.H56"}
    assert all(code.code.startswith("H56.9") for code in codes.filter(authority="qd20"))
    assert codes.get(code="000.01.90.H56").organ_id == locality.office


def test_labels_read_as_papers_print_them(locality):
    thang_long = queries.find("ubnd xa thang long", DAY)[0]

    assert (thang_long.name, thang_long.place_name) == ("Ủy ban nhân dân xã Thăng Long", "Thăng Long")
    assert AreaCode.objects.get(code="404").area_id == district().id
