"""What a deadline says while it is being typed."""

from datetime import date

import pytest

from congso.portals.desk.days import about_day

TODAY = date(2023, 11, 29)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("08/12/2023", "Thứ Sáu, 08/12/2023, còn 7 ngày làm việc"),
        ("8/12", "Thứ Sáu, 08/12/2023, còn 7 ngày làm việc"),
        ("29/11", "Thứ Tư, 29/11/2023, hôm nay"),
        ("2/12", "Thứ Bảy, 02/12/2023, ngày nghỉ, còn 2 ngày làm việc"),
        ("28/11", "Thứ Ba, 28/11/2023, đã qua"),
        ("31/11", "Chưa phải một ngày trong lịch"),
        ("1/1/9999", "Thứ Sáu, 01/01/9999"),
    ],
)
@pytest.mark.django_db
def test_a_typed_day_says_its_weekday_and_what_is_left(typed, expected):
    assert about_day(typed, today=TODAY) == expected
