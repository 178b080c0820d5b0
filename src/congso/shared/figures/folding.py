"""The fold: computes marked cells anew from the records, by the same SQL that computes all of them.

In READ COMMITTED on purpose: the snapshot of the recomputation must not be older than the lock, nor than the snapshot
in which the marks were taken. So at every moment the cells without a mark equal what the records say.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import (
    BigIntegerField,
    Count,
    F,
    OuterRef,
    PositiveSmallIntegerField,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Coalesce

from congso.shared.areas.tables import rows_of
from congso.shared.figures.declarations import REGISTRY, Measure, Registry, Track, definition
from congso.shared.figures.models import FigureFold, FigureMark, FigureMeasure, Grain
from congso.shared.organs.models import PieceHouse

BATCH = 5000
# Folding so many marks keeps a page below half a second.
LITTLE = 400
# Any number that nothing else in the database locks.
_LOCK = 0x46494755
# Each grain above the day, what it is the sum of, and what PostgreSQL calls it.
_COARSER = ((Grain.MONTH, Grain.DAY, "month"), (Grain.YEAR, Grain.MONTH, "year"))

_INTO_CELLS = "INSERT INTO figures_figurecell (grain, measure, unit, day, piece, step, value)"
_COARSER_CELLS = """
SELECT %s, measure, unit, date_trunc(%s, day)::date AS first, piece, step, sum(value)
FROM figures_figurecell WHERE grain = %s GROUP BY measure, unit, first, piece, step
"""
_COARSER_CELLS_AT_KEYS = """
SELECT %s, m, k.unit_id, k.day, t.piece, %s, t.value
FROM unnest(%s::uuid[], %s::date[]) AS k(unit_id, day) CROSS JOIN unnest(%s::int[]) AS m
CROSS JOIN LATERAL (
    SELECT c.piece, sum(c.value) AS value FROM figures_figurecell c
    WHERE c.grain = %s AND c.measure = m AND c.unit = k.unit_id AND c.step = %s
        AND c.day >= k.day AND c.day < k.day + ('1 ' || %s)::interval
    GROUP BY c.piece
) AS t WHERE t.value <> 0
"""
_DELETE_AT_KEYS = """
DELETE FROM figures_figurecell c USING unnest(%s::uuid[], %s::date[]) AS k(unit_id, day)
WHERE c.grain = %s AND c.measure = ANY(%s) AND c.unit = k.unit_id AND c.day = k.day AND c.step = %s
"""

_MARK_CELLS = """
INSERT INTO figures_figuremark (track, unit, day)
SELECT DISTINCT %s, c.unit, c.day FROM figures_figurecell c
WHERE c.grain = 1 AND c.measure = ANY(%s) AND c.unit = ANY(%s)
"""


@dataclass(slots=True)
class _Keys:
    units: list[UUID] = field(default_factory=list)
    days: list[date] = field(default_factory=list)


@transaction.atomic(durable=True)
def fold(*, now: datetime, registry: Registry = REGISTRY) -> int:
    """Fold at most a batch of marks into cells; return how many marks were taken. Safe to repeat, and side by side."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        numbers = _numbers(cursor, registry)
        taken = _take_marks(cursor, BATCH)
        tracks = registry.tracks()
        for track, keys in _by_track(taken, tracks).items():
            _fold_track(cursor, track, tracks[track], numbers, keys)
    if len(taken) < BATCH:
        FigureFold.objects.update_or_create(id=1, defaults={"caught_up_at": now})
    return len(taken)


def catch_up(*, now: datetime, registry: Registry = REGISTRY) -> datetime | None:
    """Fold what waits if it is little, so that a page is exact; return until when the figures are complete.

    Where much waits (after an import), the job does it, and the last complete moment is returned, or nothing.
    """
    waiting = FigureMark.objects.order_by("id")[: LITTLE + 1].count()
    if waiting == 0:
        return now
    if waiting <= LITTLE:
        fold(now=now, registry=registry)
        return now
    return FigureFold.objects.values_list("caught_up_at", flat=True).first()


