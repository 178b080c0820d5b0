"""From the parts of a DOCX to the tree of a body, the pictures in it, and what was left out."""

from dataclasses import dataclass
from typing import Any, Final
from xml.etree.ElementTree import Element

from congso.modules.documents.word.archive import MAX_PICTURE, Archive, Refused
from congso.modules.documents.word.leftovers import Leftovers
from congso.modules.documents.word.lists import Entry, nested
from congso.modules.documents.word.numbering import Mark, Numbering
from congso.modules.documents.word.pictures import Picture, safe_picture
from congso.modules.documents.word.runs import Runs, text_of
from congso.modules.documents.word.styles import Styles
from congso.modules.documents.word.tables import MAX_COLUMNS, grid_of, node_of

type Node = dict[str, Any]

MAX_PICTURES: Final = 60
MAX_HEADING: Final = 3
WIDEST_MM: Final = 160
NARROWEST_MM: Final = 5
_EMU_A_MM: Final = 36_000
# How many blocks from either end the printed frame of a paper may be.
_NEAR_AN_END: Final = 6
_HEAD_WORDS: Final = ("xã hội chủ nghĩa việt nam", "đảng cộng sản việt nam")
_END_WORDS: Final = "nơi nhận"
_WRAPPERS: Final = frozenset({"w_sdt", "w_sdtContent", "w_customXml", "w_ins", "w_moveTo", "w_smartTag"})
_CENTRED: Final = frozenset({"center", "right", "end"})


@dataclass(slots=True)
class Found:
    """What a file gave.

    :param tree: a body whose pictures are numbered from 0 (``attrs.picture``) instead of named by their hash.
    """

    tree: Node
    pictures: list[Picture]
    left: list[dict[str, Any]]


def read(content: bytes) -> Found:
    """Return what a Word file holds.

    :raises Refused: see ``archive.Archive``; ``broken`` also if it is no text document.
    """
    archive = Archive(content)
    return _Reader(archive).found()


