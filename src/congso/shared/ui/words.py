"""Dates and numbers as Vietnamese pages write them (design: words)."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from congso.kernel import clock

NO_BREAK_SPACE = "\u00a0"
MEGABYTE = 1_000_000
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def in_hanoi(moment: datetime) -> datetime:
    return moment.astimezone(clock.HANOI)


def day_of(value: date | datetime) -> date:
    return clock.day_of(value) if isinstance(value, datetime) else value


def vn_date(value: date | datetime) -> str:
    """29/11/2023."""
    return f"{day_of(value):%d/%m/%Y}"


def vn_time(value: datetime, *, seconds: bool = False) -> str:
    """9:05, with seconds for signatures 9:05:07."""
    local = in_hanoi(value)
    return f"{local.hour}:{local:%M:%S}" if seconds else f"{local.hour}:{local:%M}"


def vn_datetime(value: datetime, *, seconds: bool = False) -> str:
    """29/11/2023 9:05."""
    return f"{vn_date(value)} {vn_time(value, seconds=seconds)}"


def vn_weekday(value: date | datetime) -> str:
    """Name the weekday: thứ Tư."""
    return _(WEEKDAYS[day_of(value).weekday()])


def vn_weekday_date(value: date | datetime) -> str:
    """Thứ Tư, 29/11/2023, in small letters."""
    return f"{vn_weekday(value)}, {vn_date(value)}"


def vn_relative(value: date | datetime, now: datetime) -> str:
    """«hôm nay 7:46», «hôm qua 16:12», else the full date; never «3 giờ trước»."""
    day, today = day_of(value), clock.day_of(now)
    time = f" {vn_time(value)}" if isinstance(value, datetime) else ""
    if day == today:
        return _("hôm nay") + time
    if day == today - timedelta(days=1):
        return _("hôm qua") + time
    return vn_date(day) + time


def vn_due(value: date | datetime, now: datetime) -> str:
    """«quá 1 ngày», «trước 11:30», «hôm nay», «thứ Sáu, 01/12» this year, else the whole date."""
    day, today = day_of(value), clock.day_of(now)
    if day < today:
        return _("quá %(days)s ngày") % {"days": (today - day).days}
    if day == today:
        if not isinstance(value, datetime):
            return _("hôm nay")
        is_over = value < now
        text = _("quá giờ, hạn %(time)s") if is_over else _("trước %(time)s")
        return text % {"time": vn_time(value)}
    if day.year == today.year:
        return f"{vn_weekday(day)}, {day:%d/%m}"
    return vn_date(day)


def vn_number(value: float | Decimal, places: int | None = None) -> str:
    """11.703; 99,94."""
    text = f"{value:,}" if places is None else f"{value:,.{places}f}"
    return text.translate(str.maketrans(",.", ".,"))


def vn_percent(value: float | Decimal) -> str:
    """Write a share given in per cent with at most two places: 99,94 %, 100 %."""
    text = f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{text}{NO_BREAK_SPACE}%"


def vn_size(octets: int) -> str:
    """186 kB, 1,3 MB."""
    if octets < MEGABYTE:
        return f"{max(1, round(octets / 1000))}{NO_BREAK_SPACE}kB"
    return f"{vn_number(octets / MEGABYTE, 1)}{NO_BREAK_SPACE}MB"
