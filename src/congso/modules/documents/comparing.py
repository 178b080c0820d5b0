"""Compare two texts of a paper word by word: what was struck out, what came in, table rows cell by cell."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final, Literal

type Node = dict[str, Any]
type Op = Literal["same", "del", "ins"]

# Beyond this many words, or pairs of blocks, a change is shown as a whole: nobody reads it word by word.
MOST_WORDS: Final = 3_000
MOST_ANCHORS: Final = 2_000
MOST_PAIRS: Final = 40_000
# How many of their words two blocks share to be versions of each other.
ALIKE: Final = 0.4
_WORD: Final = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed, were struck out (``del``) or came in (``ins``)."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A block of the text: ``subject``, ``base``, ``paragraph``, ``heading``, ``item``, ``image`` or ``row``.

    :param cells: of a row its cells, of any other block one.
    :param op: whether the whole block is the same, changed inside, struck out or new.
    """

    kind: str
    cells: tuple[tuple[Piece, ...], ...]
    op: Literal["same", "changed", "del", "ins"]


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a paper."""

    subject: str
    legal_bases: Sequence[str]
    body: Node


@dataclass(frozen=True, slots=True)
class _Block:
    kind: str
    cells: tuple[str, ...]


def compare(old: Text, new: Text) -> list[Line]:
    """Return the blocks of both in order; bold, italic, underlined and the size of pictures do not count."""
    before, after = list(_blocks(old)), list(_blocks(new))
    lines: list[Line] = []
    # Among very many blocks those that are everywhere are no anchors: else the search takes minutes.
    matcher = SequenceMatcher(a=before, b=after, autojunk=len(before) > MOST_ANCHORS)
    for op, a1, a2, b1, b2 in matcher.get_opcodes():
        if op == "equal":
            lines += [_whole(block, "same") for block in before[a1:a2]]
        else:
            lines += _paired(before[a1:a2], after[b1:b2])
    return lines


def count_changes(lines: Sequence[Line]) -> int:
    """Return how many blocks are not the same."""
    return sum(line.op != "same" for line in lines)


def _blocks(text: Text) -> Iterator[_Block]:
    yield _Block("subject", (text.subject,))
    yield from (_Block("base", (line,)) for line in text.legal_bases)
    for node in text.body.get("content", ()):
        yield from _of_node(node)


def _of_node(node: Node, mark: str = "") -> Iterator[_Block]:
    kind = node["type"]
    if kind in {"paragraph", "heading"}:
        if words := _words(node):
            yield _Block("item" if mark else kind, (f"{mark}{words}",))
    elif kind == "image":
        yield _Block("image", (f"[{node['attrs']['sha256'][:8]}] {node['attrs']['alt']}".strip(),))
    elif kind == "table":
        for row in node["content"]:
            yield _Block("row", tuple(" ".join(_cell(cell)) for cell in row["content"]))
    else:
        yield from _of_list(node)


def _of_list(node: Node) -> Iterator[_Block]:
    start = node.get("attrs", {}).get("start", 1)
    for place, item in enumerate(node["content"]):
        mark = "- " if node["type"] == "bulletList" else f"{start + place}. "
        for child, content in enumerate(item["content"]):
            yield from _of_node(content, mark if child == 0 else "")


def _cell(node: Node) -> Iterator[str]:
    for block in (block for child in node["content"] for block in _of_node(child)):
        yield from block.cells


def _words(node: Node) -> str:
    return "".join(child.get("text", " ") for child in node.get("content", ())).strip()


def _paired(before: list[_Block], after: list[_Block]) -> Iterator[Line]:
    """Yield a run of changed blocks: those that are versions of each other compared, the rest struck out or new."""
    rest = list(before) if len(before) * len(after) <= MOST_PAIRS else []
    yield from (_whole(block, "del") for block in before if not rest)
    for block in after:
        place = next((place for place, other in enumerate(rest) if _is_alike(other, block)), None)
        if place is None:
            yield _whole(block, "ins")
            continue
        yield from (_whole(other, "del") for other in rest[:place])
        yield _changed(rest[place], block)
        del rest[: place + 1]
    yield from (_whole(other, "del") for other in rest)


def _is_alike(old: _Block, new: _Block) -> bool:
    if old.kind != new.kind or len(old.cells) != len(new.cells):
        return False
    if old.kind == "subject":
        return True
    before, after = ({word.strip() for cell in block.cells for word in _WORD.findall(cell)} for block in (old, new))
    return len(before & after) >= ALIKE * max(len(before), len(after), 1)


def _whole(block: _Block, op: Op) -> Line:
    return Line(block.kind, tuple((Piece(op, cell),) if cell else () for cell in block.cells), op)


def _changed(old: _Block, new: _Block) -> Line:
    cells = zip(old.cells, new.cells, strict=True)
    return Line(new.kind, tuple(tuple(_pieces(before, after)) for before, after in cells), "changed")


def _pieces(old: str, new: str) -> list[Piece]:
    """Return the words of both; a blank at the end of a word is no difference."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) + len(after) > MOST_WORDS:
        return [Piece("del", old), Piece("ins", new)]
    matcher = SequenceMatcher(a=[word.strip() for word in before], b=[word.strip() for word in after], autojunk=False)
    pieces: list[Piece] = []
    for op, a1, a2, b1, b2 in matcher.get_opcodes():
        if op == "equal":
            pieces.append(Piece("same", "".join(after[b1:b2])))
            continue
        struck, come = "".join(before[a1:a2]), "".join(after[b1:b2])
        pieces += [Piece("del", struck)] if struck else []
        pieces += [Piece("ins", come)] if come else []
    return pieces
