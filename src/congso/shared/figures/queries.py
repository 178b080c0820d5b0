"""Reading figures: a board of organs and periods, and the records behind one number."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from congso.shared.areas.tables import rows_of
from congso.shared.figures.declarations import REGISTRY, Figure, Flow, Measure, Registry
from congso.shared.figures.models import Grain
from congso.shared.figures.periods import Period
from congso.shared.figures.rows import recorded_by
from congso.shared.organs.custody import Piece, counted_with


@dataclass(frozen=True, slots=True)
class Value:
    """A figure's two sums; divided last, by who shows them.

    :param den: nothing for a plain number.
    """

    num: int
    den: int | None = None

    @property
    def ratio(self) -> Fraction | None:
        """The ratio, or nothing where there is no denominator, or nothing in it."""
        return Fraction(self.num, self.den) if self.den else None

    @property
    def gap(self) -> int:
        """How many records of the denominator the numerator lacks."""
        return (self.den or 0) - self.num if self.den is not None else 0

    def __add__(self, other: "Value") -> "Value":
        den = None if self.den is None or other.den is None else self.den + other.den
        return Value(self.num + other.num, den)


class Part(StrEnum):
    """Which records of a figure are asked for."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the records behind a number, newest first.

    :param more: the place after the last of them, to go on from; nothing at the end.
    """

    records: list[Any]
    more: tuple[date, UUID] | None


type Board = dict[tuple[str, Period, UUID], Value]


def board(
    figures: Sequence[str],
    organ_ids: Collection[UUID],
    periods: Sequence[Period],
    *,
    boundaries: date,
    registry: Registry = REGISTRY,
) -> Board:
    """Return the value of each figure in each period in each organ's row, zeros too.

    A flow is what happened in the period; a stock is what was there on its last day.

    :param boundaries: the day whose units the rows are: a merged organ's acts stand in its successor's row from the
        merger on, whenever they happened; those of a split one about a known house in the row of its successor there,
        the others in its own.
    """
    held = counted_with(organ_ids, boundaries)
    row_of = {piece: holder for holder, pieces in held.items() for piece in pieces}
    asked = [registry.figures[code] for code in figures]
    sums = _sums({code for figure in asked for code in figure.measures}, row_of, periods, registry)

    def value(code: str | None, period: Period, organ_id: UUID) -> int:
        return sums.get((code or "", period, organ_id), 0)

    return {
        (figure.code, period, organ_id): Value(
            value(figure.num, period, organ_id),
            None if figure.den is None else value(figure.den, period, organ_id),
        )
        for figure in asked
        for period in periods
        for organ_id in held
    }


def total(values: Board, figure: str, period: Period, organ_ids: Collection[UUID]) -> Value:
    """Return the sum of some rows of a board: of numerators and of denominators, never a mean of ratios."""
    first, *others = [values[figure, period, organ_id] for organ_id in organ_ids] or [Value(0)]
    return sum(others, start=first)


def records_behind(
    figure: str,
    organ_ids: Collection[UUID],
    period: Period,
    *,
    boundaries: date,
    part: Part = Part.NUMERATOR,
    after: tuple[date, UUID] | None = None,
    limit: int = 50,
    registry: Registry = REGISTRY,
) -> Page:
    """Return the records that a number counts, newest first: what a click on it opens.

    :param after: the place where the page before ended.
    """
    asked = registry.figures[figure]
    measure = registry.measures[asked.den if asked.den and part != Part.NUMERATOR else asked.num]
    pieces = [piece for group in counted_with(organ_ids, boundaries).values() for piece in group]
    day = measure.steps[0][0]
    rows = rows_of(measure.model).filter(recorded_by(pieces, measure), _condition(asked, part, registry))
    if after is not None:
        rows = rows.filter(Q(**{f"{day}__lt": after[0]}) | Q(**{day: after[0]}, id__lt=after[1]))
    if isinstance(measure, Flow):
        rows = rows.filter(**{f"{day}__in": _days(asked, part, pieces, period, after, limit, registry)})
    else:
        rows = rows.filter(Q(**{f"{measure.end}__isnull": True}) | Q(**{f"{measure.end}__gte": period.end}))
        rows = rows.filter(**{f"{day}__lt": period.end})
    records = list(rows.order_by(f"-{day}", "-id")[: limit + 1])
    last = records[limit - 1] if len(records) > limit else None
    return Page(records[:limit], (getattr(last, day), last.pk) if last else None)


def _condition(figure: Figure, part: Part, registry: Registry) -> Q:
    numerator = registry.measures[figure.num]
    if figure.den is None or part == Part.NUMERATOR:
        return _shown(numerator)
    denominator = _shown(registry.measures[figure.den])
    return denominator & ~numerator.where if part == Part.GAP else denominator


def _shown(measure: Measure) -> Q:
    """Return which records a measure's list shows: of a sum only those with a share."""
    return measure.where if measure.add is None else measure.where & Q(**{f"{measure.add}__gt": 0})


