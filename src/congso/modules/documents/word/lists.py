"""Marked paragraphs that follow each other, as lists within lists."""

from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Final

from congso.modules.documents.word.numbering import Mark

type Node = dict[str, Any]

# Deeper ones are drawn at this depth: a body holds no more levels.
_DEEPEST: Final = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A block, and the mark before it if it is an item of a list."""

    node: Node
    mark: Mark | None = None

    @property
    def level(self) -> int:
        return min(self.mark.level, _DEEPEST) if self.mark else -1

    def follows(self, first: "Entry", place: int) -> bool:
        """Say whether it is the item at ``place`` of the list that ``first`` begins."""
        if self.mark is None or first.mark is None or self.mark.kind != first.mark.kind:
            return False
        return self.mark.kind == "bullet" or self.mark.number == first.mark.number + place


def nested(entries: list[Entry]) -> list[Node]:
    """Return the blocks, runs of marked paragraphs gathered into lists."""
    blocks: list[Node] = []
    rest = list(entries)
    while rest:
        if rest[0].mark is None:
            blocks.append(rest.pop(0).node)
        else:
            taken = _taken(rest)
            blocks.append(_list(taken))
            del rest[: len(taken)]
    return blocks


def _taken(entries: list[Entry]) -> list[Entry]:
    """Return the beginning of ``entries`` that is one list, deeper items included."""
    first, place, taken = entries[0], 0, []
    for entry in entries:
        if entry.level < first.level or (entry.level == first.level and not entry.follows(first, place)):
            break
        place += entry.level == first.level
        taken.append(entry)
    return taken


def _list(entries: list[Entry]) -> Node:
    first, items = entries[0], []
    rest = list(entries)
    while rest:
        item = rest.pop(0)
        deeper = list(takewhile(lambda entry: entry.level > first.level, rest))
        del rest[: len(deeper)]
        items.append({"type": "listItem", "content": [item.node, *nested(deeper)]})
    if first.mark is None or first.mark.kind == "bullet":
        return {"type": "bulletList", "content": items}
    return {"type": "orderedList", "attrs": {"start": first.mark.number}, "content": items}
