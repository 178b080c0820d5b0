from datetime import date

import pytest
from django.db import IntegrityError

from congso.shared.areas import dated
from congso.shared.areas.models import Area, AreaCode, AreaKind
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