def _sums(
    codes: Collection[str], row_of: dict[Piece, UUID], periods: Sequence[Period], registry: Registry
) -> dict[tuple[str, Period, UUID], int]:
    """Return sums of steps by measure, period and row; probes (measure, unit) pairs, so old cells cost nothing."""
    found: dict[tuple[str, Period, UUID], int] = {}
    for is_stock in (False, True):
        measures = [code for code in codes if registry.measures[code].is_stock == is_stock]
        spans = [
            (place, *span)
            for place, period in enumerate(periods)
            for span in (period.since_ever if is_stock else period).spans()
        ]
        for code, place, piece, value in _probe(measures, list(row_of), spans):
            key = (code, periods[place], row_of[piece])
            found[key] = found.get(key, 0) + value
    return found


def _probe(
    measures: list[str], pieces: list[Piece], spans: list[tuple[int, Grain, date, date]]
) -> list[tuple[str, int, Piece, int]]:
    if not (measures and pieces and spans):
        return []
    places, grains, firsts, pasts = map(list, zip(*spans, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT m.code, s.place, u.id, u.piece, sum(t.value)::bigint
            FROM unnest(%s::int[], %s::smallint[], %s::date[], %s::date[]) AS s(place, grain, first, past)
            CROSS JOIN figures_figuremeasure m CROSS JOIN unnest(%s::uuid[], %s::smallint[]) AS u(id, piece)
            CROSS JOIN LATERAL (
                SELECT sum(c.step * c.value) AS value FROM figures_figurecell c
                WHERE c.grain = s.grain AND c.measure = m.id AND c.unit = u.id AND c.day >= s.first AND c.day < s.past
                    AND c.piece = u.piece
            ) AS t
            WHERE m.code = ANY(%s) AND t.value IS NOT NULL
            GROUP BY m.code, s.place, u.id, u.piece
            """,
            [places, grains, firsts, pasts, *_columns(pieces), measures],
        )
        return [(code, place, Piece(unit, number), value) for code, place, unit, number, value in cursor.fetchall()]


def _days(
    figure: Figure,
    part: Part,
    pieces: list[Piece],
    period: Period,
    after: tuple[date, UUID] | None,
    limit: int,
    registry: Registry,
) -> list[date]:
    """Return the newest days whose cells say that they hold what is asked, until more than ``limit`` are there.

    The cells are the index: even a rare gap is found without one of its own. The day on which the page before ended
    comes along, but as it may be used up, it does not count.
    """
    weights = {figure.num: 1}
    if figure.den is not None and part != Part.NUMERATOR:
        weights = {figure.den: 1, figure.num: -1 if part == Part.GAP else 0}
    counts_records = all(registry.measures[code].add is None for code in weights)
    past = period.end if after is None else min(period.end, after[0] + timedelta(days=1))
    days: list[date] = []
    held = 0
    for day, value in _newest_days(weights, pieces, period.start, past):
        days.append(day)
        if after is None or day != after[0]:
            held += value if counts_records else 1
        if held > limit:
            break
    return days


def _newest_days(weights: dict[str, int], pieces: list[Piece], first: date, past: date) -> list[tuple[date, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.day, sum(c.value * w.weight)::bigint AS value
            FROM unnest(%s::text[], %s::int[]) AS w(code, weight) JOIN figures_figuremeasure m ON m.code = w.code
            CROSS JOIN unnest(%s::uuid[], %s::smallint[]) AS u(id, piece)
            JOIN figures_figurecell c ON c.grain = 1 AND c.measure = m.id AND c.unit = u.id
                AND c.day >= %s AND c.day < %s AND c.piece = u.piece
            GROUP BY c.day HAVING sum(c.value * w.weight) <> 0 ORDER BY c.day DESC
            """,
            [list(weights), list(weights.values()), *_columns(pieces), first, past],
        )
        return list(cursor.fetchall())


def _columns(pieces: list[Piece]) -> tuple[list[UUID], list[int]]:
    return [piece.organ_id for piece in pieces], [piece.number for piece in pieces]
