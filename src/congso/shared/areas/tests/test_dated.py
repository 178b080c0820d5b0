from datetime import date

import pytest
from django.db import IntegrityError, connection

from congso.shared.areas import dated
from congso.shared.areas.models import Area, AreaCode, AreaKind, AreaName
from congso.shared.areas.tests.factories import AreaFactory

pytestmark = pytest.mark.django_db
MERGER = date(2025, 7, 1)


def code(area, text, start, end=None):
    return AreaCode.objects.create(area=area, authority="gso", code=text, valid=dated.period(start, end))


def test_a_code_means_one_area_at_a_time():
    code(AreaFactory(), "16342", date(2020, 1, 1))

    with pytest.raises(IntegrityError, match="area_code_means_one_area_at_a_time"):
        code(AreaFactory(), "16342", MERGER)


def test_a_code_is_used_again_from_the_day_on_which_it_was_given_up():
    first = code(AreaFactory(), "16342", date(2020, 1, 1))

    assert dated.close(AreaCode.objects.filter(id=first.id), MERGER) == 1
    code(AreaFactory(), "16342", MERGER)

    first.refresh_from_db()
    assert first.valid == dated.period(date(2020, 1, 1), MERGER)


def test_a_row_that_starts_on_the_day_cannot_be_closed_on_it():
    row = code(AreaFactory(), "16342", MERGER)

    with pytest.raises(IntegrityError, match="empty"):
        dated.close(AreaCode.objects.filter(id=row.id), MERGER)


def test_a_code_holds_only_while_its_area_lives():
    area = Area.objects.create(kind=AreaKind.COMMUNE, valid=dated.period(date(2020, 1, 1), MERGER))

    with pytest.raises(IntegrityError, match="area_code_only_while_its_area_lives"):
        code(area, "16342", date(2020, 1, 1))


def test_an_area_cannot_end_before_its_rows():
    area = AreaFactory()
    code(area, "16342", date(2020, 1, 1))

    with pytest.raises(IntegrityError, match="only_while_its_area_lives"):
        dated.close(Area.objects.filter(id=area.id), MERGER)


@pytest.mark.parametrize("constraint", AreaCode._meta.constraints, ids=lambda constraint: constraint.name)
def test_dated_constraints_are_taken_off_and_put_on_by_migrations(constraint):
    count = "SELECT count(*) FROM pg_constraint WHERE conname = %s"
    with connection.cursor() as cursor:
        with connection.schema_editor() as editor:
            editor.remove_constraint(AreaCode, constraint)
        cursor.execute(count, [constraint.name])
        assert cursor.fetchone() == (0,)

        with connection.schema_editor() as editor:
            editor.add_constraint(AreaCode, constraint)
        cursor.execute(count, [constraint.name])
        assert cursor.fetchone() == (1,)


class TestLastKnown:
    def names(self, *spans):
        area = AreaFactory()
        AreaName.objects.filter(area=area).delete()
        for name, start, end in spans:
            AreaName.objects.create(area=area, name=name, full_name=name, sort_key=name, valid=dated.period(start, end))

    def on(self, day):
        return [row.name for row in dated.last_known(AreaName.objects.all(), "area_id", day)]

    def test_the_row_of_the_day_comes_first(self):
        self.names(("a", date(2020, 1, 1), date(2022, 1, 1)), ("b", date(2022, 1, 1), date(2024, 1, 1)))

        assert (self.on(date(2021, 12, 31)), self.on(date(2022, 1, 1))) == (["a"], ["b"])

    def test_after_the_end_the_last_row_stands(self):
        self.names(("a", date(2020, 1, 1), date(2022, 1, 1)), ("b", date(2022, 1, 1), date(2024, 1, 1)))

        assert self.on(date(2026, 1, 1)) == ["b"]

    def test_before_the_beginning_some_row_stands(self):
        self.names(("a", date(2020, 1, 1), None))

        assert self.on(date(2019, 1, 1)) == ["a"]
