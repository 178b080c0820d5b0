"""Number and date, given after the leader signed: an incremental update of exactly two fields."""

import io
from typing import cast

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from congso.modules.signing.pdf.drawing import line_of_text
from congso.modules.signing.pdf.fields import BELOW_BASELINE, DATE, NUMBER, TEXT_FIELDS, written
from congso.modules.signing.pdf.revising import Revision

ALIGNED_RIGHT = 2


class FieldMissing(LookupError):
    """The file has no such field: it was not prepared."""


def fill_number(pdf: bytes, *, number_text: str, date_text: str) -> bytes:
    """Return the file with number and date filled in, in the serif of the page, every signature before it kept.

    :raises FieldMissing: the file was not prepared with ``so`` and ``ngay``.
    """
    writer = Revision(pdf)
    for name, text in ((NUMBER, number_text), (DATE, date_text)):
        _fill(writer, field_named(writer, name), name, text)
    return written(writer)


def field_named(writer: IncrementalPdfFileWriter, name: str) -> generic.DictionaryObject:
    """Return the top-level field of this name."""
    # Item access resolves references; ``get`` would hand them out as they are.
    try:
        references = writer.root["/AcroForm"]["/Fields"]
    except KeyError:
        raise FieldMissing(name) from None
    for reference in references:
        field = reference.get_object()
        if "/T" in field and field["/T"] == name:
            return cast("generic.DictionaryObject", field)
    raise FieldMissing(name)


def _fill(writer: IncrementalPdfFileWriter, field: generic.DictionaryObject, name: str, text: str) -> None:
    x0, y0, x1, y1 = (float(corner) for corner in field["/Rect"])
    size = float(str(field["/DA"]).split()[-2])
    line = line_of_text(
        text,
        width=x1 - x0,
        height=y1 - y0,
        baseline=BELOW_BASELINE * size,
        size=size,
        italic=TEXT_FIELDS[name].italic,
        side="right" if field["/Q"] == ALIGNED_RIGHT else "left",
        covers="/MK" in field and "/BG" in field["/MK"],
    )
    appearance = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(line)))
    field[pdf_name("/V")] = pdf_string(text)
    field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): appearance})
    writer.update_container(field)