class _Reader:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        main = next((r.target for r in archive.relations("").values() if r.kind == "officeDocument"), None)
        self._main = main or "word/document.xml"
        root = archive.xml(self._main)
        body = None if root is None else root.find("w_body")
        if body is None:
            raise Refused("broken")
        self._body = body
        self._folder = self._main.rpartition("/")[0]
        self._relations = archive.relations(self._main)
        self._styles = Styles(self._part("styles.xml"))
        self._numbering = Numbering(self._part("numbering.xml"))
        self._left = Leftovers()
        self._runs = Runs(self._styles, self._left, self._drawing)
        self._pictures: list[Picture] = []
        self._drawn: list[Node] = []

    def _part(self, name: str) -> Element | None:
        return self._archive.xml(f"{self._folder}/{name}")

    def found(self) -> Found:
        entries = self._without_frame(self._blocks(self._body))
        tree = {"type": "doc", "content": nested(entries)}
        self._note_apart()
        return Found(tree, self._pictures, self._left.listed())

    def _blocks(self, parent: Element, *, in_cell: bool = False) -> list[Entry]:
        entries: list[Entry] = []
        for child in parent:
            if child.tag == "w_p":
                entries += self._paragraph(child, in_cell=in_cell)
            elif child.tag == "w_tbl":
                entries += self._table(child, in_cell=in_cell)
            elif child.tag in _WRAPPERS:
                entries += self._blocks(child, in_cell=in_cell)
            elif child.tag in {"w_del", "w_moveFrom"}:
                self._left.note("tracked", text_of(child))
            elif child.tag == "w_altChunk":
                self._left.note("objects")
        return entries

    def _paragraph(self, paragraph: Element, *, in_cell: bool) -> list[Entry]:
        properties = paragraph.find("w_pPr")
        style = self._styles.of_paragraph(properties)
        level = 0 if in_cell else self._styles.heading_level(style, properties)
        inline = self._runs.read(paragraph, style=style, is_heading=bool(level))
        mark = self._mark(style, properties) if inline else None
        self._note_alignment(properties, paragraph)
        node: Node = {"type": "paragraph"}
        if level:
            node = {"type": "heading", "attrs": {"level": min(level, MAX_HEADING)}}
        pictures, self._drawn = [Entry(drawn) for drawn in self._drawn], []
        if not inline:
            return pictures
        if mark and (level or mark.kind == "text"):
            inline = [_literal(mark, inline[0]), *inline]
            mark = None
        return [Entry(node | {"content": inline}, mark), *pictures]

    def _mark(self, style: str, properties: Element | None) -> Mark | None:
        own = None if properties is None else properties.find("w_numPr")
        said = self._styles.find(style, "w_pPr/w_numPr") if own is None else own
        if said is None:
            return None
        named, depth = said.find("w_numId"), said.find("w_ilvl")
        if named is None and own is not None:
            inherited = self._styles.find(style, "w_pPr/w_numPr")
            named = None if inherited is None else inherited.find("w_numId")
        level = "0" if depth is None else depth.get("w_val", "0")
        if named is None or not level.isdecimal():
            return None
        return self._numbering.next(named.get("w_val", ""), int(level))

    def _table(self, table: Element, *, in_cell: bool) -> list[Entry]:
        rows = grid_of(table)
        for row in rows:
            for cell in row:
                inner = [] if cell.element is None else self._blocks(cell.element, in_cell=True)
                cell.content = nested(inner)
        if not rows:
            return []
        width = max(cell.first + cell.span for row in rows for cell in row)
        if in_cell:
            self._left.note("nested_tables", text_of(table))
        elif width > MAX_COLUMNS:
            self._left.note("wide_tables", text_of(table))
        else:
            return [Entry(node_of(rows))]
        return [Entry(block) for row in rows for cell in row for block in cell.content]

    def _drawing(self, drawing: Element) -> None:
        """Take a drawing's pictures; note whatever else it shows."""
        kinds = {one.tag for one in drawing.iter()}
        for box in drawing.iter("w_txbxContent"):
            self._left.note("text_boxes", text_of(box))
        if "c_chart" in kinds or "dgm_relIds" in kinds:
            self._left.note("charts")
        found = [one for one in drawing.iter() if one.tag in {"a_blip", "v_imagedata"}]
        for one in found:
            self._picture(one, drawing)
        if not found and not kinds & {"c_chart", "dgm_relIds", "w_txbxContent"}:
            self._left.note("shapes")

    def _picture(self, shown: Element, drawing: Element) -> None:
        relation = self._relations.get(shown.get("r_embed") or shown.get("r_id") or shown.get("r_link") or "")
        if relation is None or relation.is_external:
            self._left.note("pictures_elsewhere")
            return
        if len(self._pictures) >= MAX_PICTURES:
            self._left.note("pictures_too_many")
            return
        content = self._archive.read(relation.target, most=MAX_PICTURE)
        try:
            picture = safe_picture(content or b"")
        except Refused as refusal:
            self._left.note(str(refusal), relation.target.rpartition("/")[2])
            return
        named = next(drawing.iter("wp_docPr"), None)
        alt = "" if named is None else named.get("descr", "")
        attributes = {"picture": len(self._pictures), "width": _width(drawing), "alt": " ".join(alt.split())[:300]}
        self._pictures.append(picture)
        self._drawn.append({"type": "image", "attrs": attributes})

    def _note_alignment(self, properties: Element | None, paragraph: Element) -> None:
        aligned = None if properties is None else properties.find("w_jc")
        if aligned is not None and aligned.get("w_val") in _CENTRED and (words := text_of(paragraph).strip()):
            self._left.note("alignment", words)

    def _without_frame(self, entries: list[Entry]) -> list[Entry]:
        """Leave out the printed frame, which is drawn anew: nation's name above, receivers and signature below."""
        kept = []
        for place, entry in enumerate(entries):
            words = _words(entry.node) if entry.node["type"] == "table" else ""
            if _is_frame(words.casefold(), from_top=place, from_end=len(entries) - place):
                self._left.note("frame", words)
            else:
                kept.append(entry)
        return kept

    def _note_apart(self) -> None:
        """Note the words of headers and footers, and how many remarks there are."""
        for name in self._archive.names:
            base = name.removeprefix(f"{self._folder}/")
            if base.startswith(("header", "footer")) and base.endswith(".xml"):
                root = self._archive.xml(name)
                words = "" if root is None else text_of(root).strip()
                if words and not words.isdecimal():
                    self._left.note("headers", words)


def _is_frame(words: str, *, from_top: int, from_end: int) -> bool:
    is_head = from_top < _NEAR_AN_END and any(known in words for known in _HEAD_WORDS)
    return is_head or (from_end <= _NEAR_AN_END and _END_WORDS in words)


def _literal(mark: Mark, first: Node) -> Node:
    """Return the mark as text, looking like what follows it."""
    marks = first.get("marks")
    return {"type": "text", "text": f"{mark.text} "} | ({"marks": marks} if marks else {})


def _width(drawing: Element) -> int:
    extent = next(drawing.iter("wp_extent"), None)
    given = "" if extent is None else extent.get("cx", "")
    millimetres = int(given) // _EMU_A_MM if given.isdecimal() else WIDEST_MM
    return min(max(millimetres, NARROWEST_MM), WIDEST_MM)


def _words(node: Node) -> str:
    own = node.get("text", "")
    return own or " ".join(words for child in node.get("content", ()) if (words := _words(child)))
