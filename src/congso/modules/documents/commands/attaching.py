"""Files that go with a paper: put in, take out, put in order, while it is a draft."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, NotFound
from congso.modules.documents.commands.guarding import note_stated_step, notes_secrets
from congso.modules.documents.models import Attachment, Document
from congso.modules.documents.queries.access import access_draft
from congso.modules.documents.screening import screened
from congso.shared import files, journal
from congso.shared.files import media
from congso.shared.files.pages import MAX_FILE_BYTES

TAKEN: Final = (media.PDF, media.DOCX, media.XLSX, media.ODT, media.ODS, media.PNG, media.JPEG, media.WEBP)
MOST_FILES: Final = 50
# Room is left for the organ's signature: larger files are not checked.
MOST_BYTES: Final = 50_000_000
MOST_TOGETHER: Final = 300_000_000


class TooManyAttachments(DomainError):
    code = "documents.too_many_attachments"
    message = _("Chưa nhận tệp “%(name)s”: một văn bản kèm nhiều nhất %(most)s tệp, tổng cộng 300 MB.")
    status = 422


@notes_secrets
@transaction.atomic(durable=True)
def attach(
    document_id: UUID,
    attachment_id: UUID,
    content: bytes,
    *,
    name: str,
    by: Actor,
    now: datetime,
    declared: str = "",
) -> Attachment:
    """Put a file with a draft, as the last one. The same form sent twice puts it there once.

    :param attachment_id: made from the form's key and the file's place in it.
    :param declared: the ticket of an earlier refusal, see ``secrecy.refuse_secret``.
    :raises NotADraft: the paper is on its way.
    :raises TooManyAttachments: more files or bytes than a paper may have.
    :raises SecretContent, congso.kernel.errors.DomainError: see ``screening.screened``; nothing is kept.
    """
    document = access_draft(document_id, by=by)
    there = Attachment.objects.filter(id=attachment_id).first()
    if there is not None:
        return _own(there, document)
    taken = screened(content, name=name, media_types=TAKEN, max_bytes=MOST_BYTES, declared=declared)
    kept = list(Attachment.objects.filter(document=document, removed_at=None).select_related("file"))
    if len(kept) >= MOST_FILES or sum(one.file.size for one in kept) + len(taken.content) > MOST_TOGETHER:
        raise TooManyAttachments(name=taken.name, most=MOST_FILES)
    attachment = Attachment.objects.create(
        id=attachment_id,
        document=document,
        place=1 + (Attachment.objects.filter(document=document).aggregate(last=Max("place"))["last"] or 0),
        name=taken.name,
        file=files.store(taken.content, name=name, media_types=TAKEN, max_bytes=MAX_FILE_BYTES),
        pages=taken.pages,
        gets_mark=taken.media_type == media.PDF and not taken.door.is_signed,
        is_signed_elsewhere=taken.door.is_signed,
        added_at=now,
    )
    if taken.was_stated:
        note_stated_step(document.id, by=by, now=now)
    _count(document, now=now)
    _record("documents.attached", attachment, by=by, now=now)
    return attachment


@transaction.atomic(durable=True)
def remove_attachment(document_id: UUID, attachment_id: UUID, *, by: Actor, now: datetime) -> Attachment:
    """Take a file out of a draft; until the paper is approved it can be put back.

    :raises NotADraft: the paper is on its way.
    """
    return _set_removed(document_id, attachment_id, removed_at=now, by=by, now=now)


@transaction.atomic(durable=True)
def restore_attachment(document_id: UUID, attachment_id: UUID, *, by: Actor, now: datetime) -> Attachment:
    """Put a file back that was taken out, at its old place.

    :raises NotADraft: the paper is on its way.
    """
    return _set_removed(document_id, attachment_id, removed_at=None, by=by, now=now)


@transaction.atomic(durable=True)
def move_attachment(document_id: UUID, attachment_id: UUID, *, up: bool, by: Actor, now: datetime) -> Attachment:
    """Let a file change places with the one before it, or after it.

    :raises NotADraft: the paper is on its way.
    """
    document = access_draft(document_id, by=by)
    ordered = list(Attachment.objects.filter(document=document).kept())
    here = next((place for place, one in enumerate(ordered) if one.id == attachment_id), None)
    if here is None:
        raise NotFound
    there = here - 1 if up else here + 1
    if 0 <= there < len(ordered):
        ordered[here], ordered[there] = ordered[there], ordered[here]
        _renumber(ordered)
        _record("documents.attachments_ordered", ordered[there], by=by, now=now)
    return Attachment.objects.get(id=attachment_id)


def _set_removed(
    document_id: UUID, attachment_id: UUID, *, removed_at: datetime | None, by: Actor, now: datetime
) -> Attachment:
    document = access_draft(document_id, by=by)
    attachment = Attachment.objects.filter(id=attachment_id, document=document).first()
    if attachment is None:
        raise NotFound
    if (attachment.removed_at is None) == (removed_at is None):
        return attachment
    attachment.removed_at = removed_at
    attachment.save(update_fields=["removed_at"])
    _count(document, now=now)
    act = "documents.attachment_restored" if removed_at is None else "documents.attachment_removed"
    _record(act, attachment, by=by, now=now)
    return attachment


def _own(attachment: Attachment, document: Document) -> Attachment:
    if attachment.document_id != document.id:
        raise NotFound
    return attachment


def _count(document: Document, *, now: datetime) -> None:
    document.attachment_count = Attachment.objects.filter(document=document, removed_at=None).count()
    document.changed_at = now
    document.save(update_fields=["attachment_count", "changed_at"])


def _renumber(ordered: Sequence[Attachment]) -> None:
    for place, attachment in enumerate(ordered, start=1):
        attachment.place = place
    Attachment.objects.bulk_update(ordered, ["place"])


def _record(act: str, attachment: Attachment, *, by: Actor, now: datetime) -> None:
    journal.record(
        act, subject_id=attachment.document_id, by=by, at=now, attachment=attachment.id, file=attachment.file_id
    )
