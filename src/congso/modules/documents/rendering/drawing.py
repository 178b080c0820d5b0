"""The checked body as the list of blocks that the template draws, with the decree's habits applied."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

type Node = Mapping[str, Any]
type Drawn = dict[str, Any]

END_MARK: Final = "./."
BULLETS: Final = ("-", "+", "•")
_ARTICLE: Final = re.compile(r"^Điều \d+[a-zđ]?\.")
# In letters: a column that stays on one line; all such beside a wide one; where the width of a wide one ends.
_NARROW: Final = 8
_NARROW_TOGETHER: Final = 40
_WIDEST: Final = 40
_APPENDIX: Final = re.compile(
    r"^phụ lục(?:\s+(?P<number>[IVXLC]+|\d+))?(?:\s*[.:–-]\s*(?P<title>.*)|\s*(?P<bare>))$", re.IGNORECASE
)
_DIVISION: Final = re.compile(r"^(Phần|Chương|Mục|Tiểu mục)\s+([IVXLC]+|\d+)\b", re.IGNORECASE)
_MARKS: Final = {"bold": "b", "italic": "i", "underline": "u"}


def listed(lines: Iterable[str], *, last: str) -> list[str]:
    """Return ``lines`` each ended by a semicolon, the last one by ``last``."""
    bare = [line.strip().rstrip(".;,") for line in lines if line.strip()]
    return [f"{line};" for line in bare[:-1]] + [f"{line}{last}" for line in bare[-1:]]


def parts_to_draw(body: Node, *, articles: bool) -> list[Drawn]:
    """Return the text and after it each appendix, as ``{"number", "title", "blocks"}``.

    An appendix begins with a heading of the first level «Phụ lục», «Phụ lục II», «Phụ lục II. Danh sách»; a heading
    right after a bare one is its title.
    """
    parts: list[tuple[str, str, list[Node]]] = [("", "", [])]
    nodes = list(body.get("content", ()))
    while nodes:
        node = nodes.pop(0)
        found = _APPENDIX.match(_words(node)) if node["type"] == "heading" and node["attrs"]["level"] == 1 else None
        if not found:
            parts[-1][2].append(node)
            continue
        title = (found["title"] or "").strip()
        if not title and nodes and nodes[0]["type"] == "heading":
            title = _words(nodes.pop(0))
        parts.append((found["number"] or "", title, []))
    return [
        {
            "number": number,
            "title": title.upper(),
            "blocks": blocks_to_draw({"type": "doc", "content": own}, articles=articles),
        }
        for number, title, own in parts
    ]


def images_in(node: Node) -> set[str]:
    """Return the names (SHA-256) of all images that a body holds."""
    if node.get("type") == "image":
        return {node["attrs"]["sha256"]}
    return {name for child in node.get("content", ()) for name in images_in(child)}


def blocks_to_draw(body: Node, *, articles: bool) -> list[Drawn]:
    """Return the blocks in order: paragraphs, headings, tables, images.

    A list becomes paragraphs with a mark before each, as officials write them. The last paragraph ends with «./.»;
    with ``articles`` a leading «Điều 1.» is bold. «Chương I» and its title stand in the middle.
    """
    blocks = [block for node in body.get("content", ()) for block in _draw(node) if block.get("c") != []]
    _center_divisions(blocks)
    if articles:
        for block in blocks:
            _embolden_article(block)
    if blocks and blocks[-1]["t"] == "p":
        _put_end_mark(blocks[-1]["c"])
    return blocks


def _draw(node: Node, depth: int = 0) -> list[Drawn]:
    match node["type"]:
        case "paragraph":
            return [{"t": "p", "c": _runs(node)}]
        case "heading":
            return [{"t": "h", "level": node["attrs"]["level"], "c": _runs(node)}]
        case "table":
            return [_table(node)]
        case "image":
            return [_image(node)]
        case "bulletList":
            marks = [BULLETS[min(depth, len(BULLETS) - 1)]] * len(node["content"])
        case _:
            start = node.get("attrs", {}).get("start", 1)
            marks = [_ordinal(start + place, depth) for place in range(len(node["content"]))]
    return [block for mark, item in zip(marks, node["content"], strict=True) for block in _item(item, mark, depth)]


def _item(item: Node, mark: str, depth: int) -> list[Drawn]:
    blocks = [block for child in item["content"] for block in _draw(child, depth + 1)]
    if blocks and blocks[0]["t"] == "p":
        blocks[0]["c"].insert(0, {"x": f"{mark} "})
    return blocks


def _ordinal(number: int, depth: int) -> str:
    """Return «1.» at the top, «a)» below: the decree's khoản and điểm."""
    letters = "abcdđeghiklmnopqrstuvxy"
    return f"{letters[number - 1]})" if depth and number <= len(letters) else f"{number}."


