"""Dated rows: periods ``[from, to)`` of days, and the constraints by which the database keeps them true.

Django knows neither ``WITHOUT OVERLAPS`` nor ``PERIOD`` keys (PostgreSQL 18); both are constraints here, so that
``makemigrations`` sees them. Overlaps are checked at once: close the old row before its successor starts, and shorten
the identity's own life last.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Columns, Statement, Table
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import BaseConstraint, Case, DateField, Func, Model, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from congso.shared.areas.tables import column_of, field_of, options

__all__ = ["DateRange", "PeriodForeignKey", "UniqueWithoutOverlaps", "close", "in_force", "last_known", "period"]


def period(start: date | None, end: date | None = None) -> DateRange:
    """Return the days from ``start`` up to, but without, ``end``; ``None`` is open."""
    return DateRange(start, end, "[)")


def in_force(day: date, prefix: str = "") -> Q:
    """Return the condition that a dated row (or the one behind ``prefix``) holds on ``day``."""
    return Q(**{f"{prefix}valid__contains": day})


def last_known[M: Model](rows: QuerySet[M], owner: str, on: date) -> QuerySet[M]:
    """Return one of the ``rows`` for each ``owner``: that of ``on``, else the last one before it, else the newest.

    History keeps its names: an organ that ended is still called what it was called at its end.
    """
    is_later = Case(When(valid__startswith__gt=on, then=1), default=0)
    return rows.order_by(owner, is_later, "-valid").distinct(owner)


def close[M: Model](rows: QuerySet[M], day: date) -> int:
    """End those ``rows`` that hold on ``day``, so that the day before is their last; return how many.

    :raises IntegrityError: one of them starts on that very day (an empty period says nothing).
    """
    lower = Func("valid", function="lower", output_field=DateField())
    ended = Func(lower, Cast(Value(day), DateField()), function="daterange")
    return rows.filter(in_force(day)).update(valid=ended)


class _TableConstraint(BaseConstraint):
    """A table constraint whose text Django does not know."""

    def body(self, model: type[Model], editor: BaseDatabaseSchemaEditor) -> Statement:
        raise NotImplementedError

    def constraint_sql(self, model: type[Model], editor: BaseDatabaseSchemaEditor) -> str:  # type: ignore[override]  # Django takes text as well
        return f"CONSTRAINT {editor.quote_name(self.name)} {self.body(model, editor)}"

    def create_sql(self, model: type[Model] | None, editor: BaseDatabaseSchemaEditor | None) -> Statement:  # type: ignore[override]  # Django gives statements, its stubs say text
        assert model is not None  # noqa: S101 - Django's signature is wider than its calls
        assert editor is not None  # noqa: S101
        return Statement(
            "ALTER TABLE %(table)s ADD %(constraint)s",
            table=Table(options(model).db_table, editor.quote_name),
            constraint=self.constraint_sql(model, editor),
        )

    def remove_sql(self, model: type[Model] | None, editor: BaseDatabaseSchemaEditor | None) -> Statement:  # type: ignore[override]  # Django gives statements, its stubs say text
        assert model is not None  # noqa: S101 - as above
        assert editor is not None  # noqa: S101
        return Statement(
            "ALTER TABLE %(table)s DROP CONSTRAINT %(name)s",
            table=Table(options(model).db_table, editor.quote_name),
            name=editor.quote_name(self.name),
        )

    def validate(self, *_args: Any, **_kwargs: Any) -> None:
        """Leave it to the database: forms do not edit dated rows."""

    def __eq__(self, other: object) -> bool:
        if isinstance(other, _TableConstraint):
            return self.deconstruct() == other.deconstruct()
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.name)


class UniqueWithoutOverlaps(_TableConstraint):
    """No two rows with the same ``fields`` hold on the same day."""

    def __init__(self, *, name: str, fields: Sequence[str], period: str = "valid") -> None:
        self.fields, self.period = tuple(fields), period
        super().__init__(name=name)

    def body(self, model: type[Model], editor: BaseDatabaseSchemaEditor) -> Statement:
        return Statement(
            "UNIQUE (%(columns)s, %(period)s WITHOUT OVERLAPS)",
            columns=_columns(model, self.fields, editor),
            period=_columns(model, [self.period], editor),
        )

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "fields": self.fields, "period": self.period}


class PeriodForeignKey(_TableConstraint):
    """A row holds only on days on which the row it points to lives: its ``valid`` covers this one's."""

    def __init__(self, *, name: str, field: str, period: str = "valid") -> None:
        self.field, self.period = field, period
        super().__init__(name=name)

    def body(self, model: type[Model], editor: BaseDatabaseSchemaEditor) -> Statement:
        target = field_of(model, self.field).related_model
        if not isinstance(target, type):
            raise TypeError(f"{model.__name__}.{self.field} is no foreign key")
        return Statement(
            "FOREIGN KEY (%(columns)s, PERIOD %(period)s) REFERENCES %(target)s (%(key)s, PERIOD %(period)s)",
            columns=_columns(model, [self.field], editor),
            period=_columns(model, [self.period], editor),
            target=Table(options(target).db_table, editor.quote_name),
            key=_columns(target, ["id"], editor),
        )

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field, "period": self.period}


def _columns(model: type[Model], fields: Sequence[str], editor: BaseDatabaseSchemaEditor) -> Columns:
    return Columns(options(model).db_table, [column_of(model, name) for name in fields], editor.quote_name)
