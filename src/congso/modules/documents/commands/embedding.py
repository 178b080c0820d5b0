"""Take pictures and Word files into a draft."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from congso.kernel.actor import Actor
from congso.modules.documents import body as bodies
from congso.modules.documents import importing, permissions
from congso.modules.documents.commands.drafting import DraftChangedElsewhere
from congso.modules.documents.commands.guarding import note_stated_step, notes_secrets
from congso.modules.documents.commands.texts import fill_text_step
from congso.modules.documents.comparing import Text
from congso.modules.documents.models import BodyImage, Document
from congso.modules.documents.queries.access import access_document, access_draft
from congso.modules.documents.secrecy import count_secrecy_marks, refuse_secret
from congso.shared import files, journal
from congso.shared.files import clean_name, media

_PICTURES: Final = (media.PNG, media.JPEG)


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """What a file gives to a draft, before its author takes or drops it; only the pictures are kept so far."""

    name: str
    body: bodies.Body
    left: tuple[importing.Left, ...]


@notes_secrets
@transaction.atomic(durable=True)
def add_picture(document_id: UUID, content: bytes, *, name: str, by: Actor, now: datetime) -> dict[str, Any]:
    """Keep a picture for the draft; return the attributes of its node, as wide as it is on a screen.

    It is part of the typing, so it leaves no line in the journal.

    :raises NotADraft: it went on its way meanwhile.
    :raises importing.ImportRefused: it is no picture, or too large; nothing was kept.
    :raises SecretContent: its name is a secrecy stamp.
    """
    access_document(document_id, by=by, to=permissions.EDIT)
    refuse_secret(names=[name])
    picture = importing.read_picture(content)
    document = access_draft(document_id, by=by)
    sha256 = _keep(document, picture.content, now=now)
    return {"sha256": sha256, "width": picture.millimetres, "alt": ""}


@notes_secrets
@transaction.atomic(durable=True)
def receive_file(
    document_id: UUID, content: bytes, *, name: str, by: Actor, now: datetime, declared: str = ""
) -> ReceivedFile:
    """Read a Word file or a picture for a draft: what it gives and what is left out; :func:`take_file` takes it.

    :param declared: the ticket of an earlier refusal, see ``secrecy.refuse_secret``.
    :raises NotADraft: it went on its way meanwhile.
    :raises importing.ImportRefused: the file is not opened.
    :raises SecretContent: a secrecy stamp stands anywhere in it; nothing was kept.
    :raises BodyNotUsable: it is longer than a paper.
    """
    # Its row is locked after the reading, which takes a while.
    access_document(document_id, by=by, to=permissions.EDIT)
    is_picture = importing.is_picture(content)
    word = importing.of_picture(content) if is_picture else importing.read_word(content)
    was_stated = refuse_secret(*word.guarded, names=[name], declared=declared, of=content)
    document = access_draft(document_id, by=by)
    body = bodies.check(word.body([_keep(document, picture, now=now) for picture, _kind in word.pictures]))
    if was_stated:
        note_stated_step(document.id, by=by, now=now)
        document.stamps_denied += count_secrecy_marks(bodies.to_text(body))
        document.save(update_fields=["stamps_denied"])
    return ReceivedFile(clean_name(name), body, word.left)


@notes_secrets
@transaction.atomic(durable=True)
def take_file(
    document_id: UUID, body: dict[str, Any], *, version: int, replaces: bool, left: int, by: Actor, now: datetime
) -> Document:
    """Put the content of a file into a draft.

    :param version: the ``edit_version`` that the page was showing.
    :param replaces: it takes the place of what was written; else it comes after that.
    :param left: of how many kinds of things the author was told that they are left out.
    :raises NotADraft: it went on its way meanwhile.
    :raises DraftChangedElsewhere: another window saved since.
    :raises BodyNotUsable, InvalidInput, SecretContent: see ``texts.fill_text_step``.
    """
    document = access_draft(document_id, by=by)
    if document.edit_version != version:
        raise DraftChangedElsewhere
    taken = bodies.check(body)
    whole = taken if replaces else {"type": "doc", "content": [*document.body.get("content", ()), *taken["content"]]}
    fill_text_step(document, Text(document.subject, document.legal_bases, whole), by=by, now=now)
    document.edit_version += 1
    document.save(update_fields=["subject", "body", "legal_bases", "changed_at", "stamps_denied", "edit_version"])
    journal.record("documents.file_taken", subject_id=document.id, by=by, at=now, left=left)
    return document


def _keep(document: Document, content: bytes, *, now: datetime) -> str:
    """Keep a picture that was written afresh by the reader's process."""
    stored = files.store(content, name="", media_types=_PICTURES, max_bytes=importing.MAX_PICTURE_BYTES)
    BodyImage.objects.get_or_create(document=document, file=stored, defaults={"added_at": now})
    return stored.sha256