@transaction.atomic(savepoint=False)
def regroup(organ_ids: Collection[UUID], *, registry: Registry = REGISTRY) -> int:
    """Mark all days of organs whose pieces change in this transaction, so that the fold groups them anew.

    Folds wait until the transaction ends: one that still saw the old pieces could fold a day that is not marked here.

    :return: how many days were marked.
    """
    marked = 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        numbers = dict(FigureMeasure.objects.values_list("code", "id"))
        for track, steps in registry.tracks().items():
            if track.house is not None:
                measures = [numbers[measure.code] for measure, _step in steps if measure.code in numbers]
                cursor.execute(_MARK_CELLS, [track.name, measures, list(organ_ids)])
                marked += cursor.rowcount
    return marked


@transaction.atomic(durable=True)
def recompute(*, now: datetime, registry: Registry = REGISTRY) -> None:
    """Throw all cells away and compute them from the records. Marks made meanwhile stay for the next fold."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        numbers = _numbers(cursor, registry)
        _take_marks(cursor, None)
        cursor.execute("DELETE FROM figures_figurecell")
        for track, steps in registry.tracks().items():
            sql, parameters = day_cells(track, steps, numbers)
            cursor.execute(f"{_INTO_CELLS} {sql}", parameters)
        for grain, finer, unit in _COARSER:
            cursor.execute(f"{_INTO_CELLS} {_COARSER_CELLS}", [grain, unit, finer])
    FigureFold.objects.update_or_create(id=1, defaults={"caught_up_at": now})


def day_cells(
    track: Track, steps: Sequence[tuple[Measure, int]], numbers: dict[str, int], keys: _Keys | None = None
) -> tuple[str, Sequence[Any]]:
    """Return the SELECT that computes a track's cells of days from the records: all, or those of some keys."""
    inner, inner_parameters = _sums(track, steps, at_key=keys is not None)
    columns = [f"m{place}" for place in range(len(steps))]
    values = ", ".join(
        f"({numbers[measure.code]:d}, {step:d}::smallint, t.{column})"
        for column, (measure, step) in zip(columns, steps, strict=True)
    )
    source = f"({inner}) AS t(u, d, p, {', '.join(columns)})"
    parameters: list[Any] = list(inner_parameters)
    if keys is not None:
        source = f"unnest(%s::uuid[], %s::date[]) AS k(unit_id, day) CROSS JOIN LATERAL {source}"
        parameters = [keys.units, keys.days, *parameters]
    sql = f"""
        SELECT {Grain.DAY:d}, v.m, t.u, t.d, t.p, v.s, v.value FROM {source}
        CROSS JOIN LATERAL (VALUES {values}) AS v(m, s, value) WHERE v.value <> 0
    """  # noqa: S608 - names and numbers of our own declarations
    return sql, parameters


def _sums(track: Track, steps: Sequence[tuple[Measure, int]], *, at_key: bool) -> tuple[str, Sequence[Any]]:
    rows: QuerySet[Any] = rows_of(track.model)
    names = {"unit": track.unit, "day": track.day}
    if at_key:
        rows = rows.filter(**{names["unit"]: RawSQL("k.unit_id", []), names["day"]: RawSQL("k.day", [])})
    else:
        rows = rows.filter(**{f"{name}__isnull": False for name in names.values()})
    sums = {f"m{place}": _sum(measure) for place, (measure, _step) in enumerate(steps)}
    rows = rows.values(u=F(names["unit"]), d=F(names["day"]), p=piece_of(track)).annotate(**sums)
    sql, parameters = rows.query.sql_with_params()
    return sql, parameters


def piece_of(track: Track) -> Any:
    """Return the expression of a record's piece: that of its house, else 0."""
    if track.house is None:
        return Value(0, PositiveSmallIntegerField())
    divided = PieceHouse.objects.filter(organ_id=OuterRef(track.unit), house_id=OuterRef(track.house))
    return Coalesce(Subquery(divided.values("piece")), Value(0))


