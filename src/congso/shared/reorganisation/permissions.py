"""Who may reorganise."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.shared.authz import permission


@dataclass(frozen=True, slots=True)
class Merged:
    """The organs of the areas to be merged, each with the organs above it."""

    superiors: tuple[frozenset[UUID], ...]


@permission("areas.merge", _("Sáp nhập đơn vị hành chính"))
def MERGE(actor: Actor, record: Merged) -> bool:
    """An administrator in an organ above the People's Committee of each merged area, or the installation itself."""
    administers = actor.organs_where("administrator")
    return actor.is_system or (bool(record.superiors) and all(administers & above for above in record.superiors))
