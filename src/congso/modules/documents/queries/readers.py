"""Who of those whom an incoming paper reaches has opened it."""

from dataclasses import dataclass
from datetime import datetime

from congso.kernel import clock
from congso.modules.documents.kinds import AssignmentKind
from congso.modules.documents.models import Incoming, ReadMark
from congso.shared.people.queries import PositionLabel, positions_in
from congso.shared.people.queries import labels as position_labels


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody whom the paper reaches.

    :param read_at: when the position first opened it, also in an earlier version; None if never.
    """

    position: PositionLabel
    kind: str
    read_at: datetime | None

    @property
    def kind_name(self) -> str:
        return str(AssignmentKind(self.kind).label)


def readers_of(incoming: Incoming, *, now: datetime) -> list[Reader]:
    """Return whom the directions name, and the heads of the organs that they name: those who have not read first.

    In four queries.
    """
    parts = list(incoming.assignments.filter(taken_back_at=None).order_by("direction__given_at", "place"))
    organ_ids = {part.organ_id for part in parts if part.organ_id}
    heads = positions_in(organ_ids, clock.day_of(now), roles=["head", "leader"]) if organ_ids else []
    people = position_labels(part.position_id for part in parts if part.position_id)
    kinds: dict[PositionLabel, str] = {}
    for part in sorted(parts, key=lambda part: _STRENGTH.index(part.kind)):
        named = [people[part.position_id]] if part.position_id else [h for h in heads if h.organ_id == part.organ_id]
        for label in named:
            kinds.setdefault(label, part.kind)
    marks = ReadMark.objects.filter(subject_id=incoming.id, position__in=[label.id for label in kinds])
    # The first of several versions: the last in this order stays.
    read = dict(marks.order_by("-read_at").values_list("position_id", "read_at"))
    readers = [Reader(label, kind, read.get(label.id)) for label, kind in kinds.items()]
    return sorted(readers, key=lambda reader: reader.read_at is not None)


_STRENGTH: list[str] = [AssignmentKind.LEAD, AssignmentKind.SUPPORT, AssignmentKind.INFORMED]
