"""Write a dossier out as a folder that opens and verifies without this program."""

import tempfile
import zipfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import IO, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, NotPermitted
from congso.modules.documents.commands.pressing import hold_id
from congso.modules.documents.dossiers import folder as folders
from congso.modules.documents.dossiers import permissions
from congso.modules.documents.dossiers.access import access_dossier
from congso.modules.documents.dossiers.metadata import Around
from congso.modules.documents.dossiers.pages import ItemRow, item_rows
from congso.modules.documents.dossiers.wanted import safe_name, size_of, wanted_of
from congso.modules.documents.models import Assignment, DossierExport, DossierState, Recipient, WorkDossier
from congso.shared import journal
from congso.shared.accounts.queries import actor_for
from congso.shared.files import leftovers
from congso.shared.files.keeping import store_packed
from congso.shared.journal import sealing
from congso.shared.journal.models import JournalLine
from congso.shared.organs.queries import labels as organ_labels
from congso.shared.people.queries import labels

KEPT: Final = timedelta(days=30)
MOST_BYTES: Final = 250_000_000
MOST_FILES: Final = 1_900
# Progress is written each time so many are done.
TOLD_EVERY: Final = 5


class DossierTooBigToExport(DomainError):
    code = "documents.dossier_too_big_to_export"
    message = _("Hồ sơ có hơn 250 MB hoặc 1.900 tệp nên không xuất thành một tệp được. Tách hồ sơ thành nhiều tập.")


class DossierDestroyed(DomainError):
    code = "documents.dossier_destroyed"
    message = _("Hồ sơ %(notation)s đã tiêu hủy nên không xuất được.")


@transaction.atomic(durable=True)
def ask_for_export(export_id: UUID, dossier_id: UUID, *, by: Actor, now: datetime) -> DossierExport:
    """Let a job write the dossier out for ``by``. The same form sent twice asks once.

    What ``by`` may not read is named in the folder without its file.

    :raises DossierDestroyed: there is nothing left of it.
    """
    hold_id(export_id)
    dossier = access_dossier(dossier_id, by=by, to=permissions.SEE)
    if by.position_id is None:
        raise NotPermitted
    there = DossierExport.objects.filter(id=export_id, dossier=dossier).first()
    if there is not None:
        return there
    if dossier.state == DossierState.DESTROYED:
        raise DossierDestroyed(notation=dossier.notation)
    total = dossier.items.filter(removed_at=None).count()
    export = DossierExport.objects.create(
        id=export_id, dossier=dossier, asked_by_id=by.position_id, asked_at=now, total=total
    )
    journal.record("documents.dossier_exported", subject_id=dossier.id, by=by, at=now, export=export.id)
    app.configure_task("documents.export_dossier", queue="registers").defer(export_id=str(export.id))
    return export


def write_export(export_id: UUID, *, now: datetime) -> None:
    """Write what was asked for; how far it is can be seen meanwhile. Safe to run twice.

    Not a transaction of its own: progress is seen while it runs.
    """
    export = DossierExport.objects.select_related("dossier").filter(id=export_id, file=None, failure="").first()
    if export is None:
        return
    with tempfile.TemporaryFile() as target:
        try:
            _write(export, target, now=now)
        except DomainError as refusal:
            DossierExport.objects.filter(id=export.id, file=None).update(failure=str(refusal)[:500])
            return
        _keep(export.id, target, now=now)


@transaction.atomic(durable=True)
def forget_exports(*, now: datetime) -> int:
    """Forget the folders that were written out long ago: they can be asked for again. No act, so no line."""
    old = DossierExport.objects.filter(asked_at__lt=now - KEPT)
    sha256s = [sha256 for sha256 in old.values_list("file", flat=True) if sha256]
    forgotten, _by_table = old.delete()
    leftovers.forget(sha256s)
    return forgotten


def folder_name(dossier: WorkDossier) -> str:
    """Return what the folder is called: ``ho-so-2023-01-tccb``."""
    return f"ho-so-{dossier.year}-{safe_name(dossier.notation)}"


