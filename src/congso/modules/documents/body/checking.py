"""Take a tree in only if each part of it is known."""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from congso.kernel.errors import InvalidInput

type Body = dict[str, Any]
type Node = Mapping[str, Any]

MAX_BYTES: Final = 4 * 1024 * 1024
MAX_CHARACTERS: Final = 500_000
MAX_NODES: Final = 30_000
MAX_DEPTH: Final = 12
MAX_COLUMNS: Final = 20
MAX_IMAGES: Final = 60
# Across the text of a page: A4 less the decree's margins.
WIDEST_MM: Final = 160
MAX_ALT: Final = 300
HEADING_LEVELS: Final = (1, 2, 3)
MARKS: Final = {"bold": "strong", "italic": "em", "underline": "u"}
_INLINE: Final = frozenset({"text", "hardBreak"})
_BLOCKS: Final = frozenset({"paragraph", "heading", "bulletList", "orderedList", "table", "image"})
_FLOW: Final = frozenset({"paragraph", "bulletList", "orderedList"})
_IN_CELL: Final = _FLOW | {"image"}
_CHILDREN: Final[Mapping[str, frozenset[str]]] = {
    "doc": _BLOCKS,
    "paragraph": _INLINE,
    "heading": _INLINE,
    "bulletList": frozenset({"listItem"}),
    "orderedList": frozenset({"listItem"}),
    "listItem": _FLOW,
    "table": frozenset({"tableRow"}),
    "tableRow": frozenset({"tableCell", "tableHeader"}),
    "tableCell": _IN_CELL,
    "tableHeader": _IN_CELL,
}
_MAY_BE_EMPTY: Final = frozenset({"doc", "paragraph", "heading"})


class BodyNotUsable(InvalidInput):
    """The body is not a tree that the editor makes, or it is too large."""

    code = "documents.body_not_usable"
    message = _("Nội dung văn bản chưa nhận được: %(detail)s")


def empty() -> Body:
    """Return a body with nothing in it."""
    return {"type": "doc", "content": []}


def from_json(text: str) -> Body:
    """Return the checked body that ``text`` is the JSON of.

    :raises BodyNotUsable: see :func:`check`; also if ``text`` is no JSON or too long.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise BodyNotUsable(detail=_TOO_LONG)
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        raise BodyNotUsable(detail=_BROKEN) from None
    return check(tree)


def check(tree: object) -> Body:
    """Return a copy of ``tree`` that holds only what is allowed, its text in NFC.

    :raises BodyNotUsable: an unknown node, mark or attribute; a wrong nesting; too many characters, nodes or levels.
    """
    return _Check().body(tree)


def from_text(text: str) -> Body:
    """Return a body of one paragraph for each non-empty line of ``text`` (the form without JavaScript)."""
    lines = (" ".join(_clean(line).split()) for line in text.splitlines())
    paragraphs = [{"type": "paragraph", "content": [{"type": "text", "text": line}]} for line in lines if line]
    return check({"type": "doc", "content": paragraphs})


_TOO_LONG: Final = _("nội dung dài quá mức một văn bản. Chuyển bớt sang phụ lục là tệp riêng.")
_BROKEN: Final = _("nội dung gửi lên bị hỏng trên đường truyền. Tải lại trang, bản nháp đã lưu vẫn còn.")
_UNKNOWN: Final = _(
    "có phần không phải đoạn văn, đề mục, danh sách, bảng hoặc ảnh. Xóa phần đó hoặc dán lại dưới dạng chữ."
)
_TOO_DEEP: Final = _("danh sách hoặc bảng lồng nhau quá nhiều lớp. Bớt lớp rồi lưu lại.")
_TOO_MANY_IMAGES: Final = _("có hơn 60 ảnh. Chuyển bớt ảnh sang phụ lục là tệp riêng.")
_BAD_TABLE: Final = _("có bảng bị lệch: các hàng phải có cùng số cột, nhiều nhất 20 cột.")


class _Check:
    """One pass over one tree, counting as it goes."""

    def __init__(self) -> None:
        self._nodes = 0
        self._characters = 0
        self._images = 0

    def body(self, tree: object) -> Body:
        if not isinstance(tree, Mapping) or tree.get("type") != "doc":
            raise BodyNotUsable(detail=_UNKNOWN)
        return self._node(tree, frozenset({"doc"}), depth=0)

    def _node(self, node: object, allowed: frozenset[str], depth: int) -> Body:
        kind = node.get("type") if isinstance(node, Mapping) else None
        if not isinstance(node, Mapping) or not isinstance(kind, str) or kind not in allowed:
            raise BodyNotUsable(detail=_UNKNOWN)
        self._count(depth)
        _only_keys(node, _KEYS.get(kind, _BRANCH_KEYS))
        if kind == "text":
            return self._text(node)
        if kind == "hardBreak":
            return {"type": kind}
        return self._image(node) if kind == "image" else self._branch(node, kind, depth)

    def _count(self, depth: int) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise BodyNotUsable(detail=_TOO_LONG)
        if depth > MAX_DEPTH:
            raise BodyNotUsable(detail=_TOO_DEEP)

    def _text(self, node: Node) -> Body:
        text = node.get("text")
        if not isinstance(text, str) or not (clean := _clean(text)):
            raise BodyNotUsable(detail=_UNKNOWN)
        self._characters += len(clean)
        if self._characters > MAX_CHARACTERS:
            raise BodyNotUsable(detail=_TOO_LONG)
        marks = _marks(node.get("marks", []))
        return {"type": "text", "text": clean} | ({"marks": marks} if marks else {})

    def _image(self, node: Node) -> Body:
        self._images += 1
        if self._images > MAX_IMAGES:
            raise BodyNotUsable(detail=_TOO_MANY_IMAGES)
        attributes = _attributes(node, "image")
        if "sha256" not in attributes:
            raise BodyNotUsable(detail=_UNKNOWN)
        alt = _clean(str(attributes.get("alt", "")))
        return {"type": "image", "attrs": {"width": WIDEST_MM} | attributes | {"alt": alt}}

    def _branch(self, node: Node, kind: str, depth: int) -> Body:
        children = node.get("content", [])
        if not isinstance(children, list) or (not children and kind not in _MAY_BE_EMPTY):
            raise BodyNotUsable(detail=_UNKNOWN)
        content = [self._node(child, _CHILDREN[kind], depth + 1) for child in children]
        attributes = _attributes(node, kind)
        made: Body = {"type": kind} | ({"attrs": attributes} if attributes else {})
        if content or kind == "doc":
            made["content"] = content
        if kind == "listItem" and content[0]["type"] != "paragraph":
            raise BodyNotUsable(detail=_UNKNOWN)
        if kind == "table":
            _check_grid(content)
        return made


_BRANCH_KEYS: Final = frozenset({"type", "attrs", "content"})
_KEYS: Final = {
    "image": frozenset({"type", "attrs"}),
    "text": frozenset({"type", "text", "marks"}),
    "hardBreak": frozenset({"type"}),
}


def _only_keys(node: Node, known: frozenset[str]) -> None:
    if not node.keys() <= known:
        raise BodyNotUsable(detail=_UNKNOWN)


def _marks(marks: object) -> list[Body]:
    """Return the marks in one order, each once."""
    if not isinstance(marks, list) or not all(isinstance(mark, Mapping) for mark in marks):
        raise BodyNotUsable(detail=_UNKNOWN)
    names = [mark.get("type") for mark in marks]
    if any(len(mark) > 1 for mark in marks) or not all(isinstance(name, str) and name in MARKS for name in names):
        raise BodyNotUsable(detail=_UNKNOWN)
    return [{"type": name} for name in MARKS if name in names]


def _attributes(node: Node, kind: str) -> dict[str, Any]:
    """Return the attributes that mean something, checked; the editor's own defaults are left out."""
    given = node.get("attrs", {})
    rules = _ATTRIBUTES.get(kind, {})
    if not isinstance(given, Mapping) or not given.keys() <= rules.keys():
        raise BodyNotUsable(detail=_UNKNOWN)
    for name, value in given.items():
        if not rules[name](value):
            raise BodyNotUsable(detail=_UNKNOWN)
    if kind == "heading" and "level" not in given:
        raise BodyNotUsable(detail=_UNKNOWN)
    return {name: value for name, value in given.items() if name not in _IGNORED and (name, value) not in _DEFAULTS}


