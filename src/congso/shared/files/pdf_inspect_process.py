"""The process that looks into the objects of a stranger's PDF file: what it would do, not how it looks.

Run by its path, without Django, through :class:`congso.shared.files.apart.Apart`. Reads a line of JSON (``length``) and
that many bytes; answers a line of JSON: ``found`` (sorted words of ``WORDS``), or ``error``.
"""

import json
import logging
import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

MEMORY = 1024**3
MOST_OBJECTS = 400_000
# What is found, by the word that is answered.
WORDS = ("active", "embedded", "encrypted", "form", "signed", "xfa")
ACTIONS = {
    "/JavaScript": "active",
    "/Launch": "active",
    "/SubmitForm": "active",
    "/ImportData": "active",
    "/GoToE": "active",
    "/GoToR": "active",
    "/Rendition": "active",
    "/Movie": "active",
    "/Sound": "active",
    "/RichMediaExecute": "active",
}
SUBTYPES = {
    "/RichMedia": "active",
    "/3D": "active",
    "/Movie": "active",
    "/Sound": "active",
    "/Screen": "active",
    "/FileAttachment": "embedded",
}
KEYS = {
    "/JS": "active",
    "/EF": "embedded",
    "/EmbeddedFiles": "embedded",
    "/Fields": "form",
    "/XFA": "xfa",
    "/ByteRange": "signed",
    "/Perms": "signed",
}
TYPES = {"/EmbeddedFile": "embedded", "/Sig": "signed", "/DocTimeStamp": "signed"}


class TooMuch(Exception):
    """More objects than are looked at."""


def main(requests: BinaryIO, answers: BinaryIO) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    logging.disable(logging.CRITICAL)
    while line := requests.readline():
        pdf = requests.read(json.loads(line)["length"])
        answers.write(json.dumps(answer(pdf)).encode() + b"\n")
        answers.flush()


def answer(pdf: bytes) -> dict[str, object]:
    try:
        return {"found": sorted(found_in(pdf))}
    except TooMuch:
        return {"error": "too_complex"}
    except (RecursionError, MemoryError):
        return {"error": "too_complex"}
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, AssertionError):
        return {"error": "broken"}


def found_in(pdf: bytes) -> set[str]:
    reader = PdfFileReader(BytesIO(pdf))
    if reader.encrypted or "/Encrypt" in reader.trailer:
        return {"encrypted"}
    found: set[str] = set()
    for holder in dictionaries(reader):
        found.update(word for key, word in KEYS.items() if key in holder)
        for key, words in (("/S", ACTIONS), ("/Subtype", SUBTYPES), ("/Type", TYPES)):
            # Item access resolves references; ``get`` would hand them out as they are.
            if key in holder and isinstance(holder[key], generic.NameObject):
                found.update(word for name, word in words.items() if holder[key] == name)
    return found


def dictionaries(reader: PdfFileReader) -> Iterator[generic.DictionaryObject]:
    """Yield every dictionary that can be reached, streams' too; no stream is unpacked."""
    seen: set[tuple[int, int]] = set()
    waiting: list[object] = [reader.trailer.raw_get("/Root")]
    count = 0
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, generic.IndirectObject):
            place = (thing.idnum, thing.generation)
            if place in seen:
                continue
            seen.add(place)
            thing = thing.get_object()
        count += 1
        if count > MOST_OBJECTS:
            raise TooMuch
        if isinstance(thing, generic.DictionaryObject):
            yield thing
            waiting.extend(thing.raw_get(key) for key in thing)
        elif isinstance(thing, generic.ArrayObject):
            waiting.extend(thing.raw_get(place) for place in range(len(thing)))


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
