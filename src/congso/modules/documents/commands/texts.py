"""The text of a draft, checked and set: a step of every command that writes one."""

import unicodedata
from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.errors import InvalidInput
from congso.modules.documents import body as bodies
from congso.modules.documents.commands.guarding import note_stated_step
from congso.modules.documents.comparing import Text
from congso.modules.documents.models import Document
from congso.modules.documents.secrecy import SecretContent, count_secrecy_marks


def fill_text_step(
    document: Document,
    text: Text,
    *,
    by: Actor,
    now: datetime,
    beside: Iterable[str] = (),
    stamps_denied: int = 0,
    pictures: Collection[str] = (),
) -> None:
    """Set subject, body and legal bases; nothing is saved.

    :param beside: what else was typed, for the guard against secrets.
    :param stamps_denied: so many lines that look like a secrecy stamp are none, the author states.
    :param pictures: that it may show besides its own.
    :raises BodyNotUsable: see ``body.check``.
    :raises InvalidInput: the body shows a picture that was not put into this document.
    :raises SecretContent: more lines look like a stamp than the author has stated to be none.
    """
    clean = unicodedata.normalize("NFC", " ".join(text.subject.split()))
    checked = bodies.check(text.body)
    stamps = count_secrecy_marks(clean, bodies.to_text(checked), *text.legal_bases, *beside)
    if stamps > max(document.stamps_denied, stamps_denied):
        raise SecretContent(stamps=stamps)
    _refuse_strange_pictures(document, checked, pictures)
    if stamps > document.stamps_denied:
        document.stamps_denied = stamps
        note_stated_step(document.id, by=by, now=now)
    document.subject = clean[:500]
    document.body = checked
    document.legal_bases = [unicodedata.normalize("NFC", line.strip()) for line in text.legal_bases if line.strip()]
    document.changed_at = now


def _refuse_strange_pictures(document: Document, body: bodies.Body, allowed: Collection[str]) -> None:
    """Refuse a picture by its hash alone: whoever names another's would get to see it."""
    shown = set(bodies.images_in(body)).difference(allowed)
    if shown and shown - set(document.images.filter(file__in=shown).values_list("file_id", flat=True)):
        raise InvalidInput(detail=_("có ảnh chưa được đưa vào văn bản này. Xóa ảnh đó rồi chèn lại từ tệp."))
