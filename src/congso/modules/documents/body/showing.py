"""What a body says: as text, as HTML."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from congso.modules.documents.body.checking import MARKS, Node


def is_empty(body: Node) -> bool:
    """Tell whether ``body`` says and shows nothing."""
    return not to_text(body).strip() and not images_in(body)


def images_in(body: Node) -> list[str]:
    """Return the SHA-256 of each picture, once, in the order of the body."""
    return list(dict.fromkeys(_images(body)))


def to_text(body: Node) -> str:
    """Return what ``body`` says, one block a line, the cells of a table's row parted by tabs."""
    return "\n".join(_lines(body))


def to_html(body: Node, *, address_of: Callable[[str], str] = lambda sha256: f"#{sha256[:8]}") -> SafeString:
    """Return ``body`` as HTML for reading in place of the page's picture; every text is escaped.

    :param address_of: gives the address of a picture by its SHA-256.
    """
    return _html(body, address_of)


def _images(node: Node) -> Iterable[str]:
    if node["type"] == "image":
        yield node["attrs"]["sha256"]
    for child in node.get("content", ()):
        yield from _images(child)


def _lines(node: Node) -> Iterable[str]:
    kind = node["type"]
    if kind == "image":
        # A picture says what its author says of it, for the search and for ears.
        if node["attrs"]["alt"]:
            yield node["attrs"]["alt"]
    elif kind in {"paragraph", "heading"}:
        yield "".join(child.get("text", "\n") for child in node.get("content", ()))
    elif kind == "tableRow":
        yield "\t".join(" ".join(_lines(cell)) for cell in node["content"])
    else:
        for child in node.get("content", ()):
            yield from _lines(child)


def _html(node: Node, address_of: Callable[[str], str]) -> SafeString:
    kind = node["type"]
    if kind == "text":
        return _marked(node)
    if kind == "hardBreak":
        return mark_safe("<br>")
    if kind == "image":
        return _picture(node["attrs"], address_of)
    inside = format_html_join("", "{}", ((_html(child, address_of),) for child in node.get("content", ())))
    if kind == "doc":
        return inside
    tag, attributes = _TAGS[kind], node.get("attrs", {})
    if kind == "heading":
        # The page's own title is h1, the paper's is h2.
        return format_html("<h{0}>{1}</h{0}>", attributes["level"] + 2, inside)
    shown = format_html_join("", ' {}="{}"', sorted(attributes.items()))
    return format_html("<{0}{1}>{2}</{0}>", tag, shown, inside)


def _picture(attributes: Mapping[str, Any], address_of: Callable[[str], str]) -> SafeString:
    """Return the picture; its width on paper is not the screen's."""
    return format_html('<img src="{}" alt="{}" loading="lazy">', address_of(attributes["sha256"]), attributes["alt"])


_TAGS: Final = {
    "paragraph": "p",
    "heading": "h3",
    "bulletList": "ul",
    "orderedList": "ol",
    "listItem": "li",
    "table": "table",
    "tableRow": "tr",
    "tableCell": "td",
    "tableHeader": "th",
}


def _marked(node: Node) -> SafeString:
    shown = format_html("{}", node["text"])
    for mark in reversed(node.get("marks", [])):
        shown = format_html("<{0}>{1}</{0}>", MARKS[mark["type"]], shown)
    return shown
