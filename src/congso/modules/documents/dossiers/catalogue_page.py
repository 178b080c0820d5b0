"""What the page of a year's catalogue shows."""

from dataclasses import dataclass
from uuid import UUID

from congso.kernel.actor import Actor
from congso.kernel.errors import NotFound
from congso.modules.documents.dossiers import permissions
from congso.modules.documents.models import DossierCatalogue, DossierEntry
from congso.shared.people.queries import PositionLabel, labels


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One dossier that the catalogue foresees; ``is_opened`` once somebody has begun it."""

    entry: DossierEntry
    maker: PositionLabel | None
    is_opened: bool


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """The catalogue of a year for who looks.

    :param may: add, copy, approve.
    """

    year: int
    catalogue: DossierCatalogue | None
    approved_by: PositionLabel | None
    rows: tuple[EntryRow, ...]
    may: frozenset[str]


def catalogue_page(organ_id: UUID, year: int, *, by: Actor) -> CataloguePage:
    """Return the page, empty where nobody has begun that year's catalogue; four queries."""
    catalogue = DossierCatalogue.objects.filter(organ=organ_id, year=year).first()
    entries = list(DossierEntry.objects.filter(catalogue=catalogue).order_by("notation")) if catalogue else []
    opened = set(DossierEntry.objects.filter(catalogue=catalogue).exclude(dossiers=None).values_list("id", flat=True))
    approver = catalogue.approved_by_id if catalogue else None
    people = labels({person for person in (approver, *(entry.maker_id for entry in entries)) if person})
    is_open = catalogue is None or catalogue.approved_at is None
    may_edit = is_open and permissions.EDIT_CATALOGUE.allows(by, organ_id)
    offered = {
        "add": may_edit,
        "copy": may_edit,
        "approve": is_open and bool(entries) and permissions.APPROVE_CATALOGUE.allows(by, organ_id),
    }
    return CataloguePage(
        year=year,
        catalogue=catalogue,
        approved_by=people.get(approver) if approver else None,
        rows=tuple(
            EntryRow(entry, people.get(entry.maker_id) if entry.maker_id else None, is_opened=entry.id in opened)
            for entry in entries
        ),
        may=frozenset(name for name, is_offered in offered.items() if is_offered),
    )


def entry_to_edit(entry_id: UUID, *, by: Actor) -> DossierEntry:
    """Return a line with its catalogue.

    :raises NotFound: no such line in an organ whose catalogue ``by`` writes.
    """
    entry = DossierEntry.objects.select_related("catalogue").filter(id=entry_id).first()
    if entry is None or not permissions.EDIT_CATALOGUE.allows(by, entry.catalogue.organ_id):
        raise NotFound
    return entry
