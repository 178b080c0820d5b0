"""A register as a file: PDF/A to print and keep, XLSX to work with."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

import typst
import xlsxwriter
from django.utils.translation import gettext as _

from congso.modules.documents.registers.books import Book, Cells
from congso.modules.documents.rendering.fonts import shared_fonts
from congso.shared.ui.words import vn_datetime

TEMPLATE: Final = Path(__file__).resolve().parent / "register.typ"
# What a sheet of Excel shows of one unit of a column's share, in letters of its width.
LETTERS_OF_A_SHARE: Final = 14
FIRST_ROW: Final = 5
A4: Final = 9


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a register's file says.

    :param period: the year, and what was filtered, in words.
    :param cancelled: lines about numbers that were given and not used.
    :param made_at: the moment of its making, part of the content so that equal content gives equal bytes.
    """

    book: Book
    organ: str
    period: str
    rows: Sequence[Cells]
    cancelled: Sequence[str]
    made_at: datetime

    @property
    def title(self) -> str:
        return str(self.book.kind.label)

    @property
    def ending(self) -> str:
        return _("Sổ có %(n)s dòng.") % {"n": len(self.rows)}

    @property
    def printed(self) -> str:
        return _("Lập lúc %(at)s") % {"at": vn_datetime(self.made_at)}


def pdf_of(sheet: Sheet) -> bytes:
    """Draw the register in the decree's columns, A4 landscape; 12,000 lines take some seconds.

    PDF/A-2b, unless a subject has letters that no paper of ours could print (emoji): these become boxes.
    """
    content = {
        "title": sheet.title,
        "organ": sheet.organ,
        "period": sheet.period,
        "columns": [{"name": str(column.name), "share": column.share} for column in sheet.book.columns],
        "rows": sheet.rows,
        "cancelled": sheet.cancelled,
        "ending": sheet.ending,
        "printed": sheet.printed,
    }
    text = json.dumps(content, ensure_ascii=False)
    try:
        return _drawn(text, sheet.made_at, is_archivable=True)
    except typst.TypstError:
        # A letter that the typeface has not: PDF/A refuses it, a register must still be printed.
        return _drawn(text, sheet.made_at, is_archivable=False)


def _drawn(content: str, made_at: datetime, *, is_archivable: bool) -> bytes:
    made = typst.Compiler(input=str(TEMPLATE), font_paths=shared_fonts()).compile(
        format="pdf",
        sys_inputs={"register": content},
        pdf_standards="a-2b" if is_archivable else None,
        # Tags of each cell would make the file ten times as long.
        pdf_tags=False,
        timestamp=int(made_at.timestamp()),
    )
    return cast("bytes", made)


def xlsx_of(sheet: Sheet) -> bytes:
    """Write the register as a workbook. Every cell is text: nothing typed becomes a formula or a link."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, PLAIN_TEXT) as workbook:
        workbook.set_properties({"title": sheet.title, "company": sheet.organ, "created": sheet.made_at})
        page = workbook.add_worksheet(str(_("Sổ")))
        _lay_out(page, sheet)
        serif = {"font_name": "Times New Roman", "font_size": 11}
        plain = workbook.add_format(serif)
        big = workbook.add_format({**serif, "bold": True, "font_size": 15})
        head = workbook.add_format({**serif, "bold": True, "border": 1, "text_wrap": True, "align": "center"})
        cell = workbook.add_format({**serif, "border": 1, "text_wrap": True, "valign": "top", "num_format": "@"})
        for row, (text, look) in enumerate(((sheet.organ, plain), (sheet.title, big), (sheet.period, plain))):
            page.write_string(row, 0, text, look)
        _write_row(page, FIRST_ROW - 1, [str(column.name) for column in sheet.book.columns], head)
        for row, cells in enumerate(sheet.rows, start=FIRST_ROW):
            _write_row(page, row, cells, cell)
        for row, text in enumerate((*sheet.cancelled, sheet.ending), start=FIRST_ROW + len(sheet.rows) + 1):
            page.write_string(row, 0, text, plain)
    return target.getvalue()


PLAIN_TEXT: Final = {
    "in_memory": True,
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def _lay_out(page: Any, sheet: Sheet) -> None:
    """Make the sheet print on A4 landscape, one page wide, its head on each page."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(FIRST_ROW - 1)
    page.freeze_panes(FIRST_ROW, 0)
    for place, column in enumerate(sheet.book.columns):
        page.set_column(place, place, column.share * LETTERS_OF_A_SHARE)


def _write_row(page: Any, row: int, cells: Sequence[str], look: Any) -> None:
    for place, text in enumerate(cells):
        page.write_string(row, place, text, look)
