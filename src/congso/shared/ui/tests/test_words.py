"""Dates and numbers as Vietnamese pages write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from congso.shared.ui import words

NOW = datetime(2023, 11, 29, 2, 30, tzinfo=UTC)  # 9:30 in Hanoi


def test_a_day_is_written_in_full():
    assert words.vn_date(date(2023, 11, 9)) == "09/11/2023"


def test_a_moment_is_told_in_hanoi():
    assert words.vn_datetime(datetime(2023, 11, 28, 18, 5, 7, tzinfo=UTC)) == "29/11/2023 1:05"


def test_only_signatures_show_seconds():
    assert words.vn_datetime(NOW, seconds=True) == "29/11/2023 9:30:00"


def test_the_weekday_is_named():
    assert words.vn_weekday_date(date(2023, 11, 29)) == "thứ Tư, 29/11/2023"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2023, 11, 29, 0, 46, tzinfo=UTC), "hôm nay 7:46"),
        (datetime(2023, 11, 28, 9, 12, tzinfo=UTC), "hôm qua 16:12"),
        (datetime(2023, 11, 27, 9, 12, tzinfo=UTC), "27/11/2023 16:12"),
        (date(2023, 11, 29), "hôm nay"),
    ],
)
def test_relative_words_hold_only_within_a_day(moment, expected):
    assert words.vn_relative(moment, NOW) == expected


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (date(2023, 11, 28), "quá 1 ngày"),
        (date(2023, 11, 29), "hôm nay"),
        (datetime(2023, 11, 29, 4, 30, tzinfo=UTC), "trước 11:30"),
        (datetime(2023, 11, 29, 1, 30, tzinfo=UTC), "quá giờ, hạn 8:30"),
        (date(2023, 12, 1), "thứ Sáu, 01/12"),
        (date(2024, 1, 2), "02/01/2024"),
    ],
)
def test_a_deadline_says_what_is_left(due, expected):
    assert words.vn_due(due, NOW) == expected


def test_numbers_have_dots_for_thousands_and_a_decimal_comma():
    assert (words.vn_number(11703), words.vn_number(Decimal("99.94"), 2)) == ("11.703", "99,94")


@pytest.mark.parametrize(("share", "expected"), [(99.94, "99,94\u00a0%"), (100, "100\u00a0%"), (96.4, "96,4\u00a0%")])
def test_a_share_has_at_most_two_places(share, expected):
    assert words.vn_percent(share) == expected


@pytest.mark.parametrize(
    ("octets", "expected"), [(186_000, "186\u00a0kB"), (1_300_000, "1,3\u00a0MB"), (12, "1\u00a0kB")]
)
def test_sizes_are_told_in_kilobytes_and_megabytes(octets, expected):
    assert words.vn_size(octets) == expected