def _within(low: int, high: int) -> Callable[[object], bool]:
    return lambda value: type(value) is int and low <= value <= high


def _is_sha256(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[0-9a-f]{64}", value) is not None


def _is_short(value: object) -> bool:
    return isinstance(value, str) and len(value) <= MAX_ALT


def _widths(value: object) -> bool:
    """Accept the widths that a column was dragged to: they are the screen's, not the paper's."""
    return value is None or (isinstance(value, list) and all(type(width) is int for width in value))


_CELL: Final = {"colspan": _within(1, MAX_COLUMNS), "rowspan": _within(1, 1000), "colwidth": _widths}
_ATTRIBUTES: Final[Mapping[str, Mapping[str, Callable[[object], bool]]]] = {
    "heading": {"level": _within(HEADING_LEVELS[0], HEADING_LEVELS[-1])},
    "orderedList": {"start": _within(1, 9999)},
    "tableCell": _CELL,
    "tableHeader": _CELL,
    "image": {"sha256": _is_sha256, "width": _within(5, WIDEST_MM), "alt": _is_short},
}
_IGNORED: Final = frozenset({"colwidth"})
_DEFAULTS: Final = frozenset({("colspan", 1), ("rowspan", 1), ("start", 1)})


def _check_grid(rows: list[Body]) -> None:
    """Refuse a table whose cells, joined ones counted, do not fill each row exactly."""
    reaching: dict[int, int] = {}
    width = None
    for place, row in enumerate(rows):
        reaching = {column: left - 1 for column, left in reaching.items() if left > 1}
        taken = set(reaching)
        for cell in row["content"]:
            attributes = cell.get("attrs", {})
            first = next(column for column in range(MAX_COLUMNS + 1) if column not in taken)
            span, height = attributes.get("colspan", 1), attributes.get("rowspan", 1)
            columns = range(first, first + span)
            if taken.intersection(columns) or columns.stop > MAX_COLUMNS or place + height > len(rows):
                raise BodyNotUsable(detail=_BAD_TABLE)
            taken.update(columns)
            reaching |= dict.fromkeys(columns, height)
        width = len(taken) if width is None else width
        if taken != set(range(width)):
            raise BodyNotUsable(detail=_BAD_TABLE)


def _clean(text: str) -> str:
    """Return ``text`` in NFC without control, private, unassigned and lone surrogate characters."""
    composed = unicodedata.normalize("NFC", text.replace("\t", " ").replace("\n", " "))
    return "".join(letter for letter in composed if unicodedata.category(letter) not in _UNPRINTABLE)


_UNPRINTABLE: Final = frozenset({"Cc", "Cs", "Co", "Cn", "Cf", "Zl", "Zp"})
