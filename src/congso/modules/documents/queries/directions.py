"""The directions on an incoming paper and their parts, as they are shown; in one query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from congso.kernel import clock
from congso.kernel.prepared import prepared
from congso.modules.documents.kinds import AssignmentKind, DirectionKind
from congso.modules.documents.models import Assignment, Direction
from congso.shared.organs.queries import OrganLabel
from congso.shared.people.queries import PositionLabel

type Names = tuple[Mapping[UUID, PositionLabel], Mapping[UUID, OrganLabel]]

_OF_DIRECTION = (
    "id",
    "kind",
    "within_id",
    "given_by_id",
    "text",
    "due_date",
    "given_at",
    "closed_at",
    "taken_back_at",
    "taken_back_reason",
)
_OF_PART = ("id", "kind", "position_id", "organ_id", "due_date", "done_at", "taken_back_at")


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a direction: who, as what, until when, done or not; and what was split onward of it."""

    name: str
    assignment: Assignment
    onward: Sequence["Given"] = ()

    @property
    def is_late(self) -> bool:
        """Whether the day has passed, or had passed when it was done."""
        part = self.assignment
        last = clock.day_of(part.done_at) if part.done_at else clock.today()
        return part.due_date is not None and part.due_date < last


@dataclass(frozen=True, slots=True)
class Given:
    """A direction: who gave it, its parts."""

    direction: Direction
    giver: PositionLabel | None
    parts: Sequence[Part] = field(default_factory=list)


def rows_of(incoming_id: UUID) -> list[tuple[Direction, list[Assignment]]]:
    """Return all directions with their parts, the oldest first, in one query."""
    found: dict[UUID, tuple[Direction, list[Assignment]]] = {}
    for row in _rows(incoming_id=incoming_id):
        values = {name: row[name] for name in _OF_DIRECTION}
        _direction, parts = found.setdefault(row["id"], (Direction(incoming_id=incoming_id, **values), []))
        if row["part_id"] is not None:
            values = {name: row[f"part_{name}"] for name in _OF_PART}
            parts.append(Assignment(incoming_id=incoming_id, direction=_direction, **values))
    return list(found.values())


@prepared
def _rows(*, incoming_id: UUID) -> QuerySet[Any, dict[str, Any]]:
    parts = {f"part_{name}": F(f"assignments__{name}") for name in _OF_PART}
    rows: QuerySet[Any, dict[str, Any]] = (
        Direction.objects.filter(incoming=incoming_id)
        .order_by("given_at", "id", "assignments__place")
        .values(*_OF_DIRECTION, **parts)
    )
    return rows


def standing(rows: Sequence[tuple[Direction, list[Assignment]]], names: Names) -> list[Given]:
    """Return the orders that were not taken back, each part with what was split onward of it."""
    onward: dict[UUID | None, list[tuple[Direction, list[Assignment]]]] = {}
    for direction, parts in rows:
        if direction.taken_back_at is None:
            onward.setdefault(direction.within_id, []).append((direction, parts))
    orders = [row for row in onward.get(None, ()) if row[0].kind == DirectionKind.ORDER]
    return [_given(row, onward, names) for row in orders]


def told(rows: Sequence[tuple[Direction, list[Assignment]]], names: Names) -> list[Given]:
    """Return every direction by itself, the newest first: orders, splittings, forwardings, also those taken back."""
    return [_given(row, {}, names) for row in reversed(rows)]


def leading(given: Sequence[Given]) -> Part | None:
    """Return the part of who leads by the first order."""
    parts = (part for one in given for part in one.parts)
    return next((part for part in parts if part.assignment.kind == AssignmentKind.LEAD), None)


def merged(given: Sequence[Given]) -> list[Part]:
    """Return by whom something is to be done: each once, by the strongest of their parts and the earliest day."""
    found: dict[UUID | None, Part] = {}
    for part in (part for one in given for part in one.parts):
        key = part.assignment.position_id or part.assignment.organ_id
        if key not in found or _weight(part) < _weight(found[key]):
            found[key] = part
    return sorted(found.values(), key=_weight)


_STRENGTH: Sequence[str] = (AssignmentKind.LEAD, AssignmentKind.SUPPORT, AssignmentKind.INFORMED)


def _weight(part: Part) -> tuple[int, date]:
    return _STRENGTH.index(part.assignment.kind), part.assignment.due_date or date.max


def _given(
    row: tuple[Direction, list[Assignment]],
    onward: Mapping[UUID | None, list[tuple[Direction, list[Assignment]]]],
    names: Names,
) -> Given:
    direction, parts = row
    return Given(
        direction,
        names[0].get(direction.given_by_id),
        [
            Part(name_of(part, names), part, [_given(below, onward, names) for below in onward.get(part.id, ())])
            for part in parts
        ],
    )


def name_of(part: Assignment, names: Names) -> str:
    """Return «Nguyễn Văn A, Công chức», or the organ's short name."""
    people, organs = names
    if part.position_id is not None and part.position_id in people:
        label = people[part.position_id]
        return f"{label.full_name}, {label.title}"
    if part.organ_id is not None and part.organ_id in organs:
        return organs[part.organ_id].short_name
    return ""