def _sum(measure: Measure) -> Any:
    if measure.add is None:
        return Count("pk", filter=measure.where)
    return Sum(Cast(measure.add, BigIntegerField()), filter=measure.where, default=0)


def _take_marks(cursor: Any, limit: int | None) -> list[tuple[str, UUID, date]]:
    cursor.execute(
        """
        DELETE FROM figures_figuremark WHERE id IN (SELECT id FROM figures_figuremark ORDER BY id LIMIT %s)
        RETURNING track, unit, day
        """,
        [limit],
    )
    return list(cursor.fetchall())


def _by_track(marks: Sequence[tuple[str, UUID, date]], tracks: dict[Track, Any]) -> dict[Track, _Keys]:
    """Return the marked keys of each declared track; marks of tracks that are no more are let go."""
    found: defaultdict[Track, _Keys] = defaultdict(_Keys)
    by_name = {track.name: track for track in tracks}
    for name, unit, day in sorted(set(marks)):
        if name in by_name:
            found[by_name[name]].units.append(unit)
            found[by_name[name]].days.append(day)
    return dict(found)


def _fold_track(
    cursor: Any, track: Track, steps: Sequence[tuple[Measure, int]], numbers: dict[str, int], keys: _Keys
) -> None:
    by_step = {step: [numbers[measure.code] for measure, taken in steps if taken == step] for _m, step in steps}
    for step, measures in by_step.items():
        cursor.execute(_DELETE_AT_KEYS, [keys.units, keys.days, Grain.DAY, measures, step])
    sql, parameters = day_cells(track, steps, numbers, keys)
    cursor.execute(f"{_INTO_CELLS} {sql}", parameters)
    for step, measures in by_step.items():
        _roll_up(cursor, measures, step, keys)


def _roll_up(cursor: Any, measures: list[int], step: int, keys: _Keys) -> None:
    for grain, finer, unit in _COARSER:
        first_days = {(organ, _first_day(day, grain)) for organ, day in zip(keys.units, keys.days, strict=True)}
        keys = _Keys([organ for organ, _day in sorted(first_days)], [day for _organ, day in sorted(first_days)])
        cursor.execute(_DELETE_AT_KEYS, [keys.units, keys.days, grain, measures, step])
        sums = [grain, step, keys.units, keys.days, measures, finer, step, unit]
        cursor.execute(f"{_INTO_CELLS} {_COARSER_CELLS_AT_KEYS}", sums)


def _first_day(day: date, grain: Grain) -> date:
    return day.replace(day=1) if grain == Grain.MONTH else day.replace(month=1, day=1)


def _numbers(cursor: Any, registry: Registry) -> dict[str, int]:
    """Return the number of each measure. A measure that is new or means another thing marks its whole track."""
    known = {row.code: row for row in FigureMeasure.objects.filter(code__in=registry.measures)}
    changed = set()
    for code, measure in registry.measures.items():
        meaning = definition(measure)
        if code not in known:
            known[code] = FigureMeasure.objects.create(code=code, definition=meaning)
            changed.add(code)
        elif known[code].definition != meaning:
            known[code].definition = meaning
            known[code].save(update_fields=["definition"])
            changed.add(code)
    numbers = {code: row.id for code, row in known.items()}
    if changed:
        _mark_all(cursor, registry, changed, numbers)
    return numbers


def _mark_all(cursor: Any, registry: Registry, changed: set[str], numbers: dict[str, int]) -> None:
    cells = [numbers[code] for code in changed]
    cursor.execute("DELETE FROM figures_figurecell WHERE measure = ANY(%s)", [cells])
    for track, steps in registry.tracks().items():
        if changed.isdisjoint(measure.code for measure, _step in steps):
            continue
        rows = rows_of(track.model).filter(**{f"{track.unit}__isnull": False, f"{track.day}__isnull": False})
        keys, parameters = rows.values_list(track.unit, track.day).distinct().query.sql_with_params()
        cursor.execute(
            f"INSERT INTO figures_figuremark (track, unit, day) SELECT %s, t.* FROM ({keys}) AS t",  # noqa: S608 - Django's own SQL
            [track.name, *parameters],
        )
