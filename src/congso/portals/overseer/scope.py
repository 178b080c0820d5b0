"""Which organs an actor's board has rows for, and which period it is about."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from congso.kernel.actor import Actor
from congso.kernel.errors import InvalidInput, NotFound
from congso.kernel.vietnamese import sort_key
from congso.shared.figures.periods import Period
from congso.shared.organs import queries as organs
from congso.shared.organs.lineage import Lineage
from congso.shared.organs.models import OrganKind

PERIOD = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?")
FIRST_YEAR = 2020
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows of a board in the boundaries of a day.

    :param own: the actor's People's Committee, or the actor's organ where it serves none.
    :param day: the day whose units are the rows.
    :param rows: the own organ, if it lives that day, and those one level below; else those that stand for them.
    :param apart: organs that do not live that day and whose acts may have no place in one of the rows.
    :param within: by row the organs whose acts it sums up: the own one's are its own, another's of its whole tree.
    :param names: the short name of each row; ``notes`` what is said of those that stand apart.
    :param changes: the days on which units changed, to choose other boundaries from.
    """

    own: UUID
    day: date
    rows: tuple[UUID, ...]
    apart: tuple[UUID, ...]
    within: Mapping[UUID, frozenset[UUID]]
    names: Mapping[UUID, str]
    notes: Mapping[UUID, str]
    changes: tuple[date, ...]

    @property
    def organ_ids(self) -> tuple[UUID, ...]:
        """All rows."""
        return (*self.rows, *self.apart)

    def all_within(self, row: UUID | None) -> frozenset[UUID]:
        """Return the organs of one row, or of all."""
        return self.within[row] if row is not None else frozenset().union(*self.within.values())

    def row(self, organ_id: UUID | None) -> UUID | None:
        """Return the chosen row, or nothing for all together.

        :raises NotFound: one that the actor does not oversee is not there.
        """
        if organ_id is not None and organ_id not in self.organ_ids:
            raise NotFound
        return organ_id


def scope_of(actor: Actor, today: date, day: date) -> Scope:
    """Return the rows that ``actor`` oversees today, in the boundaries of a day.

    :raises InvalidInput: the actor holds no position.
    """
    own = own_of(actor, today)
    lineage = Lineage.read([OrganKind.PEOPLES_COMMITTEE])
    below = organs.committees_by_branch(own, today)
    mine = {own, *below}
    if day == today:
        within = {own: frozenset({own})} | below
    elif lineage.is_alive(own, day):
        within = {own: frozenset({own})} | organs.committees_by_branch(own, day)
    else:
        within = {organ_id: frozenset({organ_id}) for organ_id in lineage.stand_in(mine, day)}
    apart = [
        found for found in lineage.apart(frozenset().union(*within.values()), day) if lineage.has_begun(found, today)
    ]
    labels = organs.labels({own, *within, *apart}, day)
    return Scope(
        own,
        day,
        rows=tuple(sorted(within, key=lambda row: (row != own, sort_key(labels[row].name)))),
        apart=tuple(apart),
        within=within | {organ_id: frozenset({organ_id}) for organ_id in apart},
        names={organ_id: label.short_name for organ_id, label in labels.items()},
        notes={organ_id: _note(lineage, organ_id, day) for organ_id in apart},
        changes=tuple(change for change in lineage.days_of_change(mine) if change <= today or below),
    )


def _note(lineage: Lineage, organ_id: UUID, day: date) -> str:
    if not lineage.has_ended(organ_id, day):
        return _("thành lập sau, chưa chia được")
    return _("đã chia tách, chưa chia được") if lineage.was_split(organ_id) else _("đã kết thúc hoạt động")


def own_of(actor: Actor, on: date) -> UUID:
    """Return the organ that is an actor's own row: the People's Committee that it serves, or itself.

    :raises InvalidInput: the actor holds no position.
    """
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
