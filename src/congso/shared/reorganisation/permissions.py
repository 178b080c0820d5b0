"""Who may reorganise."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.shared.areas.dated import in_force
from congso.shared.authz import permission
from congso.shared.organs import queries as organs
from congso.shared.organs.models import OrganArea, OrganKind


@dataclass(frozen=True, slots=True)
class Reorganised:
    """The People's Committees of the areas that are to end, each with the organs above it."""

    superiors: tuple[frozenset[UUID], ...]


def reorganised(area_ids: Collection[UUID], on: date) -> Reorganised:
    """Return what the permissions judge."""
    committees = OrganArea.objects.filter(in_force(on), area__in=area_ids, organ__kind=OrganKind.PEOPLES_COMMITTEE)
    above = organs.overseers(list(committees.values_list("organ_id", flat=True)), on)
    return Reorganised(tuple(found - {organ_id} for organ_id, found in above.items()))


@permission("areas.merge", _("Sáp nhập đơn vị hành chính"))
def MERGE(actor: Actor, record: Reorganised) -> bool:
    """An administrator in an organ above the People's Committee of each merged area, or the installation itself."""
    return _administers_all(actor, record)


@permission("areas.split", _("Chia tách đơn vị hành chính"))
def SPLIT(actor: Actor, record: Reorganised) -> bool:
    """An administrator in an organ above the People's Committee of the area, or the installation itself."""
    return _administers_all(actor, record)


def _administers_all(actor: Actor, record: Reorganised) -> bool:
    administers = actor.organs_where("administrator")
    return actor.is_system or (bool(record.superiors) and all(administers & above for above in record.superiors))
