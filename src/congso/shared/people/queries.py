"""What others ask about people and positions."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from django.db.models import QuerySet

from congso.kernel.errors import NotFound
from congso.kernel.prepared import prepared
from congso.shared.areas.dated import in_force
from congso.shared.people.models import Position, Role

# Leaders first, then heads, as in a list of staff.
_ROLES_IN_ORDER = [Role.LEADER, Role.HEAD, Role.SPECIALIST, Role.RECORDS_CLERK, Role.ADMINISTRATOR]
_RANKS_IN_ORDER = ["head", "deputy", "member"]


@dataclass(frozen=True, slots=True)
class PositionLabel:
    """A position as it is shown: who, as what, where."""

    id: UUID
    person_id: UUID
    full_name: str
    title: str
    organ_id: UUID
    role: str
    unit_name: str = ""
    is_acting: bool = False

    @classmethod
    def of(cls, position: Position) -> Self:
        """Return the label of a position whose person is loaded."""
        return cls(
            id=position.id,
            person_id=position.person_id,
            full_name=position.person.full_name,
            title=position.title,
            organ_id=position.organ_id,
            role=position.role,
            unit_name=position.unit_name,
            is_acting=position.is_acting,
        )


def get_position(position_id: UUID, *, on: date) -> Position:
    """Return the position, with its person and organ, if it holds on that day.

    :raises NotFound: no such position, or it had not begun or was over.
    """
    try:
        return _with_people().get(in_force(on), id=position_id)
    except Position.DoesNotExist:
        raise NotFound from None


def labels(position_ids: Iterable[UUID]) -> dict[UUID, PositionLabel]:
    """Return the labels of positions, also of ended ones, in one query."""
    return {position.id: PositionLabel.of(position) for position in _labelled(ids=frozenset(position_ids))}


def positions_in(organ_ids: Iterable[UUID], on: date, roles: Collection[str] | None = None) -> list[PositionLabel]:
    """Return who holds a position in those organs on that day, leaders first, then in Vietnamese order of names."""
    positions = Position.objects.select_related("person").filter(in_force(on), organ_id__in=set(organ_ids))
    if roles is not None:
        positions = positions.filter(role__in=roles)
    return [PositionLabel.of(position) for position in sorted(positions, key=_as_in_a_list_of_staff)]


def positions_of(person_id: UUID, *, on: date) -> list[PositionLabel]:
    """Return the positions that a person holds on that day, the highest first."""
    positions = Position.objects.select_related("person").filter(in_force(on), person_id=person_id)
    return [PositionLabel.of(position) for position in sorted(positions, key=_as_in_a_list_of_staff)]


@prepared
def _labelled(*, ids: Collection[UUID]) -> QuerySet[Position]:
    return Position.objects.select_related("person").filter(id__in=ids)


def _with_people() -> QuerySet[Position]:
    return Position.objects.select_related("person", "organ")


def _as_in_a_list_of_staff(position: Position) -> tuple[int, int, str, UUID]:
    role = _ROLES_IN_ORDER.index(Role(position.role))
    return role, _RANKS_IN_ORDER.index(position.rank), position.person.sort_key, position.id
