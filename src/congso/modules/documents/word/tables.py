"""Tables with their joined cells, as rows that a body accepts: each filled exactly, no wider than a page takes."""

from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree.ElementTree import Element

from congso.modules.documents.word.styles import is_on

type Node = dict[str, Any]

MAX_COLUMNS: Final = 20
_WRAPPERS: Final = frozenset({"w_sdt", "w_sdtContent", "w_customXml", "w_ins", "w_moveTo", "w_smartTag"})


@dataclass(slots=True)
class Cell:
    """One cell of the file; ``below`` counts the rows that it reaches into."""

    first: int
    span: int
    is_continued: bool
    element: Element | None
    is_header: bool = False
    height: int = 1
    content: list[Node] = field(default_factory=list)


def grid_of(table: Element) -> list[list[Cell]]:
    """Return the rows, cells that continue others above joined to them, short rows filled up; none if it is empty."""
    rows = [_row(row) for row in children(table, "w_tr")]
    width = max((cell.first + cell.span for row in rows for cell in row), default=0)
    above: dict[tuple[int, int], Cell] = {}
    joined = [own for row in rows if (own := _joined(_filled(row, width), above))]
    end = 0
    for place, row in enumerate(joined):
        if place >= end and not all(cell.is_header for cell in row):
            break
        # What a header reaches into is a header too.
        for cell in row:
            cell.is_header = True
        end = max(end, *(place + cell.height for cell in row))
    return joined


def _joined(row: list[Cell], above: dict[tuple[int, int], Cell]) -> list[Cell]:
    """Return the cells that begin in this row; a row that only continues others is no row of its own."""
    continued = [cell for cell in row if cell.is_continued and (cell.first, cell.span) in above]
    if len(continued) == len(row):
        return []
    own = []
    for cell in row:
        place = (cell.first, cell.span)
        if cell.is_continued and place in above:
            above[place].height += 1
        else:
            own.append(cell)
            for other in [one for one in above if one[0] < cell.first + cell.span and cell.first < one[0] + one[1]]:
                del above[other]
            above[place] = cell
    return own


def _row(row: Element) -> list[Cell]:
    properties = row.find("w_trPr")
    is_header = properties is not None and bool(is_on(properties.find("w_tblHeader")))
    cells, place = [], 0
    if before := _number(properties, "w_gridBefore"):
        cells.append(Cell(0, before, is_continued=False, element=None))
        place = before
    for element in children(row, "w_tc"):
        own = element.find("w_tcPr")
        span = max(1, _number(own, "w_gridSpan"))
        merge = None if own is None else own.find("w_vMerge")
        is_continued = merge is not None and merge.get("w_val", "continue") == "continue"
        cells.append(Cell(place, span, is_continued, element, is_header))
        place += span
    return cells


def _filled(row: list[Cell], width: int) -> list[Cell]:
    end = row[-1].first + row[-1].span if row else 0
    return row if end >= width else [*row, Cell(end, width - end, is_continued=False, element=None)]


def _number(properties: Element | None, tag: str) -> int:
    found = None if properties is None else properties.find(tag)
    value = "" if found is None else found.get("w_val", "")
    return min(int(value), 1000) if value.isdecimal() else 0


def children(element: Element, tag: str) -> list[Element]:
    """Return the children called ``tag``, also those that a control or a tracked change wraps."""
    found = []
    for child in element:
        if child.tag == tag:
            found.append(child)
        elif child.tag in _WRAPPERS:
            found += children(child, tag)
    return found


def node_of(rows: list[list[Cell]]) -> Node:
    """Return the table's node; its cells are read by now."""
    return {
        "type": "table",
        "content": [{"type": "tableRow", "content": [_cell(cell) for cell in row]} for row in rows],
    }


def _cell(cell: Cell) -> Node:
    spans = {"colspan": cell.span, "rowspan": cell.height}
    attributes = {name: value for name, value in spans.items() if value > 1}
    kind = "tableHeader" if cell.is_header else "tableCell"
    return {"type": kind, "attrs": attributes, "content": cell.content or [{"type": "paragraph"}]}
