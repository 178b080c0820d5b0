"""Put papers and other files into an open dossier, take them out, put them in order."""

from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from congso.kernel.actor import Actor
from congso.kernel.errors import NotFound, NotPermitted
from congso.modules.documents import permissions as paper_permissions
from congso.modules.documents.commands.guarding import note_stated_step, notes_secrets
from congso.modules.documents.dossiers import permissions
from congso.modules.documents.dossiers.access import access_open
from congso.modules.documents.dossiers.errors import AlreadyInDossier, DossierFull, PaperNotReady
from congso.modules.documents.kinds import REGISTERED_AND_LATER, DocumentState, IncomingState
from congso.modules.documents.models import DossierItem, WorkDossier
from congso.modules.documents.queries.access import access_document, access_incoming
from congso.modules.documents.screening import screened
from congso.modules.documents.secrecy import refuse_secret
from congso.shared import files, journal
from congso.shared.files import media

MOST_ITEMS: Final = 1000
MOST_BYTES: Final = 50_000_000
TAKEN: Final = (
    media.PDF,
    media.DOCX,
    media.XLSX,
    media.ODT,
    media.ODS,
    media.PNG,
    media.JPEG,
    media.WEBP,
    media.PLAIN,
)
LONGEST_NOTE: Final = 500

type PaperKind = Literal["document", "incoming"]
PAPER_KINDS: Final[tuple[PaperKind, ...]] = ("document", "incoming")


@notes_secrets
@transaction.atomic(durable=True)
def put_in(
    dossier_id: UUID, kind: PaperKind, paper_id: UUID, *, by: Actor, now: datetime, note: str = ""
) -> DossierItem:
    """Let a paper belong to an open dossier, as its last; it may belong to others too, nothing is copied.

    One that was taken out before comes back.

    :raises DossierNotOpen: the dossier is closed, or further.
    :raises NotFound: a dossier or paper that ``by`` may not see.
    :raises PaperNotReady: withdrawn, returned, or not registered yet.
    :raises AlreadyInDossier, DossierFull: it is there, or there is no room.
    """
    dossier = access_open(dossier_id, by=by, to=permissions.KEEP)
    refuse_secret(note)
    found = _paper(kind, paper_id, by=by)
    item = DossierItem.objects.filter(dossier=dossier, **{kind: found}).first()
    if item is not None and item.removed_at is None:
        raise AlreadyInDossier(notation=dossier.notation)
    place = _next_place(dossier)
    if item is None:
        item = DossierItem(dossier=dossier, **{f"{kind}_id": found})
    item.place, item.note, item.removed_at = place, note[:LONGEST_NOTE], None
    item.added_by_id, item.added_at = _position(by), now
    item.save()
    _record("documents.put_in_dossier", item, by=by, now=now, paper=found)
    # The paper's own history says it too.
    journal.record("documents.filed_in_dossier", subject_id=found, by=by, at=now, notation=dossier.notation)
    return item


@notes_secrets
@transaction.atomic(durable=True)
def add_file(
    dossier_id: UUID,
    item_id: UUID,
    content: bytes,
    *,
    name: str,
    by: Actor,
    now: datetime,
    declared: str = "",
) -> DossierItem:
    """Put a file that is no paper (minutes, a picture) into an open dossier. Sent twice, it is there once.

    :param declared: the ticket of an earlier refusal, see ``secrecy.refuse_secret``.
    :raises DossierNotOpen, DossierFull: nothing can be put in.
    :raises SecretContent, congso.kernel.errors.DomainError: see ``screening.screened``; nothing is kept.
    """
    dossier = access_open(dossier_id, by=by, to=permissions.KEEP)
    there = DossierItem.objects.filter(id=item_id).first()
    if there is not None:
        if there.dossier_id != dossier.id:
            raise NotFound
        return there
    place = _next_place(dossier)
    taken = screened(content, name=name, media_types=TAKEN, max_bytes=MOST_BYTES, declared=declared)
    item = DossierItem.objects.create(
        id=item_id,
        dossier=dossier,
        place=place,
        file=files.store(taken.content, name=name, media_types=TAKEN, max_bytes=MOST_BYTES),
        name=taken.name,
        pages=taken.pages or 1,
        added_by_id=_position(by),
        added_at=now,
    )
    if taken.was_stated:
        note_stated_step(dossier.id, by=by, now=now)
    _record("documents.file_put_in_dossier", item, by=by, now=now, file=item.file_id)
    return item


