"""A board as the page draws it: rows, cells, one figure's card with its trend."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from congso.portals.overseer.boundaries import write_day
from congso.portals.overseer.scope import Scope, months_to, name_of, write_period
from congso.shared.figures import REGISTRY, Figure, queries
from congso.shared.figures.periods import Period
from congso.shared.figures.queries import Part, Value

CHART_WIDTH, CHART_TOP, CHART_BOTTOM, CHART_EDGE = 280, 14, 58, 10


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of the board; ``is_known`` is false where a ratio has nothing to divide by: never shown as 0."""

    figure: str
    value: Value
    url: str
    is_chosen: bool

    @property
    def is_ratio(self) -> bool:
        return self.value.den is not None

    @property
    def is_known(self) -> bool:
        return not self.is_ratio or bool(self.value.den)

    @property
    def percent(self) -> Decimal | None:
        return percent(self.value)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the board.

    :param note: why it stands apart, for an organ that does not live on the day of the boundaries.
    """

    name: str
    note: str
    organ_id: UUID | None
    cells: tuple[Cell, ...]
    is_total: bool


@dataclass(frozen=True, slots=True)
class Dot:
    x: int
    y: int
    period: str
    percent: Decimal | None
    count: int


@dataclass(frozen=True, slots=True)
class Trend:
    """Six months of one figure; a month without a value has no dot."""

    dots: tuple[Dot, ...]

    @property
    def line(self) -> str:
        return "M" + " ".join(f"{dot.x} {dot.y}" for dot in self.dots)

    @property
    def last(self) -> Dot:
        return self.dots[-1]


@dataclass(frozen=True, slots=True)
class Card:
    """One figure of one row, with what opens from it."""

    figure: Figure
    where: str
    when: str
    value: Value
    percent: Decimal | None
    trend: Trend | None
    opens: str
    opens_gap: str


def percent(value: Value) -> Decimal | None:
    """Return a ratio in per cent with two places, cut off and not rounded: 99,996 % is not yet 100 %."""
    if value.ratio is None:
        return None
    exact = Decimal(100 * value.num) / Decimal(value.den or 1)
    return exact.quantize(Decimal("0.01"), rounding=ROUND_DOWN)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks the board for."""

    scope: Scope
    period: Period
    figure: Figure
    organ_id: UUID | None
    today: date

    def _query(self, day: date | None = None) -> dict[str, str]:
        boundaries = write_day(day or self.scope.day, self.today)
        return {"ky": write_period(self.period)} | ({"ranh-gioi": boundaries} if boundaries else {})

    def url_in(self, day: date) -> str:
        """Return the address of the board in the boundaries of another day; its rows are other organs."""
        return f"{reverse('overseer:board')}?{urlencode(self._query(day) | {'chi-tieu': self.figure.code})}"

    def url(self, figure: str, organ_id: UUID | None) -> str:
        query = self._query() | {"chi-tieu": figure}
        if organ_id is not None:
            query["don-vi"] = str(organ_id)
        return f"{reverse('overseer:board')}?{urlencode(query)}"

    def url_of_lines(self, part: Part) -> str:
        query = self._query()
        if self.organ_id is not None:
            query["don-vi"] = str(self.organ_id)
        address = reverse("overseer:opened", kwargs={"figure": self.figure.code, "part": part.value})
        return f"{address}?{urlencode(query)}"


def read(asked: Asked) -> queries.Board:
    """Return every value of the page in one reading: all figures and rows, the period and the months of the trend."""
    periods = [asked.period, *(month for month in months_to(asked.period, asked.today) if month != asked.period)]
    found = asked.scope.all_within(None)
    return queries.board(list(REGISTRY.figures), found, periods, boundaries=asked.scope.day)


def rows_of(asked: Asked, values: queries.Board, *, all_label: str) -> list[Row]:
    """Return the board's rows: all together first if there is more than one, then by the chosen figure, worst first.

    What stands apart comes last, and only where there is something to count.
    """
    scope, codes = asked.scope, list(REGISTRY.figures)

    def cells(organ_id: UUID | None) -> tuple[Cell, ...]:
        return tuple(
            Cell(
                code,
                _value(asked, values, code, asked.period, organ_id),
                asked.url(code, organ_id),
                (code, organ_id) == (asked.figure.code, asked.organ_id),
            )
            for code in codes
        )

    def row(organ_id: UUID) -> Row:
        note = scope.notes.get(organ_id, "")
        return Row(scope.names[organ_id], note, organ_id, cells(organ_id), is_total=False)

    place = codes.index(asked.figure.code)
    rows = sorted(map(row, scope.rows), key=lambda row: _badness(row.cells[place]))
    rows += map(row, apart_with_values(scope, values))
    return [Row(all_label, "", None, cells(None), is_total=True), *rows] if len(rows) > 1 else rows


def apart_with_values(scope: Scope, values: queries.Board) -> list[UUID]:
    """Return the rows that stand apart and count something in one of the periods."""
    counting = {organ_id for (_code, _period, organ_id), value in values.items() if value.num or value.den}
    return [organ_id for organ_id in scope.apart if organ_id in counting]


def own_cells(own: UUID, *, today: date) -> list[tuple[Figure, Cell]]:
    """Return each figure of one organ this year."""
    period, figures = Period.year(today.year), list(REGISTRY.figures.values())
    values = queries.board([figure.code for figure in figures], [own], [period], boundaries=today)
    found = []
    for figure in figures:
        query = urlencode({"ky": write_period(period), "chi-tieu": figure.code, "don-vi": str(own)})
        url = f"{reverse('overseer:board')}?{query}"
        found.append((figure, Cell(figure.code, values[figure.code, period, own], url, is_chosen=False)))
    return found


def card_of(asked: Asked, values: queries.Board, *, where: str) -> Card:
    """Return the card of the chosen figure and row."""
    code = asked.figure.code
    value = _value(asked, values, code, asked.period, asked.organ_id)
    months = months_to(asked.period, asked.today)
    return Card(
        figure=asked.figure,
        where=where,
        when=name_of(asked.period),
        value=value,
        percent=percent(value),
        trend=_trend([(name_of(month), _value(asked, values, code, month, asked.organ_id)) for month in months]),
        opens=asked.url_of_lines(Part.DENOMINATOR if asked.figure.den else Part.NUMERATOR),
        opens_gap=asked.url_of_lines(Part.GAP) if value.gap else "",
    )


def _value(asked: Asked, values: queries.Board, code: str, period: Period, organ_id: UUID | None) -> Value:
    return queries.total(values, code, period, asked.scope.all_within(organ_id))


def _badness(cell: Cell) -> tuple[bool, Decimal]:
    if cell.is_ratio:
        share = cell.percent
        return (share is None, share or Decimal(0))
    return (False, Decimal(-cell.value.num))


def _trend(months: Sequence[tuple[str, Value]]) -> Trend | None:
    """Draw the months that have a value; less than two make no line."""
    step = (CHART_WIDTH - 2 * CHART_EDGE) // (len(months) - 1)
    known = [(place, name, value) for place, (name, value) in enumerate(months) if value.den != 0]
    if len(known) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    heights = [float(value.ratio or 0) if value.den else float(value.num) for _place, _name, value in known]
    low, span = min(heights), max(heights) - min(heights) or 1.0
    return Trend(
        tuple(
            Dot(
                CHART_EDGE + place * step,
                round(CHART_BOTTOM - (CHART_BOTTOM - CHART_TOP) * (height - low) / span),
                name,
                percent(value),
                value.num,
            )
            for (place, name, value), height in zip(known, heights, strict=True)
        )
    )
