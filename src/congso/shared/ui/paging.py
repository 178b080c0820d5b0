"""Long lists by keyset: «Mới hơn / Cũ hơn» cost the same on every page, and no row is counted."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from congso.kernel.errors import InvalidInput

PAGE_SIZE = 30


@dataclass(frozen=True)
class Page[T: Model]:
    """One page of a list, newest first.

    :param newer: query string of the page before, empty at the top; ``older``: of the page after, empty at the end.
    :param total: how many rows there are, if the caller counted them.
    """

    rows: Sequence[T]
    newer: str
    older: str
    total: int | None = None


@dataclass(frozen=True)
class Slice[T: Model]:
    """One page of a list for a program, newest first.

    :param newer: the token for ``before`` that gives the page before, empty at the top.
    :param older: the token for ``after`` that gives the page after, empty at the end.
    """

    rows: Sequence[T]
    newer: str
    older: str


@dataclass(frozen=True)  # without slots: Python 3.12 cannot call a frozen, slotted Keyset[Document](…)
class Keyset[T: Model]:
    """How a list is ordered: field names, each descending, the last unique (``("arrived_at", "id")``).

    Index the table by the same fields; all are NOT NULL.
    """

    fields: tuple[str, ...]
    size: int = PAGE_SIZE

    def page(self, rows: QuerySet[T], query: QueryDict, *, total: int | None = None) -> Page[T]:
        """Return the page that ``query`` (``request.GET``) asks for, in one SQL query.

        :raises InvalidInput: the address holds a place that this list did not give.
        """
        found = self.slice(rows, after=query.get("sau", ""), before=query.get("truoc", ""))
        return Page(
            rows=found.rows,
            newer=_address(query, "truoc", found.newer) if found.newer else "",
            older=_address(query, "sau", found.older) if found.older else "",
            total=total,
        )

    def slice(self, rows: QuerySet[T], *, after: str = "", before: str = "") -> Slice[T]:
        """Return the rows after one place of the list, or before one, in one SQL query.

        :raises InvalidInput: the token is none that this list gave.
        """
        token, backwards = (after, False) if after else (before, bool(before))
        order = [name if backwards else f"-{name}" for name in self.fields]
        if token:
            rows = rows.filter(_beyond(self.fields, self._read(rows.model, token), "gt" if backwards else "lt"))
        found = list(rows.order_by(*order)[: self.size + 1])
        has_more = len(found) > self.size
        found = found[: self.size]
        if backwards:
            found.reverse()
        has_newer, has_older = (has_more, bool(token)) if backwards else (bool(token), has_more)
        return Slice(
            rows=found,
            newer=self._token(found[0]) if has_newer and found else "",
            older=self._token(found[-1]) if has_older and found else "",
        )

    def _read(self, model: type[T], token: str) -> list[Any]:
        try:
            values = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
            return [_field(model, name).to_python(value) for name, value in zip(self.fields, values, strict=True)]
        except (ValueError, TypeError, ValidationError):
            raise InvalidInput(detail=_("vị trí trang trong địa chỉ")) from None

    def _token(self, row: T) -> str:
        values = [_plain(getattr(row, name)) for name in self.fields]
        return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    return cast("Field[Any, Any]", model._meta.get_field(name))  # noqa: SLF001 - Django's documented API


def _beyond(fields: Sequence[str], values: Sequence[Any], comparison: str) -> Q:
    """Say «after this row in the list's order» as the database can use the index: (a, b) < (x, y)."""
    condition = Q()
    for place, name in enumerate(fields):
        equal = {fields[before]: values[before] for before in range(place)}
        condition |= Q(**equal, **{f"{name}__{comparison}": values[place]})
    return Q(**{f"{fields[0]}__{comparison}e": values[0]}) & condition


def _address(query: QueryDict, name: str, token: str) -> str:
    changed = query.copy()
    for old in ("sau", "truoc"):
        changed.pop(old, None)
    changed[name] = token
    return f"?{changed.urlencode()}"


def _plain(value: object) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
