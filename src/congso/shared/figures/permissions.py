"""Who may open a figure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.shared.authz import permission
from congso.shared.organs import queries as organs


@dataclass(frozen=True, slots=True)
class Inspected:
    """The organs whose register lines are asked for, each with those that may look into its work."""

    overseers: tuple[frozenset[UUID], ...]


def inspected(organ_ids: Collection[UUID], on: date) -> Inspected:
    """Return what :data:`INSPECT` judges."""
    return Inspected(tuple(organs.overseers(organ_ids, on).values()))


@permission("figures.inspect", _("Mở số liệu"))
def INSPECT(actor: Actor, record: Inspected) -> bool:
    """Officers of the organ, of one above it, or of its heir; for several organs, of each."""
    return bool(record.overseers) and all(actor.serves & overseers for overseers in record.overseers)
