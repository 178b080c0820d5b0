"""Read one page of a stack: see it, turn it upright, read its words, pass them by the guard against secrets."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image

from congso.modules.documents.scans import ocr, pages
from congso.modules.documents.secrecy import refuse_secret


@dataclass(frozen=True, slots=True)
class Read:
    """A page whose words are no secret.

    :param pdf: the page with its words as an invisible layer; nothing where it was not read by machine.
    :param was_stated: only the officer's statement let it pass.
    """

    seen: pages.Seen
    turn: int
    lines: list[list[Any]]
    pdf: bytes
    is_typed: bool
    was_read: bool
    was_stated: bool


def read_page(content: bytes, media: str, place: int, *, turn: int, is_turned: bool, declared: str) -> Read:
    """Return one page of a file, read.

    :param is_turned: a person chose ``turn``; otherwise the print is looked at.
    :raises SecretContent: it has a secrecy stamp; the ticket is bound to the file's bytes.
    :raises congso.modules.documents.scans.pages.ScanNotReadable, ScanTooLarge: it cannot be opened.
    """
    seen = pages.see(content, media, place, turn=turn)
    lines, pdf, is_typed, was_read = seen.lines, b"", _has_words(seen.lines), True
    if not (is_typed or seen.is_separator or seen.is_empty):
        was_read = ocr.is_there()
        if was_read and not is_turned and (needed := ocr.turn_of(seen.to_read)):
            turn = (turn + needed) % 360
            seen = pages.see(content, media, place, turn=turn)
        if was_read:
            lines, pdf, was_read = _by_machine(seen.to_read)
    was_stated = refuse_secret("\n".join(str(line[0]) for line in lines), declared=declared, of=content)
    return Read(seen, turn, lines, pdf, is_typed, was_read, was_stated)


def _has_words(lines: list[list[Any]]) -> bool:
    return sum(len(str(line[0])) for line in lines) >= FEWEST_LETTERS


def _by_machine(jpeg: bytes) -> tuple[list[list[Any]], bytes, bool]:
    with Image.open(BytesIO(jpeg)) as picture:
        width, height = picture.size
    try:
        reading = ocr.read(jpeg, width=width, height=height)
    except ocr.CouldNotRead:
        return [], b"", False
    return reading.lines, reading.pdf, True


# A stamped page number is no text layer.
FEWEST_LETTERS = 40
