"""How the work on an incoming paper goes: every direction with its parts, moved days, and where it was passed on to."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.modules.documents import permissions
from congso.modules.documents.kinds import IncomingState
from congso.modules.documents.models import Direction, DueChange, Incoming
from congso.modules.documents.queries import directions
from congso.modules.documents.queries.directions import Given
from congso.shared.organs.queries import labels as organ_labels
from congso.shared.people.queries import labels as position_labels


@dataclass(frozen=True, slots=True)
class Line:
    """One direction, whatever became of it.

    :param may_change: whether ``by`` may move its day or take it back now.
    """

    given: Given
    changes: Sequence[DueChange]
    may_change: bool

    @property
    def id(self) -> UUID:
        return self.given.direction.id


@dataclass(frozen=True, slots=True)
class Passed:
    """An organ that the paper was passed on to, and how far it has come there."""

    organ: str
    state: str
    return_reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    directions: Sequence[Line]
    forwarded: Sequence[Passed]


def progress_of(incoming: Incoming, *, by: Actor) -> Progress:
    """Return the directions, the newest first, and where the paper was passed on to; in six queries."""
    rows = directions.rows_of(incoming.id)
    passed = list(incoming.forwarded.order_by("arrived_at", "id"))
    parts = [part for _direction, some in rows for part in some]
    organs = organ_labels(
        {*(part.organ_id for part in parts if part.organ_id), *(paper.organ_id for paper in passed)}, on=clock.today()
    )
    givers = {direction.given_by_id for direction, _some in rows}
    people = position_labels(givers | {part.position_id for part in parts if part.position_id})
    return Progress(
        directions=[
            Line(given, changes, may_change)
            for given, changes, may_change in _lines(incoming, directions.told(rows, (people, organs)), by)
        ],
        forwarded=[
            Passed(organs[paper.organ_id].short_name, str(IncomingState(paper.state).label), paper.return_reason)
            for paper in passed
            if paper.organ_id in organs
        ],
    )


def _lines(incoming: Incoming, given: Sequence[Given], by: Actor) -> list[tuple[Given, list[DueChange], bool]]:
    still_open = Direction.objects.filter(incoming=incoming, closed_at=None).select_related("given_by")
    changeable = {direction.id for direction in still_open if permissions.CHANGE_DIRECTION.allows(by, direction)}
    changes: dict[UUID, list[DueChange]] = {}
    for change in DueChange.objects.filter(direction__incoming=incoming).order_by("at"):
        changes.setdefault(change.direction_id, []).append(change)
    return [(one, changes.get(one.direction.id, []), one.direction.id in changeable) for one in given]
