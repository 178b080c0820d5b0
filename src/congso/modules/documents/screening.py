"""Files that come in from a desk: checked, read and passed by the guard against secrets, before anything is kept."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from congso.modules.documents.secrecy import refuse_secret
from congso.shared.files import clean_name, media, office_texts, pages, pdf_door
from congso.shared.files.errors import FileUnsafe
from congso.shared.files.keeping import checked_type

MAX_BYTES: Final = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Screened:
    """A file that may be kept.

    :param door: what the door found in a PDF, and the bytes of any file: as given, or drawn anew from its pages.
    :param name: as people may see and save it.
    :param text: its words for the search; none of a picture.
    :param pages: of a PDF, else 0.
    :param was_stated: only the officer's statement let it pass; the act that keeps it says so
        (``commands.guarding.note_stated_step``).
    """

    door: pdf_door.Passed
    name: str
    media_type: str
    text: str
    pages: int
    was_stated: bool

    @property
    def content(self) -> bytes:
        """The file as it is kept."""
        return self.door.pdf


def screened(
    content: bytes,
    *,
    name: str,
    media_types: Collection[str],
    max_bytes: int = MAX_BYTES,
    declared: str = "",
    also: Collection[str] = (),
) -> Screened:
    """Return the file with its words, if it is of a kind that is taken, harmless and carries no secrecy stamp.

    :param declared: the ticket of an earlier refusal, see ``secrecy.refuse_secret``.
    :param also: what was typed beside it.
    :raises congso.shared.files.errors.FileRefused: its kind, size, name or make-up is not taken.
    :raises congso.shared.files.pages.PdfNotReadable, PdfEncrypted, PdfTooLarge, PdfTooSlow: a PDF that is not shown.
    :raises congso.shared.files.pdf_door.PdfActs, PdfHidesFiles, PdfIsForm: a PDF that does or hides something.
    :raises SecretContent: a stamp in its words, its name, or what was typed.
    """
    media_type = checked_type(content, name=name, media_types=media_types, max_bytes=max_bytes)
    shown = clean_name(name)
    door = pdf_door.passed(content) if media_type == media.PDF else pdf_door.Passed(content)
    texts, hidden = _words(door.pdf, media_type, name=shown)
    was_stated = refuse_secret(*texts, *hidden, *also, names=[name], declared=declared, of=content)
    return Screened(
        door=door,
        name=shown,
        media_type=media_type,
        text="\n".join(texts),
        pages=len(texts) if media_type == media.PDF else 0,
        was_stated=was_stated,
    )


def _words(content: bytes, media_type: str, *, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of each page, and what only the guard looks at."""
    if media_type == media.PDF:
        return pages.texts_of(content), pages.loose_texts_of(content)
    if media_type == media.PLAIN:
        return (content.decode("utf-8-sig"),), ()
    if media_type not in office_texts.READ:
        return (), ()
    try:
        return (office_texts.text_of(content, media_type),), ()
    except office_texts.NotReadable:
        raise FileUnsafe(name=name) from None
