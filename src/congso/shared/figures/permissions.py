"""Who may open a figure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.shared.authz import permission
from congso.shared.organs import queries as organs
from congso.shared.organs.lineage import Lineage
from congso.shared.organs.models import Organ


@dataclass(frozen=True, slots=True)
class Inspected:
    """The organs whose register lines are asked for, each with those that may look into its work."""

    overseers: tuple[frozenset[UUID], ...]


def inspected(organ_ids: Collection[UUID], on: date) -> Inspected:
    """Return what :data:`INSPECT` judges: for an organ that is not yet, those whom it will follow."""
    return Inspected(tuple(organs.overseers(_begun(organ_ids, on), on).values()))


def _begun(organ_ids: Collection[UUID], on: date) -> Collection[UUID]:
    coming = dict(Organ.objects.filter(id__in=organ_ids, valid__startswith__gt=on).values_list("id", "kind"))
    if not coming:
        return organ_ids
    before = Lineage.read({*coming.values()}).stand_in(list(coming), on)
    return {*organ_ids} - {*coming} | before


@permission("figures.inspect", _("Mở số liệu"))
def INSPECT(actor: Actor, record: Inspected) -> bool:
    """Officers of the organ, of one above it, or of its heir; for several organs, of each."""
    return bool(record.overseers) and all(actor.serves & overseers for overseers in record.overseers)
