"""Every line that a Word file holds anywhere, for the guard against secret papers."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from congso.modules.documents.word.archive import Archive

_WORDS: Final = frozenset({"w_t", "w_delText", "a_t", "m_t"})
_PARAGRAPHS: Final = frozenset({"w_p", "a_p"})
_SAID: Final = ("string", "descr", "title", "alt", "w_val")
_SAYING: Final = frozenset({"v_textpath", "wp_docPr", "w_docPartGallery"})


def lines_of(archive: Archive) -> list[str]:
    """Return the paragraphs of all parts: text, boxes, headers, remarks, deleted words, drawn letters, properties."""
    found: list[str] = []
    for name in archive.names:
        if name.endswith(".xml") and (name.startswith("word/") or name in {"docProps/core.xml", "docProps/app.xml"}):
            root = archive.xml(name)
            if root is not None:
                found += _lines(root) if name.startswith("word/") else [one.text or "" for one in root]
    return [line for line in found if line.strip()]


def _lines(root: Element) -> Iterator[str]:
    for element in root.iter():
        if element.tag in _PARAGRAPHS:
            yield "".join(_own(element))
        elif element.tag in _SAYING:
            yield from (element.get(name, "") for name in _SAID)


def _own(paragraph: Element) -> Iterator[str]:
    """Yield the words of a paragraph without those of paragraphs within it."""
    for child in paragraph:
        if child.tag in _WORDS:
            yield child.text or ""
        elif child.tag == "w_tab":
            yield "\t"
        elif child.tag in {"w_br", "w_cr"}:
            yield "\n"
        elif child.tag not in _PARAGRAPHS:
            yield from _own(child)
