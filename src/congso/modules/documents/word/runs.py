"""The text of one paragraph: what stands in its runs, with the marks that a body knows."""

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, Final
from xml.etree.ElementTree import Element

from congso.modules.documents.word.leftovers import Leftovers
from congso.modules.documents.word.styles import Styles, is_on

type Node = dict[str, Any]

MARKS: Final = {"w_b": "bold", "w_i": "italic", "w_u": "underline"}
_TRANSPARENT: Final = frozenset(
    {"w_hyperlink", "w_ins", "w_moveTo", "w_smartTag", "w_sdt", "w_sdtContent", "w_customXml", "w_fldSimple"}
    | {"w_dir", "w_bdo", "w_ruby", "w_rubyBase", "mc_Choice"}
)
_GONE: Final = frozenset({"w_del", "w_moveFrom"})
_TRACKED: Final = frozenset({"w_ins", "w_moveTo"}) | _GONE
_NOTES: Final = {
    "w_footnoteReference": "footnotes",
    "w_endnoteReference": "footnotes",
    "w_commentReference": "comments",
    "m_oMath": "equations",
    "w_sym": "symbols",
    "w_object": "objects",
}
_LETTERS: Final = {"w_tab": " ", "w_noBreakHyphen": "\u2011", "w_ptab": " "}
_NO_COLOUR: Final = frozenset({"auto", "000000", ""})
_OLD_FONTS: Final = (".vn", "vni-")


def text_of(element: Element) -> str:
    """Return all words below ``element``, deleted ones too."""
    return "".join(one.text or "" for one in element.iter() if one.tag in {"w_t", "w_delText", "m_t", "a_t"})


class Runs:
    """Reads runs; whatever a body has no place for is noted, pictures are handed to ``take_drawing``."""

    def __init__(self, styles: Styles, left: Leftovers, take_drawing: Callable[[Element], None]) -> None:
        self._styles, self._left, self._take_drawing = styles, left, take_drawing
        self._style = ""
        self._is_heading = False
        self._nodes: list[Node] = []

    def read(self, paragraph: Element, *, style: str, is_heading: bool) -> list[Node]:
        """Return the inline nodes of a paragraph, neighbours of equal marks joined, blanks at both ends cut."""
        self._style, self._is_heading, self._nodes = style, is_heading, []
        for child in paragraph:
            self._inline(child)
        return _trimmed(self._nodes)

    def _inline(self, element: Element) -> None:
        tag = element.tag
        if tag in _TRACKED:
            self._left.note("tracked", text_of(element))
        if tag == "w_hyperlink":
            self._left.note("links", text_of(element))
        if tag == "w_r":
            self._run(element)
        elif tag == "mc_AlternateContent":
            self._chosen(element, self._inline)
        elif tag in _TRANSPARENT:
            for child in element:
                self._inline(child)
        elif tag == "m_oMathPara":
            self._left.note("equations", text_of(element))
        elif tag in _NOTES:
            self._left.note(_NOTES[tag], text_of(element))

    def _chosen(self, alternatives: Element, take: Callable[[Element], None]) -> None:
        """Read one of several ways in which the same thing is said."""
        choice = alternatives.find("mc_Choice")
        for child in () if choice is None else choice:
            take(child)

    def _run(self, run: Element) -> None:
        properties = run.find("w_rPr")
        if properties is not None:
            if is_on(properties.find("w_vanish")):
                self._left.note("hidden", text_of(run))
                return
            self._note_looks(properties, run)
        marks = self._marks(properties)
        is_caps = self._styles.switch("w_caps", properties, self._style)
        for child in run:
            self._in_run(child, marks, is_caps=is_caps)

    def _in_run(self, element: Element, marks: list[str], *, is_caps: bool) -> None:
        tag = element.tag
        if tag == "w_t":
            text = unicodedata.normalize("NFC", element.text or "")
            self._add(text.upper() if is_caps else text, marks)
        elif tag in _LETTERS:
            self._add(_LETTERS[tag], marks)
        elif tag in {"w_br", "w_cr"}:
            self._break(element)
        elif tag in {"w_drawing", "w_pict"}:
            self._take_drawing(element)
        elif tag == "mc_AlternateContent":
            self._chosen(element, lambda child: self._in_run(child, marks, is_caps=is_caps))
        elif tag in _NOTES:
            self._left.note(_NOTES[tag], text_of(element))

    def _break(self, element: Element) -> None:
        if element.get("w_type") in {"page", "column"}:
            self._left.note("page_breaks")
        elif self._nodes:
            self._nodes.append({"type": "hardBreak"})

    def _add(self, text: str, marks: list[str]) -> None:
        if not text:
            return
        last = self._nodes[-1] if self._nodes else {}
        if last.get("type") == "text" and [mark["type"] for mark in last.get("marks", ())] == marks:
            last["text"] += text
        else:
            node: Node = {"type": "text", "text": text}
            self._nodes.append(node | {"marks": [{"type": mark} for mark in marks]} if marks else node)

    def _marks(self, properties: Element | None) -> list[str]:
        """Return the marks in force; a heading is drawn bold by its level."""
        found = [name for tag, name in MARKS.items() if self._styles.switch(tag, properties, self._style)]
        return [name for name in found if not (self._is_heading and name == "bold")]

    def _note_looks(self, properties: Element, run: Element) -> None:
        for kind in _looks(properties):
            self._left.note(kind, text_of(run))


def _looks(properties: Element) -> Iterator[str]:
    def value(tag: str, name: str = "w_val") -> str:
        found = properties.find(tag)
        return "" if found is None else found.get(name, "")

    if value("w_color") not in _NO_COLOUR or value("w_highlight") not in {"", "none"}:
        yield "colours"
    if is_on(properties.find("w_strike")) or is_on(properties.find("w_dstrike")):
        yield "struck"
    if value("w_vertAlign") in {"superscript", "subscript"}:
        yield "raised"
    if value("w_rFonts", "w_ascii").lower().startswith(_OLD_FONTS):
        yield "old_fonts"


def _trimmed(nodes: list[Node]) -> list[Node]:
    """Return the nodes without blanks and breaks at both ends."""
    rest = [node for node in nodes if node["type"] != "text" or node["text"]]
    while rest and (rest[0]["type"] == "hardBreak" or not rest[0]["text"].strip()):
        rest.pop(0)
    while rest and (rest[-1]["type"] == "hardBreak" or not rest[-1]["text"].strip()):
        rest.pop()
    if rest and rest[0]["type"] == "text":
        rest[0] = rest[0] | {"text": rest[0]["text"].lstrip()}
    if rest and rest[-1]["type"] == "text":
        rest[-1] = rest[-1] | {"text": rest[-1]["text"].rstrip()}
    return rest
