"""Which organs an actor's board has rows for, and which period it is about."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from congso.kernel.actor import Actor
from congso.kernel.errors import InvalidInput, NotFound
from congso.shared.figures.periods import Period
from congso.shared.organs import queries as organs
from congso.shared.organs.models import OrganKind

PERIOD = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?")
FIRST_YEAR = 2020
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows of a board.

    :param own: the actor's People's Committee, or the actor's organ where it serves none.
    :param below: the committees one level below, in Vietnamese order; empty for a commune.
    :param names: the short name of each.
    """

    own: UUID
    below: tuple[UUID, ...]
    names: Mapping[UUID, str]

    @property
    def organ_ids(self) -> tuple[UUID, ...]:
        return (self.own, *self.below)

    def row(self, organ_id: UUID | None) -> UUID | None:
        """Return the chosen row, or nothing for all together.

        :raises NotFound: one that the actor does not oversee is not there.
        """
        if organ_id is not None and organ_id not in self.organ_ids:
            raise NotFound
        return organ_id


def scope_of(actor: Actor, on: date) -> Scope:
    """Return the rows that ``actor`` oversees on a day.

    :raises InvalidInput: the actor holds no position.
    """
    own = _own(actor, on)
    below = organs.committees_under(own, on)
    return Scope(own, below, {label.id: label.short_name for label in organs.labels({own, *below}, on).values()})


def _own(actor: Actor, on: date) -> UUID:
    if actor.organ_id is None:
        raise InvalidInput(detail=_("chưa chọn tư cách làm việc."))
    served = organs.labels(actor.serves, on)
    committees = sorted(label.id for label in served.values() if label.kind == OrganKind.PEOPLES_COMMITTEE)
    return committees[0] if committees else actor.organ_id


def read_period(text: str, today: date) -> Period:
    """Return the period that an address names: ``2023``, ``2023-11``; nothing means this year.

    :raises InvalidInput: it is no year or month that the register can hold.
    """
    if not text:
        return Period.year(today.year)
    match = PERIOD.fullmatch(text)
    if match is None or not FIRST_YEAR <= int(match[1]) <= today.year:
        raise InvalidInput(detail=_("kỳ số liệu là một năm hoặc một tháng, ví dụ 2023 hoặc 2023-11."))
    if match[2] is None:
        return Period.year(int(match[1]))
    if not 1 <= int(match[2]) <= MONTHS:
        raise InvalidInput(detail=_("tháng từ 01 đến 12."))
    return Period.month(int(match[1]), int(match[2]))


def read_place(text: str) -> tuple[date, UUID] | None:
    """Return where a page of opened lines ended.

    :raises InvalidInput: the place is none that a page gave.
    """
    if not text:
        return None
    day, _separator, last = text.partition("_")
    try:
        return date.fromisoformat(day), UUID(last)
    except ValueError:
        raise InvalidInput(detail=_("địa chỉ trang không đúng, mở lại từ bảng số liệu.")) from None


def write_place(place: tuple[date, UUID] | None) -> str:
    """Write the place where a page ended, as an address names it; nothing at the end."""
    return f"{place[0].isoformat()}_{place[1]}" if place else ""


def write_period(period: Period) -> str:
    """Write a period as an address names it."""
    return f"{period.start:%Y-%m}" if _is_month(period) else f"{period.start:%Y}"


def name_of(period: Period) -> str:
    """Say a period in words: ``tháng 11/2023``, ``năm 2023``."""
    if _is_month(period):
        return _("tháng %(month)s") % {"month": f"{period.start.month}/{period.start.year}"}
    return _("năm %(year)s") % {"year": period.start.year}


def choices(today: date) -> list[tuple[str, str]]:
    """Return the periods to choose from: this year, its months so far, the last newest first; then years before."""
    months = [Period.month(today.year, month) for month in range(today.month, 0, -1)]
    years = [Period.year(year) for year in range(today.year, today.year - 3, -1)]
    first, *before = years
    return [(write_period(period), name_of(period).capitalize()) for period in (first, *months, *before)]


def months_to(period: Period, today: date, count: int = 6) -> list[Period]:
    """Return the last months of a period, up to the present one, oldest first."""
    last = min(period.last_day, today)
    numbers = range(last.year * MONTHS + last.month - count, last.year * MONTHS + last.month)
    return [Period.month(number // MONTHS, number % MONTHS + 1) for number in numbers]


def _is_month(period: Period) -> bool:
    return period == Period.month(period.start.year, period.start.month)