@transaction.atomic(durable=True)
def take_out(dossier_id: UUID, item_id: UUID, *, by: Actor, now: datetime) -> DossierItem:
    """Take a paper or file out of an open dossier; until it is closed it can be put back.

    :raises DossierNotOpen: it is closed, or further.
    """
    item = _item(dossier_id, item_id, by=by)
    if item.removed_at is None:
        item.removed_at = now
        item.save(update_fields=["removed_at"])
        _record("documents.taken_out_of_dossier", item, by=by, now=now)
    return item


@transaction.atomic(durable=True)
def put_back(dossier_id: UUID, item_id: UUID, *, by: Actor, now: datetime) -> DossierItem:
    """Put back what was taken out, as the last.

    :raises DossierNotOpen, DossierFull: nothing can be put in.
    """
    item = _item(dossier_id, item_id, by=by)
    if item.removed_at is not None:
        item.place, item.removed_at = _next_place(item.dossier), None
        item.save(update_fields=["place", "removed_at"])
        _record("documents.put_back_in_dossier", item, by=by, now=now)
    return item


@notes_secrets
@transaction.atomic(durable=True)
def note_item(dossier_id: UUID, item_id: UUID, *, note: str, by: Actor, now: datetime) -> DossierItem:
    """Write a note beside a paper or file of an open dossier.

    :raises DossierNotOpen: it is closed, or further.
    :raises SecretContent: the note holds a secrecy stamp; nothing was kept.
    """
    item = _item(dossier_id, item_id, by=by)
    refuse_secret(note)
    item.note = note.strip()[:LONGEST_NOTE]
    item.save(update_fields=["note"])
    _record("documents.dossier_item_noted", item, by=by, now=now)
    return item


@transaction.atomic(durable=True)
def move_item(dossier_id: UUID, item_id: UUID, *, up: bool, by: Actor, now: datetime) -> None:
    """Let a thing change places with the one before it, or after it.

    :raises DossierNotOpen: it is closed, or further.
    """
    item = _item(dossier_id, item_id, by=by)
    present = DossierItem.objects.filter(dossier=dossier_id, removed_at=None)
    beside = (
        present.filter(place__lt=item.place).order_by("-place")
        if up
        else present.filter(place__gt=item.place).order_by("place")
    ).first()
    if beside is None:
        return
    item.place, beside.place = beside.place, item.place
    DossierItem.objects.bulk_update([item, beside], ["place"])
    _record("documents.dossier_ordered", item, by=by, now=now)


def _paper(kind: PaperKind, paper_id: UUID, *, by: Actor) -> UUID:
    """Return the id of a paper that ``by`` sees and that belongs into dossiers."""
    if kind == "document":
        document = access_document(paper_id, by=by, to=paper_permissions.SEE)
        is_ready = document.state != DocumentState.WITHDRAWN
    else:
        incoming = access_incoming(paper_id, by=by, to=paper_permissions.SEE_INCOMING)
        is_ready = incoming.state in {*REGISTERED_AND_LATER, IncomingState.RECALLED}
    if not is_ready:
        raise PaperNotReady
    return paper_id


def _item(dossier_id: UUID, item_id: UUID, *, by: Actor) -> DossierItem:
    dossier = access_open(dossier_id, by=by, to=permissions.KEEP)
    item = DossierItem.objects.filter(id=item_id, dossier=dossier).select_related("dossier").first()
    if item is None:
        raise NotFound
    return item


def _next_place(dossier: WorkDossier) -> int:
    """Return the place behind all others, while the dossier's row is locked.

    :raises DossierFull: nothing more goes in.
    """
    items = DossierItem.objects.filter(dossier=dossier)
    if items.filter(removed_at=None).count() >= MOST_ITEMS:
        raise DossierFull(notation=dossier.notation, most=MOST_ITEMS)
    return 1 + (items.aggregate(last=Max("place"))["last"] or 0)


def _position(by: Actor) -> UUID:
    if by.position_id is None:
        raise NotPermitted
    return by.position_id


def _record(act: str, item: DossierItem, *, by: Actor, now: datetime, **facts: object) -> None:
    journal.record(act, subject_id=item.dossier_id, by=by, at=now, item=item.id, **facts)
