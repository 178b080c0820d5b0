"""The parts of a DOCX, opened within limits; nothing outside the file is ever fetched."""

import io
import posixpath
import zipfile
from dataclasses import dataclass
from typing import Any, Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

MAX_PARTS: Final = 2_000
MAX_UNPACKED: Final = 300_000_000
MAX_TIMES: Final = 150
# Empty rows of a long table pack well.
HARMLESS: Final = 20_000_000
MAX_XML: Final = 40_000_000
MAX_PICTURE: Final = 40_000_000
MAX_ELEMENTS: Final = 1_500_000
MAX_DEPTH: Final = 150
OLD_WORD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_PREFIXES: Final = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/package/2006/content-types": "ct",
    "urn:schemas-microsoft-com:vml": "v",
}


class Refused(Exception):
    """A file that is not taken; the text is the code that the asker translates."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part points to: another part, or something outside, which is left there."""

    target: str
    kind: str
    is_external: bool


class Archive:
    """A DOCX whose outside is harmless: no macros, no paths, no bomb.

    :raises Refused: ``old_or_locked``, ``broken``, ``bomb``, ``paths``, ``macros``.
    """

    def __init__(self, content: bytes) -> None:
        if content.startswith(OLD_WORD):
            raise Refused("old_or_locked")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            raise Refused("broken") from None
        self._parts = {part.filename: part for part in self._zip.infolist()}
        self._refuse_bomb(len(content))
        self._refuse_harmful()

    def _refuse_bomb(self, size: int) -> None:
        parts = self._zip.infolist()
        unpacked = sum(part.file_size for part in parts)
        if len(parts) > MAX_PARTS or unpacked > min(MAX_UNPACKED, max(HARMLESS, MAX_TIMES * size)):
            raise Refused("bomb")
        if len(self._parts) != len(parts) or sum(part.compress_size for part in parts) > size:
            raise Refused("bomb")

    def _refuse_harmful(self) -> None:
        for name, part in self._parts.items():
            steps = name.replace("\\", "/").split("/")
            if ".." in steps or steps[0] == "" or ":" in steps[0]:
                raise Refused("paths")
            if part.flag_bits & 0x1:
                raise Refused("old_or_locked")
            if steps[-1].lower() == "vbaproject.bin":
                raise Refused("macros")
        types = self.xml("[Content_Types].xml")
        if types is None:
            raise Refused("broken")
        if any("macroenabled" in str(kind.get("ContentType", "")).lower() for kind in types):
            raise Refused("macros")

    @property
    def names(self) -> list[str]:
        return list(self._parts)

    def read(self, name: str, *, most: int) -> bytes | None:
        """Return a part; the directory's word for its size is not believed."""
        part = self._parts.get(name)
        if part is None:
            return None
        try:
            with self._zip.open(part) as file:
                content = file.read(most + 1)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
            raise Refused("broken") from None
        if len(content) > most:
            raise Refused("bomb")
        return content

    def xml(self, name: str) -> Element | None:
        content = self.read(name, most=MAX_XML)
        return None if content is None else parsed(content)

    def relations(self, part: str) -> dict[str, Relation]:
        """Return what ``part`` points to, by id."""
        folder, base = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, Relation] = {}
        for entry in () if root is None else root:
            target, is_external = entry.get("Target", ""), entry.get("TargetMode") == "External"
            if not is_external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = entry.get("Type", "").rpartition("/")[2]
            found[entry.get("Id", "")] = Relation(target, kind, is_external)
        return found


def parsed(content: bytes) -> Element:
    """Return the tree of an XML part, its names as ``w_p``; a document type, and so any entity, is refused.

    :raises Refused: ``entities``, ``bomb``, ``broken``.
    """
    return _Parser().tree(content)


class _Parser:
    def __init__(self) -> None:
        self._builder = TreeBuilder()
        self._names: dict[str, str] = {}
        self._depth = self._count = 0
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._builder.data
        self._parser.StartDoctypeDeclHandler = self._doctype

    def tree(self, content: bytes) -> Element:
        try:
            self._parser.Parse(content, True)
        except expat.ExpatError:
            raise Refused("broken") from None
        return self._builder.close()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > MAX_DEPTH or self._count > MAX_ELEMENTS:
            raise Refused("bomb")
        self._builder.start(self._short(name), {self._short(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._builder.end(self._short(name))

    def _short(self, name: str) -> str:
        if (known := self._names.get(name)) is None:
            space, _, local = name.rpartition("}")
            known = self._names[name] = f"{_PREFIXES.get(space, 'x')}_{local}" if space else local
        return known

    def _doctype(self, *_what: Any) -> None:
        raise Refused("entities")
