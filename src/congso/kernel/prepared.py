"""Queries of every page, written with the ORM and put into SQL once a process.

Django needs about a millisecond to turn a query into text, ten times what PostgreSQL needs to answer it. A ``prepared``
query keeps the text and fills in only the values; rows come out as the queryset would give them.
"""

import re
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import QuerySet
from psycopg.sql import Literal

from congso.kernel.actor import Actor

_MOST_SHAPES = 512
_NO_ID = UUID("c0c0c0c0-0000-4000-8000-000000000000").int
_NO_DAY = date(9000, 1, 1)
_NO_MOMENT = datetime(9000, 1, 1, tzinfo=UTC)


def prepared[**P, Row](write: Callable[P, QuerySet[Any, Row]]) -> Callable[P, list[Row]]:
    """Make of a function that returns a queryset one that returns its rows, for a fraction of the work.

    Arguments are by keyword: ids, texts, days, moments, collections of these, or an ``Actor``; None, truth and whole
    numbers become part of the text. ``write`` is called once for each shape of them with other values in their place,
    that are equal where the real ones are: it may ask whether two are equal, or a collection empty, and put a value
    into the query as it is. It must not change a value, read the clock, or prefetch.
    """
    texts: dict[object, _Text | None] = {}

    @wraps(write)
    def rows(*_none: P.args, **given: P.kwargs) -> list[Row]:
        values = _Values()
        shape = tuple((name, values.shape_of(value)) for name, value in given.items())
        if shape not in texts:
            if len(texts) >= _MOST_SHAPES:
                texts.clear()
            texts[shape] = _text(write, given, values)
        text = texts[shape]
        return list(text.rows(values)) if text else []

    return rows


class _Values:
    """The values of one call in the order of their first appearance, equal ones once."""

    def __init__(self) -> None:
        self.found: dict[object, int] = {}

    def shape_of(self, value: object) -> object:
        """Return what of ``value`` shapes the text: the place of each value, and all that is no value."""
        if isinstance(value, UUID | str | date):
            return value.__class__, self.found.setdefault(value, len(self.found))
        if isinstance(value, list | tuple | set | frozenset):
            return tuple(self.shape_of(one) for one in sorted(value))
        if isinstance(value, Actor):
            roles = tuple((name, self.shape_of(organ_id)) for name, organ_id in sorted(value.roles))
            return roles, *(self.shape_of(getattr(value, name)) for name in _PLAIN)
        if value is None or isinstance(value, int):
            return value.__class__, value
        raise TypeError(f"{value!r} cannot be a value of a prepared query")

    def stand_in(self, value: Any) -> Any:
        """Return the like of ``value`` with other values in the place of the real ones."""
        if isinstance(value, UUID | str | date):
            return _other(value, self.found[value])
        if isinstance(value, list | tuple | set | frozenset):
            return type(value)(self.stand_in(one) for one in sorted(value))
        if isinstance(value, Actor):
            roles = frozenset((name, self.stand_in(organ_id)) for name, organ_id in value.roles)
            return Actor(roles=roles, **{name: self.stand_in(getattr(value, name)) for name in _PLAIN})
        return value


_PLAIN = tuple(field.name for field in fields(Actor) if field.name != "roles")


def _other(value: UUID | str | date, place: int) -> object:
    if isinstance(value, UUID):
        return UUID(int=_NO_ID + place)
    if isinstance(value, str):
        return f"\x1a{place}"
    return (_NO_MOMENT if isinstance(value, datetime) else _NO_DAY) + timedelta(days=place)


def _text(write: Callable[..., QuerySet[Any, Any]], given: dict[str, Any], values: _Values) -> "_Text | None":
    """Write the query once; None, if it can have no rows."""
    queryset = write(**{name: values.stand_in(value) for name, value in given.items()})
    if queryset._prefetch_related_lookups:  # type: ignore[attr-defined]  # noqa: SLF001 - no public way to ask
        raise TypeError("A prepared query does not prefetch")
    compiler = queryset.query.get_compiler(using=queryset.db)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    _refuse_changed(given, values, frozenset(map(_key, parameters)))
    places = {_other(value, place): place for value, place in values.found.items()}  # type: ignore[arg-type]
    found = [places.get(_key(parameter), -1) for parameter in parameters]
    fixed = ["%s" if place >= 0 else _literal(parameter) for place, parameter in zip(found, parameters, strict=True)]
    left = iter(fixed)
    sql = re.sub("%%|%s", lambda mark: mark[0] if mark[0] == "%%" else next(left), sql)
    return _Text(queryset, compiler, sql, tuple(place for place in found if place >= 0))


def _literal(parameter: object) -> str:
    """Write a value that never changes into the text, so that a plan made once can use partial indexes."""
    return Literal(parameter).as_string().replace("%", "%%")


def _refuse_changed(given: dict[str, Any], values: _Values, parameters: frozenset[object]) -> None:
    """Refuse a query into which a value went otherwise than as it is: the next call would get this one's."""
    plain = _Values()
    for value in given.values():
        if not isinstance(value, Actor):
            plain.shape_of(value)
    if any(_other(value, values.found[value]) not in parameters for value in plain.found):  # type: ignore[arg-type]
        raise TypeError("A prepared query takes its values as they are")


def _key(parameter: object) -> object:
    return parameter if isinstance(parameter, UUID | str | date) else None


@dataclass(frozen=True, slots=True)
class _Text:
    """A query as SQL.

    :param places: which of a call's values each parameter takes.
    """

    queryset: "QuerySet[Any, Any]"
    compiler: Any
    sql: str
    places: tuple[int, ...]

    def rows(self, values: _Values) -> Iterator[Any]:
        real = list(values.found)
        parameters = tuple(real[place] for place in self.places)
        connection = connections[self.queryset.db]
        compiler = copy(self.compiler)
        compiler.connection = _InPlaceOf(connection, cursor=lambda: _cursor(connection))
        compiler.as_sql = lambda: (self.sql, parameters)
        query = _InPlaceOf(self.queryset.query, get_compiler=lambda using: compiler)  # noqa: ARG005 - Django's signature
        rows_of: Any = self.queryset._iterable_class  # noqa: SLF001 - what iterating a queryset does
        return iter(rows_of(_InPlaceOf(self.queryset, query=query)))


def _cursor(connection: Any) -> Any:
    """Return a cursor by which the server keeps the plan of what it is asked (``prepare_threshold``)."""
    connection.ensure_connection()
    usual = connection.connection.cursor_factory
    connection.connection.cursor_factory = ServerBindingCursor
    try:
        return connection.cursor()
    finally:
        connection.connection.cursor_factory = usual


class _InPlaceOf:
    """An object as it is but for some attributes."""

    def __init__(self, original: object, **changed: object) -> None:
        self._original = original
        self.__dict__.update(changed)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._original, name)
