"""The words of Word, Excel and OpenDocument files: XML read piece by piece, with limits, without any entity.

The archive itself was checked at the door (``media``): how much it unpacks to, how many parts it has.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Final
from xml.parsers import expat

from congso.shared.files import media

# Of letters and elements together.
MOST_LETTERS: Final = 4_000_000
READ: Final = frozenset({media.DOCX, media.XLSX, media.ODT, media.ODS})
_CHUNK: Final = 1 << 16
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    expat.ExpatError,
)
# Which parts of an archive hold words that people read.
_WORDS: Final = {
    media.DOCX: re.compile(r"(word/(?!(?:styles|settings|fontTable|theme|numbering|webSettings)).*|docProps/.*)\.xml"),
    media.XLSX: re.compile(r"(xl/(?!styles|theme|calcChain).*|docProps/.*)\.xml"),
    media.ODT: re.compile(r"(content|styles|meta)\.xml"),
    media.ODS: re.compile(r"(content|styles|meta)\.xml"),
}
# Elements whose letters are words; elements that end a line; those that stand for a gap.
_SPOKEN: Final = frozenset({"t", "delText", "title", "subject", "keywords", "description", "keyword"})
_HEADERS: Final = frozenset({"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"})
_LINE_ENDS: Final = _HEADERS | {"p", "h", "si", "c", "br", "cr", "line-break", "title", "subject", "keywords"}
_GAPS: Final = {"tab": "\t", "s": " ", "noBreakHyphen": "-"}


class NotReadable(ValueError):
    """Its words cannot be read: no such archive, broken XML, a document type, or too much."""


def text_of(content: bytes, media_type: str) -> str:
    """Return the words, a line for each paragraph or cell; headers, footers, remarks and properties too.

    :raises NotReadable: it cannot be read to its end.
    """
    spoken: list[str] = []
    left = MOST_LETTERS
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.infolist():
                if _WORDS[media_type].fullmatch(part.filename):
                    with archive.open(part) as stream:
                        words = _Words(left, is_free=media_type in {media.ODT, media.ODS})
                        words.read(stream.read)
                    spoken += words.spoken
                    left = words.left
    except _BROKEN as broken:
        raise NotReadable from broken
    return "\n".join(line for line in "".join(spoken).splitlines() if line.strip())


class _Words:
    """One part, read as it comes."""

    def __init__(self, left: int, *, is_free: bool) -> None:
        self.spoken: list[str] = []
        self.left = left
        # OpenDocument has words in any element, the others in some.
        self._is_free, self._depth, self._is_capitals = is_free, 0, False
        # A cell of a sheet holds its words, or only their place in a list.
        self._is_place = False

    def read(self, take: Callable[[int], bytes]) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._say
        parser.StartDoctypeDeclHandler = _refuse
        while chunk := take(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
        self.spoken.append("\n")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        # Millions of elements without a letter would cost nothing otherwise, and as long to read.
        self._spend(1)
        name = _local(name)
        if name in _SPOKEN or name in _HEADERS:
            self._depth += 1
        elif name == "c":
            self._is_place = attributes.get("t") == "s"
        elif name == "v":
            self._depth += not self._is_place
        elif name == "caps":
            self._is_capitals = next(iter(attributes.values()), "1") not in {"0", "false", "off"}
        elif name == "textpath":
            self._add(f"\n{attributes.get('string', '')}\n")
        elif name == "sheet":
            self._add(f"\n{attributes.get('name', '')}\n")
        elif name in _GAPS:
            self._add(_GAPS[name])

    def _end(self, name: str) -> None:
        name = _local(name)
        if name in _SPOKEN or name in _HEADERS:
            self._depth -= 1
        elif name == "v":
            self._depth -= not self._is_place
        if name == "r":
            self._is_capitals = False
        if name in _LINE_ENDS:
            self._add("\n")

    def _say(self, letters: str) -> None:
        if self._is_free or self._depth:
            self._add(letters.upper() if self._is_capitals else letters)

    def _add(self, letters: str) -> None:
        self._spend(len(letters))
        self.spoken.append(letters)

    def _spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise NotReadable


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse(*_declared: object) -> None:
    raise NotReadable
