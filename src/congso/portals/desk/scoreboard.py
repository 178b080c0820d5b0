"""The page «Số liệu»: each figure in the row of each unit of the actor's, every value open to its records."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from congso.kernel.actor import Actor
from congso.shared.figures.declarations import REGISTRY, Figure
from congso.shared.figures.periods import Period
from congso.shared.figures.queries import Board, Part, Value, board, total
from congso.shared.organs import queries as organs
from congso.shared.organs.models import OrganKind
from congso.shared.ui.words import vn_number, vn_percent


@dataclass(frozen=True, slots=True)
class Cell:
    """One value in words; ``is_behind`` when records are missing from the numerator."""

    text: str
    fraction: str
    share: float | None
    is_behind: bool
    url: str
    open_text: str


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    is_total: bool
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    key: str
    label: str
    period: Period
    is_present: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A figure as the home page shows it."""

    label: str | Promise
    cell: Cell


def period_choices(key: str, today: date) -> list[PeriodChoice]:
    """Return this year, this month and the month before; the one that ``key`` names (else the year) is present."""
    last_month = today.replace(day=1) - timedelta(days=1)
    found = {
        "nam": (_("Năm %(year)d") % {"year": today.year}, Period.year_to(today)),
        "thang": (_month_name(today), Period(today.replace(day=1), today + timedelta(days=1))),
        "thang-truoc": (_month_name(last_month), Period.month(last_month.year, last_month.month)),
    }
    chosen = key if key in found else "nam"
    return [PeriodChoice(name, label, period, name == chosen) for name, (label, period) in found.items()]


def home_organ(actor: Actor, on: date) -> UUID | None:
    """Return the organ whose figures are the actor's: the People's Committee that they work for, else their own."""
    known = organs.labels(actor.serves, on)
    committees = sorted(organ_id for organ_id, label in known.items() if label.kind == OrganKind.PEOPLES_COMMITTEE)
    return committees[0] if committees else actor.organ_id


def rows(actor: Actor, period: Period, *, today: date) -> list[Row]:
    """Return the rows of the page: all together, the own organ, then each committee below it."""
    own = home_organ(actor, today)
    if own is None:
        return []
    members = [own, *organs.committees_under(own, today)]
    figures = list(REGISTRY.figures.values())
    values = board([figure.code for figure in figures], members, [period], boundaries=today)
    names = organs.labels(members, today)
    shown = [_row(names[organ_id].short_name, figures, values, [organ_id], period, today) for organ_id in members]
    if len(members) == 1:
        return shown
    everything = _row(_("Tất cả"), figures, values, members, period, today, is_total=True)
    return [everything, *shown]


def cards(actor: Actor, *, today: date) -> list[Card]:
    """Return the figures of the actor's own organ, this year so far."""
    own = home_organ(actor, today)
    if own is None or not REGISTRY.figures:
        return []
    figures, period = list(REGISTRY.figures.values()), Period.year_to(today)
    values = board([figure.code for figure in figures], [own], [period], boundaries=today)
    return [
        Card(figure.label, _cell(figure, values[figure.code, period, own], [own], period, today)) for figure in figures
    ]


def address(figure: str, organ_ids: Collection[UUID], period: Period, part: Part, *, boundaries: date) -> str:
    """Return the address of the records behind a value."""
    query = {
        "ma": figure,
        "coquan": ",".join(sorted(str(organ_id) for organ_id in organ_ids)),
        "tu": period.start.isoformat(),
        "den": period.last_day.isoformat(),
        "phan": part.value,
        "dia-gioi": boundaries.isoformat(),
    }
    return f"{reverse('desk:figure')}?{urlencode(query)}"


def _row(
    name: str,
    figures: Sequence[Figure],
    values: Board,
    members: Sequence[UUID],
    period: Period,
    today: date,
    *,
    is_total: bool = False,
) -> Row:
    mine = {key: value for key, value in values.items() if key[2] in members}
    cells = [_cell(figure, total(mine, figure.code, period), members, period, today) for figure in figures]
    return Row(name, is_total, cells)


def _cell(figure: Figure, value: Value, members: Collection[UUID], period: Period, today: date) -> Cell:
    part = Part.GAP if value.gap else Part.NUMERATOR
    url = address(figure.code, members, period, part, boundaries=today)
    if value.den is None:
        text = vn_number(value.num)
        opens = _("Mở %(n)s văn bản") % {"n": text} if value.num else _("Chưa có văn bản nào")
        return Cell(text, "", None, is_behind=False, url=url, open_text=opens)
    if value.ratio is None:
        return Cell(_("chưa có"), "", None, is_behind=False, url="", open_text="")
    share = float(value.ratio * 100)
    opened = value.gap or value.num
    return Cell(
        # A share below the whole never rounds up to it.
        vn_percent(min(share, 99.99) if value.gap else share),
        f"{vn_number(value.num)} / {vn_number(value.den)}",
        share,
        is_behind=bool(value.gap),
        url=url,
        open_text=(_("Mở %(n)s văn bản chưa đạt") if value.gap else _("Mở %(n)s văn bản")) % {"n": vn_number(opened)},
    )


def _month_name(day: date) -> str:
    return _("Tháng %(month)d/%(year)d") % {"month": day.month, "year": day.year}
