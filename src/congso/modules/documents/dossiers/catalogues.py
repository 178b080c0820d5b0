"""The yearly catalogue of dossiers: written by the records clerk, approved by a leader."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from congso.kernel.actor import Actor
from congso.kernel.errors import InvalidInput, NotFound, NotPermitted
from congso.kernel.ids import new_id
from congso.modules.documents.commands.guarding import notes_secrets
from congso.modules.documents.commands.pressing import hold_id
from congso.modules.documents.dossiers import permissions
from congso.modules.documents.dossiers.errors import CatalogueApproved, CatalogueEmpty, NotationTaken
from congso.modules.documents.dossiers.opening import DossierInput, checked, keepers_of
from congso.modules.documents.models import DossierCatalogue, DossierEntry
from congso.shared import journal

FIRST_YEAR, LAST_YEAR = 1900, 2200
MOST_ENTRIES = 2000


@notes_secrets
@transaction.atomic(durable=True)
def add_entry(
    entry_id: UUID,
    organ_id: UUID,
    *,
    year: int,
    given: DossierInput,
    maker_id: UUID | None,
    by: Actor,
    now: datetime,
) -> DossierEntry:
    """Foresee a dossier in the catalogue of a year. The same form sent twice adds one.

    :param maker_id: the position that will make it, of the organ or of one that serves it.
    :raises CatalogueApproved: a leader has approved it.
    :raises NotationTaken, NotationWrong, RetentionWrong, InvalidInput, SecretContent: nothing was kept.
    """
    catalogue = _open_catalogue(organ_id, year, by=by, now=now)
    there = DossierEntry.objects.filter(id=entry_id).first()
    if there is not None:
        if there.catalogue_id != catalogue.id:
            raise NotFound
        return there
    _check(catalogue, given, maker_id, now=now)
    if catalogue.entries.count() >= MOST_ENTRIES:
        raise InvalidInput(detail=_("danh mục có nhiều nhất 2.000 hồ sơ"))
    entry = DossierEntry.objects.create(
        id=entry_id,
        catalogue=catalogue,
        notation=given.notation,
        title=given.title,
        retention=given.retention,
        other_years=given.other_years,
        maker_id=maker_id,
    )
    _record("documents.dossier_entry_added", catalogue, by=by, now=now, notation=entry.notation)
    return entry


@notes_secrets
@transaction.atomic(durable=True)
def edit_entry(entry_id: UUID, *, given: DossierInput, maker_id: UUID | None, by: Actor, now: datetime) -> DossierEntry:
    """Correct what the catalogue foresees; errors as of :func:`add_entry`."""
    entry, catalogue = _entry(entry_id, by=by)
    _check(catalogue, given, maker_id, now=now, but=entry.id)
    entry.notation, entry.title = given.notation, given.title
    entry.retention, entry.other_years, entry.maker_id = given.retention, given.other_years, maker_id
    entry.save()
    _record("documents.dossier_entry_edited", catalogue, by=by, now=now, notation=entry.notation)
    return entry


@transaction.atomic(durable=True)
def drop_entry(entry_id: UUID, *, by: Actor, now: datetime) -> DossierCatalogue:
    """Take a dossier out of a catalogue that is not approved yet.

    :raises CatalogueApproved: a leader has approved it.
    """
    entry, catalogue = _entry(entry_id, by=by)
    entry.delete()
    _record("documents.dossier_entry_dropped", catalogue, by=by, now=now, notation=entry.notation)
    return catalogue


@transaction.atomic(durable=True)
def copy_last_year(organ_id: UUID, *, year: int, by: Actor, now: datetime) -> int:
    """Take what last year's catalogue foresaw and this year's does not have yet; return how many.

    Makers who no longer hold their position are left out.

    :raises CatalogueApproved: a leader has approved this year's.
    :raises CatalogueEmpty: last year had none.
    """
    catalogue = _open_catalogue(organ_id, year, by=by, now=now)
    known = set(catalogue.entries.values_list("notation", flat=True))
    last = DossierEntry.objects.filter(catalogue__organ=organ_id, catalogue__year=year - 1).order_by("notation")
    if not last:
        raise CatalogueEmpty(year=year - 1)
    still_here = set(keepers_of(organ_id, now=now))
    copied = DossierEntry.objects.bulk_create(
        DossierEntry(
            id=new_id(),
            catalogue=catalogue,
            notation=entry.notation,
            title=entry.title,
            retention=entry.retention,
            other_years=entry.other_years,
            maker_id=entry.maker_id if entry.maker_id in still_here else None,
        )
        for entry in last
        if entry.notation not in known
    )
    _record("documents.dossier_catalogue_copied", catalogue, by=by, now=now, count=len(copied))
    return len(copied)


@transaction.atomic(durable=True)
def approve_catalogue(organ_id: UUID, *, year: int, by: Actor, now: datetime) -> DossierCatalogue:
    """Approve the catalogue of a year: dossiers can be made by it, and it is no longer changed.

    :raises NotPermitted: ``by`` leads neither the organ nor heads it.
    :raises CatalogueEmpty: there is nothing to approve.
    :raises CatalogueApproved: it is approved already.
    """
    permissions.APPROVE_CATALOGUE.require(by, organ_id)
    if by.position_id is None:
        raise NotPermitted
    catalogue = DossierCatalogue.objects.select_for_update().filter(organ=organ_id, year=year).first()
    if catalogue is None or not catalogue.entries.exists():
        raise CatalogueEmpty(year=year)
    if catalogue.approved_at is not None:
        raise CatalogueApproved(year=year)
    catalogue.approved_by_id, catalogue.approved_at = by.position_id, now
    catalogue.save(update_fields=["approved_by", "approved_at"])
    _record("documents.dossier_catalogue_approved", catalogue, by=by, now=now, count=catalogue.entries.count())
    return catalogue


def _open_catalogue(organ_id: UUID, year: int, *, by: Actor, now: datetime) -> DossierCatalogue:
    """Return the catalogue of a year, locked; the first entry begins it."""
    permissions.EDIT_CATALOGUE.require(by, organ_id)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound
    hold_id(organ_id)
    catalogue, _made = DossierCatalogue.objects.get_or_create(organ_id=organ_id, year=year, defaults={"made_at": now})
    return _not_approved(catalogue)


def _entry(entry_id: UUID, *, by: Actor) -> tuple[DossierEntry, DossierCatalogue]:
    entry = DossierEntry.objects.select_related("catalogue").filter(id=entry_id).first()
    if entry is None or not permissions.READ_CATALOGUE.allows(by, entry.catalogue.organ_id):
        raise NotFound
    permissions.EDIT_CATALOGUE.require(by, entry.catalogue.organ_id)
    catalogue = DossierCatalogue.objects.select_for_update().get(id=entry.catalogue_id)
    return entry, _not_approved(catalogue)


def _not_approved(catalogue: DossierCatalogue) -> DossierCatalogue:
    if catalogue.approved_at is not None:
        raise CatalogueApproved(year=catalogue.year)
    return catalogue


def _check(
    catalogue: DossierCatalogue, given: DossierInput, maker_id: UUID | None, *, now: datetime, but: UUID | None = None
) -> None:
    checked(given)
    if maker_id is not None and maker_id not in keepers_of(catalogue.organ_id, now=now):
        raise InvalidInput(detail=_("người lập hồ sơ phải làm việc ở cơ quan này"))
    same = catalogue.entries.filter(notation=given.notation)
    if (same.exclude(id=but) if but else same).exists():
        raise NotationTaken(notation=given.notation, year=catalogue.year)


def _record(act: str, catalogue: DossierCatalogue, *, by: Actor, now: datetime, **facts: object) -> None:
    journal.record(act, subject_id=catalogue.id, by=by, at=now, year=catalogue.year, **facts)
