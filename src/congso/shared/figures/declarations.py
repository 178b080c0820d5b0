"""What a module declares: measures over its records, and figures made of measures."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Model, Q
from django.utils.functional import Promise

from congso.shared.areas.tables import column_of, options


@dataclass(frozen=True, slots=True)
class Track:
    """One table seen by one unit column and one day column; its measures are read in one pass.

    :param house: the column of the house that a record is about, or nothing; the same for all tracks of a table.
    """

    model: type[Model]
    unit: str
    day: str
    house: str | None = None

    @property
    def name(self) -> str:
        """What the table's trigger writes into a mark."""
        return track_name(self.model, self.unit, self.day)


def track_name(model: type[Model], unit: str, day: str) -> str:
    """Return the name of a track: table and columns, as stored."""
    return f"{options(model).db_table}/{column_of(model, unit)}/{column_of(model, day)}"


@dataclass(frozen=True, slots=True)
class Flow:
    """So many records (or the sum of a column) on the days of a period.

    :param unit: the column of the organ that acted, ``organ_id``.
    :param day: the column of the day in Hanoi.
    :param where: which records count; only columns of the same table.
    :param add: a column of non-negative whole numbers to sum up, instead of counting.
    :param house: the column of the house that a record is about, ``house_id``: by it a split unit's past is divided.
    """

    code: str
    _: KW_ONLY
    model: type[Model]
    unit: str
    day: str
    where: Q
    add: str | None = None
    house: str | None = None

    is_stock: ClassVar[bool] = False

    @property
    def steps(self) -> tuple[tuple[str, int], ...]:
        """The day columns on which a record takes a step, each with its direction."""
        return ((self.day, 1),)


@dataclass(frozen=True, slots=True)
class Stock:
    """So many records that are there on a day: from ``start`` until the day before ``end``.

    :param end: the column of the first day on which a record is there no more; empty as long as it is.
    """

    code: str
    _: KW_ONLY
    model: type[Model]
    unit: str
    start: str
    end: str
    where: Q
    add: str | None = None
    house: str | None = None

    is_stock: ClassVar[bool] = True

    @property
    def steps(self) -> tuple[tuple[str, int], ...]:
        """The day columns on which a record takes a step, each with its direction."""
        return ((self.start, 1), (self.end, -1))


type Measure = Flow | Stock


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with a name, or a ratio: the sum of numerators over the sum of denominators.

    :param num: code of the measure whose records count; with ``den`` these are a subset of the denominator's.
    :param how: in a sentence, how it is counted, for the page that shows it.
    """

    code: str
    label: str | Promise
    _: KW_ONLY
    num: str
    den: str | None = None
    how: str | Promise = ""

    @property
    def measures(self) -> tuple[str, ...]:
        return (self.num,) if self.den is None else (self.num, self.den)


def definition(measure: Measure) -> str:
    """Return a fingerprint that changes when a measure's meaning does, so that its cells are computed anew."""
    text = f"{options(measure.model).label} {measure.unit} {measure.steps} {measure.where!r} {measure.add}"
    if measure.house is not None:
        text = f"{text} {measure.house}"
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Line:
    """What a figure shows of a record that it counts: a line of its register, never its content.

    :param number: number and notation, ``15/KH-UBND``.
    :param kind: the type of record, ``Kế hoạch``.
    :param url: its page, for who may open it.
    """

    id: UUID
    organ_id: UUID
    day: date
    number: str
    kind: str | Promise
    subject: str
    url: str = ""


type LineMaker = Callable[[Sequence[Any]], Sequence[Line]]


class Registry:
    """The measures and figures of a site; modules fill it in ``AppConfig.ready``, a test builds its own."""

    def __init__(self) -> None:
        self.measures: dict[str, Measure] = {}
        self.figures: dict[str, Figure] = {}
        self.lines: dict[type[Model], LineMaker] = {}

    def describe(self, model: type[Model], lines: LineMaker) -> None:
        """Say how records of a table are shown where a figure opens: ``lines`` keeps their order. Safe to repeat."""
        self.lines[model] = lines

    def add(self, *declarations: Measure | Figure) -> None:
        """Declare measures and figures. Safe to repeat.

        :raises ValueError: a code is taken by another declaration, or a figure's measure is unknown.
        """
        for declared in declarations:
            if isinstance(declared, Figure):
                self._add(self.figures, declared)
                unknown = [code for code in declared.measures if code not in self.measures]
                if unknown:
                    raise ValueError(f"Figure {declared.code} needs measures that are not declared: {unknown}")
            else:
                self._add(self.measures, declared)

    @staticmethod
    def _add(known: dict[str, Any], declared: Measure | Figure) -> None:
        if known.setdefault(declared.code, declared) != declared:
            raise ValueError(f"{declared.code} is declared twice, differently")

    def tracks(self) -> dict[Track, list[tuple[Measure, int]]]:
        """Return the measures of each track with the direction of the step they take there."""
        found: defaultdict[Track, list[tuple[Measure, int]]] = defaultdict(list)
        for measure, day, step in self._all_steps():
            names = (measure.unit, day, *([measure.house] if measure.house else []))
            track = Track(measure.model, *(column_of(measure.model, name) for name in names))
            found[track].append((measure, step))
        return dict(found)

    def _all_steps(self) -> Iterator[tuple[Measure, str, int]]:
        for code in sorted(self.measures):
            measure = self.measures[code]
            for day, step in measure.steps:
                yield measure, day, step


REGISTRY = Registry()
