"""What the declarations of figures must keep, or the site does not start."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import FieldError
from django.db.models import DateField, DateTimeField, Model, PositiveBigIntegerField, PositiveIntegerField
from django.db.models import PositiveSmallIntegerField as SmallPositive

from congso.shared.areas.tables import column_of, field_of, options, rows_of
from congso.shared.figures.declarations import REGISTRY, Figure, Measure, Registry
from congso.shared.figures.marks import MarksFigures

_WHOLE = (PositiveIntegerField, PositiveBigIntegerField, SmallPositive)


@register(Tags.models)
def figures_are_sound(app_configs: Sequence[AppConfig] | None = None, **_options: Any) -> list[CheckMessage]:
    """Report what is wrong with the site's declarations."""
    return problems(REGISTRY) if app_configs is None else []


def problems(registry: Registry) -> list[CheckMessage]:
    """Report what is wrong with the declarations of one registry."""
    found: list[CheckMessage] = []
    for measure in registry.measures.values():
        found += [Error(f"{measure.code}: {text}", id="figures.E001") for text in _of_measure(measure)]
    for model in {measure.model: None for measure in registry.measures.values()}:
        found += [Error(f"{options(model).label}: {text}", id="figures.E002") for text in _of_table(model, registry)]
    for figure in registry.figures.values():
        found += [Error(f"{figure.code}: {text}", id="figures.E003") for text in _of_figure(figure, registry)]
    return found


def _of_measure(measure: Measure) -> Iterator[str]:
    if _reads_other_tables(measure):
        yield "where reads another table; let the module's command keep a column of its own"
    for name, _step in measure.steps:
        day = field_of(measure.model, name)
        if not isinstance(day, DateField) or isinstance(day, DateTimeField):
            yield f"{name} is no day; store the day in Hanoi as a DateField"
        if not _has_index(measure.model, measure.unit, name):
            yield f"its table needs an index on ({measure.unit}, {name}, id)"
    if measure.add is not None and not isinstance(field_of(measure.model, measure.add), _WHOLE):
        yield f"{measure.add} is no column of non-negative whole numbers"


def _reads_other_tables(measure: Measure) -> bool:
    query = rows_of(measure.model).filter(measure.where).query
    try:
        str(query)
    except FieldError:
        return True
    return set(query.alias_map) != {options(measure.model).db_table}


def _has_index(model: type[Model], unit: str, day: str) -> bool:
    wanted = [column_of(model, name) for name in (unit, day, "id")]
    indexes = [index.fields for index in options(model).indexes if index.fields and index.condition is None]
    return any([column_of(model, name.lstrip("-")) for name in fields[:3]] == wanted for fields in indexes)


def _of_table(model: type[Model], registry: Registry) -> Iterator[str]:
    marking = [known for known in options(model).constraints if isinstance(known, MarksFigures)]
    if model not in registry.lines:
        yield "Registry.describe must say how its records are shown where a figure opens"
    if len(marking) != 1:
        yield "its Meta.constraints need one MarksFigures"
        return
    (marks,) = marking
    measures = [measure for measure in registry.measures.values() if measure.model is model]
    if len({measure.house and column_of(model, measure.house) for measure in measures}) > 1:
        yield "its measures must name the same house, or none"
    if {column_of(model, measure.unit) for measure in measures} != {column_of(model, marks.unit)}:
        yield "the unit of MarksFigures is not that of its measures"
    days = {column_of(model, day) for measure in measures for day, _step in measure.steps}
    if days != {column_of(model, day) for day in marks.days}:
        yield f"MarksFigures needs exactly the days {sorted(days)}"
    needed = {column_of(model, name) for measure in measures for name in _columns_of(measure)}
    if needed | days | {column_of(model, marks.unit)} != set(marks.watched(model)):
        yield f"MarksFigures needs exactly the columns {sorted(needed)}"


def _columns_of(measure: Measure) -> set[str]:
    return {*measure.where.referenced_base_fields, *filter(None, (measure.add, measure.house))}


def _of_figure(figure: Figure, registry: Registry) -> Iterator[str]:
    num, den = (registry.measures[code] for code in (figure.num, figure.den or figure.num))
    if (num.model, num.unit, num.steps) != (den.model, den.unit, den.steps):
        yield "numerator and denominator count different records, so the one is no part of the other"
