"""Opening a figure: an act, as it shows lines of registers that the asker may not otherwise see."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import NotFound
from congso.shared import journal
from congso.shared.figures.declarations import REGISTRY, Figure, Line, Registry
from congso.shared.figures.periods import Period
from congso.shared.figures.permissions import INSPECT, inspected
from congso.shared.figures.queries import Part, Value, board, records_behind, total


@dataclass(frozen=True, slots=True)
class Question:
    """What a click on a number asks for.

    :param boundaries: the day whose units the rows of the board are.
    :param after: the place where the page before ended.
    """

    figure: str
    organ_ids: Collection[UUID]
    period: Period
    boundaries: date
    part: Part = Part.NUMERATOR
    after: tuple[date, UUID] | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A figure and the register lines that it counts.

    :param value: of all asked organs together.
    :param more: the place to go on from (``after``), or nothing.
    """

    figure: Figure
    value: Value
    lines: Sequence[Line]
    more: tuple[date, UUID] | None


@transaction.atomic(durable=True)
def inspect(asked: Question, *, by: Actor, now: datetime, registry: Registry = REGISTRY) -> Opened:
    """Return the newest lines behind a number, and note that they were looked at.

    :raises NotFound: no such figure.
    :raises NotPermitted: one of the organs is neither the asker's nor below it.
    """
    if asked.figure not in registry.figures:
        raise NotFound
    INSPECT.require(by, inspected(asked.organ_ids, clock.day_of(now)))
    figure = registry.figures[asked.figure]
    values = board([figure.code], asked.organ_ids, [asked.period], boundaries=asked.boundaries, registry=registry)
    page = records_behind(
        figure.code,
        asked.organ_ids,
        asked.period,
        boundaries=asked.boundaries,
        part=asked.part,
        after=asked.after,
        registry=registry,
    )
    journal.record(
        "figures.inspected",
        subject_id=by.organ_id or min(asked.organ_ids),
        by=by,
        at=now,
        figure=figure.code,
        part=asked.part.value,
        organs=sorted(asked.organ_ids),
        since=asked.period.start,
        until=asked.period.last_day,
        boundaries=asked.boundaries,
    )
    lines = registry.lines[registry.measures[figure.num].model](page.records)
    return Opened(figure, total(values, figure.code, asked.period, asked.organ_ids), lines, page.more)