def _table(node: Node) -> Drawn:
    rows = [[_cell(cell) for cell in row["content"]] for row in node["content"]]
    return {"t": "table", "columns": _shares(rows), "headers": _header_rows(rows), "rows": rows}


def _header_rows(rows: list[list[Drawn]]) -> int:
    """Return how many rows are repeated on each page: those of headers, and those that a header reaches into."""
    end = 0
    for place, row in enumerate(rows):
        if place >= end and not all(cell["header"] for cell in row):
            break
        end = max(end, place + 1, *(place + cell["rowspan"] for cell in row if cell["header"]))
    return end


def _shares(rows: list[list[Drawn]]) -> list[int]:
    """Return how much of the width each column gets: by its longest cell; 0 is just as wide as it needs («STT»)."""
    longest = _longest(rows)
    narrow = [length for length in longest if length <= _NARROW]
    if len(narrow) == len(longest) or sum(narrow) + 2 * len(narrow) > _NARROW_TOGETHER:
        return [max(length, _NARROW) for length in longest]
    return [0 if length <= _NARROW else min(length, _WIDEST) for length in longest]


def _longest(rows: list[list[Drawn]]) -> list[int]:
    """Return the letters of the longest cell of each column; joined cells do not count."""
    longest = [0] * sum(cell["colspan"] for cell in rows[0])
    reaching: dict[int, int] = {}
    for row in rows:
        reaching = {column: left - 1 for column, left in reaching.items() if left > 1}
        columns = (column for column in range(len(longest)) if column not in reaching)
        placed = [(cell, [next(columns) for _ in range(cell["colspan"])]) for cell in row]
        for cell, places in placed:
            if len(places) == 1:
                longest[places[0]] = max(longest[places[0]], _length(cell))
            reaching.update((place, cell["rowspan"]) for place in places)
    return longest


def _length(cell: Drawn) -> int:
    return max((sum(len(run.get("x", "")) for run in block.get("c", ())) for block in cell["blocks"]), default=0)


def _cell(node: Node) -> Drawn:
    attributes = node.get("attrs", {})
    return {
        "header": node["type"] == "tableHeader",
        "colspan": attributes.get("colspan", 1),
        "rowspan": attributes.get("rowspan", 1),
        "blocks": [block for child in node["content"] for block in _draw(child)],
    }


def _image(node: Node) -> Drawn:
    attributes = node["attrs"]
    return {
        "t": "img",
        "name": attributes["sha256"],
        "width": attributes.get("width") or 0,
        "alt": attributes.get("alt") or "",
    }


def _words(node: Node) -> str:
    return " ".join("".join(child.get("text", " ") for child in node.get("content", ())).split())


def _center_divisions(blocks: list[Drawn]) -> None:
    """Put «Chương I» in the middle, and the heading right after it, unless that is a division or an article itself."""
    is_title_next = False
    for block in blocks:
        words = "".join(run.get("x", " ") for run in block["c"]) if block["t"] == "h" else ""
        is_division = bool(_DIVISION.match(words))
        block_is_title = is_title_next and bool(words) and not _ARTICLE.match(words)
        if is_division or block_is_title:
            block["center"] = True
        is_title_next = is_division


def _runs(node: Node) -> list[Drawn]:
    return [_run(child) for child in node.get("content", ())]


def _run(node: Node) -> Drawn:
    if node["type"] == "hardBreak":
        return {"br": True}
    return {"x": node["text"]} | {_MARKS[mark["type"]]: True for mark in node.get("marks", ())}


def _embolden_article(block: Drawn) -> None:
    runs = block.get("c")
    if block["t"] != "p" or not runs or "x" not in runs[0] or "b" in runs[0]:
        return
    first = runs[0]
    if found := _ARTICLE.match(first["x"]):
        runs[:1] = [first | {"x": found.group(), "b": True}, first | {"x": first["x"][found.end() :]}]


def _put_end_mark(runs: list[Drawn]) -> None:
    if not runs or "x" not in runs[-1]:
        return
    words = runs[-1]["x"].rstrip()
    # After a colon more is to come: such a paper is not finished.
    if not words.endswith((END_MARK, ":")):
        runs[-1] = runs[-1] | {"x": words.rstrip(".;,") + END_MARK}
