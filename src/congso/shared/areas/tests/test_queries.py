from datetime import date

import pytest

from congso.shared.areas import dated, queries
from congso.shared.areas.models import Area, AreaCode, AreaKind, AreaName, AreaPlace
from congso.shared.areas.tests.factories import AreaFactory

pytestmark = pytest.mark.django_db
DAY, MERGER = date(2023, 11, 29), date(2025, 7, 1)


def names(labels):
    return [label.name for label in labels]


class TestLabels:
    def test_all_are_read_in_one_query(self, django_assert_num_queries):
        areas = [AreaFactory(name="Thăng Long"), AreaFactory(name="Tế Lợi")]

        with django_assert_num_queries(1):
            found = queries.labels([area.id for area in areas], DAY)

        assert names(found[area.id] for area in areas) == ["Thăng Long", "Tế Lợi"]

    def test_a_renamed_area_has_the_name_of_the_day(self):
        area = AreaFactory(name="Minh Thọ")
        since = dated.period(date(2021, 1, 1))
        dated.close(AreaName.objects.filter(area=area), since.lower)
        AreaName.objects.create(
            area=area,
            name="Nông Cống",
            full_name="thị trấn Nông Cống",
            sort_key="n",
            valid=dated.period(date(2021, 1, 1)),
        )

        assert [queries.labels([area.id], day)[area.id].name for day in (date(2020, 12, 31), DAY)] == [
            "Minh Thọ",
            "Nông Cống",
        ]


def test_a_code_means_the_area_that_had_it_on_the_day():
    old = AreaFactory(valid=dated.period(date(2020, 1, 1), MERGER))
    new = AreaFactory(valid=dated.period(MERGER))
    for area in (old, new):
        AreaCode.objects.create(area=area, authority="gso", code="16342", valid=area.valid)

    assert [queries.by_code("gso", "16342", day) for day in (DAY, MERGER)] == [old.id, new.id]
    assert queries.by_code("gso", "16342", date(2019, 1, 1)) is None


class TestTree:
    def test_parts_come_in_vietnamese_order_of_one_kind_if_asked(self):
        district = AreaFactory(kind=AreaKind.DISTRICT)
        for name in ("Tế Lợi", "Đông Hòa", "Công Liêm"):
            AreaFactory(name=name, parent=district)
        AreaFactory(name="Thôn 1", kind=AreaKind.VILLAGE, parent=district)

        assert names(queries.parts_of(district.id, DAY, kind="commune")) == ["Công Liêm", "Đông Hòa", "Tế Lợi"]
        assert len(queries.parts_of(district.id, DAY)) == 4

    def test_an_area_that_moved_lies_where_it_lay_on_the_day(self):
        first, second = AreaFactory(name="A"), AreaFactory(name="B")
        village = AreaFactory(kind=AreaKind.VILLAGE, parent=first)
        dated.close(AreaPlace.objects.filter(area=village), MERGER)
        AreaPlace.objects.create(area=village, parent=second, valid=dated.period(MERGER))

        assert village.id in queries.areas_under(first.id, DAY)
        assert queries.areas_under(first.id, MERGER) == {first.id}
        assert village.id in queries.areas_under(second.id, MERGER)

    def test_only_living_areas_are_listed(self):
        AreaFactory(name="Thăng Long", valid=dated.period(date(2020, 1, 1), MERGER))

        assert [len(queries.living("commune", day)) for day in (DAY, MERGER)] == [1, 0]
        assert Area.objects.count() == 1
