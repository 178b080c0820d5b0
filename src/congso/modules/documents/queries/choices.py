"""Whom and what the forms offer."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from congso.shared.organs.models import OrganKind, OrganPlace, Relation
from congso.shared.organs.queries import OrganLabel, committees_under, labels
from congso.shared.people.queries import PositionLabel, positions_in

type Choices = list[tuple[str, str]]

# One box for all committees below; read by the form, never stored.
ALL_BELOW = "all-below"


def issuing_organs(organ_ids: Sequence[UUID], today: date) -> list[OrganLabel]:
    """Return the organs that a position may draft for, the People's Committee first."""
    found = labels(organ_ids, on=today).values()
    return sorted(found, key=lambda organ: (organ.kind != OrganKind.PEOPLES_COMMITTEE, organ.name))


def signatories(organ_ids: Sequence[UUID], today: date) -> Choices:
    """Return who may be chosen to sign: leaders and heads of those organs."""
    return _positions(positions_in(organ_ids, today, roles=["leader", "head"]))


def reviewers(organ_ids: Sequence[UUID], today: date, *, except_for: UUID | None) -> Choices:
    """Return who may be asked to review: leaders, heads and specialists of those organs, without the author."""
    staff = positions_in(organ_ids, today, roles=["leader", "head", "specialist"])
    return _positions(label for label in staff if label.id != except_for)


def persons(organ_ids: Sequence[UUID], around: Sequence[UUID], today: date) -> Choices:
    """Return who may get a paper by name: everybody of these organs, the leaders and heads of those around."""
    own = positions_in(organ_ids, today)
    leading = positions_in(set(around) - set(organ_ids), today, roles=["leader", "head"])
    names = labels({label.organ_id for label in leading}, on=today)
    return [
        *_positions(own),
        *((str(label.id), f"{_named(label)}, {names[label.organ_id].short_name}") for label in leading),
    ]


def staff(organ_id: UUID, today: date) -> Choices:
    """Return who works in an organ and those that serve it."""
    return _positions(positions_in([organ_id, *serving_organs(organ_id, today)], today))


def assignees(organ_id: UUID, today: date, *, except_for: UUID | None = None) -> Choices:
    """Return whom a leader may give work to: people of the organ, then the departments and offices that serve it."""
    serving = serving_organs(organ_id, today)
    found = positions_in([organ_id], today, roles=["leader", "head", "specialist"])
    organs = sorted(labels(serving, on=today).values(), key=lambda organ: organ.short_name) if serving else []
    people = _positions(label for label in found if label.id != except_for)
    return [*people, *((str(organ.id), organ.short_name) for organ in organs)]


def serving_organs(organ_id: UUID, today: date) -> list[UUID]:
    """Return the departments and offices that serve an organ."""
    serving = OrganPlace.objects.filter(parent=organ_id, relation=Relation.SERVES, valid__contains=today)
    return list(serving.values_list("organ_id", flat=True))


def recipients(organ_id: UUID, today: date, *, chosen: Sequence[UUID] = ()) -> Choices:
    """Return where a paper of an organ may go: all below it at once, each of them, those above and beside it.

    :param chosen: organs to offer in any case.
    """
    below = list(committees_under(organ_id, on=today))
    around = _around(organ_id, today)
    wanted = dict.fromkeys([*chosen, *around, *below])
    wanted.pop(organ_id, None)
    names = labels(list(wanted), on=today)
    choices = [(str(key), names[key].short_name) for key in wanted if key in names]
    if len(below) > 1:
        choices.insert(0, (ALL_BELOW, _("Tất cả %(n)s xã, thị trấn") % {"n": len(below)}))
    return choices


def all_below(organ_id: UUID, today: date) -> list[UUID]:
    """Return the committees that ``ALL_BELOW`` stands for."""
    return list(committees_under(organ_id, on=today))


def _around(organ_id: UUID, today: date) -> list[UUID]:
    """Return the organ above, its other committees, and the organs that serve this one."""
    places = OrganPlace.objects.filter(valid__contains=today)
    above = list(places.filter(organ=organ_id).values_list("parent_id", flat=True))
    beside = [organ for parent in above for organ in committees_under(parent, on=today)]
    serving = list(places.filter(parent=organ_id).values_list("organ_id", flat=True))
    return [*above, *beside, *serving]


def _positions(staff: Iterable[PositionLabel]) -> Choices:
    return [(str(label.id), _named(label)) for label in staff]


def _named(label: PositionLabel) -> str:
    return f"{label.full_name}, {label.title}"