@transaction.atomic(durable=True)
def _keep(export_id: UUID, written: IO[bytes], *, now: datetime) -> None:
    export = DossierExport.objects.select_for_update().filter(id=export_id, file=None).first()
    if export is None:
        return
    export.file = store_packed(written)
    export.done, export.done_at = export.total, now
    export.save(update_fields=["file", "done", "done_at"])


def _write(export: DossierExport, target: IO[bytes], *, now: datetime) -> None:
    """Write the ZIP file. What is too big is refused before anything is read."""
    dossier = export.dossier
    by = actor_for(export.asked_by_id, on=clock.day_of(now))
    rows = item_rows(list(dossier.items.present()), by=by)
    wanted = wanted_of(rows)
    each = [one for found in wanted for one in found]
    if len(each) > MOST_FILES or size_of(each) > MOST_BYTES:
        raise DossierTooBigToExport
    with zipfile.ZipFile(target, "w") as archive:
        folder = folders.Folder(archive, folder_name(dossier), export.asked_at)
        folders.gather(folder, rows, wanted, now=now, told=lambda done: _tell(export, done))
        sums = folders.describe(folder, dossier, rows, _around(dossier, rows, now=now), now=now)
        told = _told(export, sums, now=now)
        # Without its seal the folder is given all the same; its script says what could not be compared.
        sealing.seal_through(told, now=now)
        folders.finish(folder, dossier, [row.item for row in rows], told=told)


@transaction.atomic(durable=True)
def _told(export: DossierExport, sums: Mapping[str, str], *, now: datetime) -> JournalLine:
    """Name in the journal what was written, before the folder is closed: the line and its seal belong into it."""
    return journal.record(
        "documents.dossier_written",
        subject_id=export.dossier_id,
        by=Actor.system(),
        at=now,
        export=export.id,
        **sums,
    )


def _tell(export: DossierExport, done: int) -> None:
    if done % TOLD_EVERY == 0:
        DossierExport.objects.filter(id=export.id).update(done=done)


def _around(dossier: WorkDossier, rows: list[ItemRow], *, now: datetime) -> Around:
    """Return what the metadata says of organs and people, in four queries."""
    documents = [row.item.document for row in rows if row.item.document]
    arrived = [row.item.incoming for row in rows if row.item.incoming]
    recipients = list(Recipient.objects.filter(document__in=documents).order_by("place"))
    orders = list(Assignment.objects.filter(incoming__in=arrived, taken_back_at=None).order_by("id"))
    wanted = {dossier.opened_by_organ_id, *(one.organ_id for one in documents), *(one.sender_id for one in arrived)}
    wanted |= {one.organ_id for one in recipients} | {one.organ_id for one in orders}
    organs = organ_labels([organ_id for organ_id in wanted if organ_id], on=clock.day_of(now))
    met = {one.position_id for one in recipients} | {one.position_id for one in orders} | {dossier.keeper_id}
    people = labels(position_id for position_id in met if position_id)
    known: dict[UUID | None, tuple[str, str]] = {key: (organ.code, organ.name) for key, organ in organs.items()}
    going: dict[UUID, list[tuple[str, str]]] = {}
    for one in recipients:
        person = people[one.position_id].full_name if one.position_id else one.name
        going.setdefault(one.document_id, []).append(known.get(one.organ_id, ("", person)))
    given: dict[UUID, list[str]] = {}
    for part in orders:
        person = people[part.position_id].full_name if part.position_id else ""
        given.setdefault(part.incoming_id, []).append(known.get(part.organ_id, ("", person))[1])
    code, name = known.get(dossier.opened_by_organ_id, ("", ""))
    return Around(
        organ_code=code,
        organ_name=name,
        creator=people[dossier.keeper_id].full_name,
        organs=known,
        recipients=going,
        orders={key: "; ".join(names) for key, names in given.items()},
    )
