"""The constraint that makes a table mark what its figures must recompute.

It is a trigger, written as a constraint so that ``makemigrations`` sees each change. For the old and for the new row
it notes (track, unit, day) in the transaction of the act; nothing is unique there on purpose: a mark that a running
transaction relied on could be folded away under it.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import BaseConstraint, Model

from congso.shared.areas.tables import column_of, options
from congso.shared.figures.declarations import track_name

_FUNCTION = """
CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $marks$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION '{name}: a table with figures is not emptied at one stroke'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = '{name}', TABLE = TG_TABLE_NAME;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO figures_figuremark (track, unit, day)
        SELECT * FROM (VALUES {old}) AS mark(track, unit, day) WHERE mark.unit IS NOT NULL AND mark.day IS NOT NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO figures_figuremark (track, unit, day)
        SELECT * FROM (VALUES {new}) AS mark(track, unit, day) WHERE mark.unit IS NOT NULL AND mark.day IS NOT NULL;
    END IF;
    RETURN NULL;
END $marks$;
CREATE TRIGGER {row} AFTER INSERT OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}();
CREATE TRIGGER {change} AFTER UPDATE ON {table} FOR EACH ROW
    WHEN (({old_columns}) IS DISTINCT FROM ({new_columns})) EXECUTE FUNCTION {function}();
CREATE TRIGGER {whole} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {function}();
"""


class MarksFigures(BaseConstraint):
    """Each change of a record marks the cells that count it.

    :param unit: the column of the organ, as in the measures of this table.
    :param days: their day columns.
    :param columns: all other columns that the measures read: ``add``, ``house`` and those of ``where``. A system check
        compares.
    """

    def __init__(self, *, name: str, unit: str, days: Sequence[str], columns: Sequence[str]) -> None:
        self.unit, self.days, self.columns = unit, tuple(days), tuple(columns)
        super().__init__(name=name)

    def watched(self, model: type[Model]) -> tuple[str, ...]:
        """Return the columns whose change marks, each once."""
        return tuple(dict.fromkeys(column_of(model, name) for name in (self.unit, *self.days, *self.columns)))

    def constraint_sql(self, model: type[Model] | None, editor: BaseDatabaseSchemaEditor | None) -> None:  # type: ignore[override]  # a table's own text has no place for a trigger
        assert editor is not None  # noqa: S101 - Django's stubs are wider than its calls
        editor.deferred_sql.append(self.create_sql(model, editor))

    def create_sql(self, model: type[Model] | None, editor: BaseDatabaseSchemaEditor | None) -> str:
        assert model is not None  # noqa: S101 - as above
        assert editor is not None  # noqa: S101
        quote = editor.quote_name
        watched = [quote(column) for column in self.watched(model)]
        return _FUNCTION.format(
            name=self.name,
            function=quote(self.name),
            table=quote(options(model).db_table),
            row=quote(f"{self.name}_row"),
            change=quote(f"{self.name}_change"),
            whole=quote(f"{self.name}_whole"),
            old=self._marks(model, "OLD", editor),
            new=self._marks(model, "NEW", editor),
            old_columns=", ".join(f"OLD.{column}" for column in watched),
            new_columns=", ".join(f"NEW.{column}" for column in watched),
        )

    def _marks(self, model: type[Model], row: str, editor: BaseDatabaseSchemaEditor) -> str:
        unit = editor.quote_name(column_of(model, self.unit))
        return ", ".join(
            f"('{track_name(model, self.unit, day)}', {row}.{unit}, {row}.{editor.quote_name(column_of(model, day))})"
            for day in self.days
        )

    def remove_sql(self, model: type[Model] | None, editor: BaseDatabaseSchemaEditor | None) -> str:  # noqa: ARG002 - Django's signature
        assert editor is not None  # noqa: S101 - as above
        return f"DROP FUNCTION {editor.quote_name(self.name)}() CASCADE"

    def validate(self, *_args: Any, **_kwargs: Any) -> None:
        """Nothing is refused here."""

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "unit": self.unit, "days": self.days, "columns": self.columns}

    def __eq__(self, other: object) -> bool:
        if isinstance(other, MarksFigures):
            return bool(self.deconstruct() == other.deconstruct())
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.name)
