"""Fields that a file gets before anyone signs: number, date, leader's and organ's signature."""

import io
from collections.abc import Collection
from dataclasses import dataclass
from typing import cast

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, SigFieldSpec, append_signature_field

from congso.modules.signing.orders import Box, Boxes
from congso.modules.signing.pdf.drawing import LINE, draw
from congso.modules.signing.pdf.revising import Revision

FONT = "Serif"
NUMBER, DATE, LEADER, ORGAN = "so", "ngay", "leader", "organ"


@dataclass(frozen=True, slots=True)
class TextField:
    """A text field as it will be filled: what a reader calls it, and its slant."""

    label: str
    italic: bool


TEXT_FIELDS = {
    NUMBER: TextField("Số văn bản", italic=False),
    DATE: TextField("Ngày văn bản", italic=True),
}
# Decree 30/2020/NĐ-CP, Phụ lục I: number 13; place and date 13 to 14, italic.
DEFAULT_SIZE = 13.0
# A text field's rectangle is drawn around its baseline: this much of the type size below it, and above.
BELOW_BASELINE, ABOVE_BASELINE = 0.3, 1.0
# The leader allows number, date and the organ's signature, and locks whatever else there is. DocMDP level 2 alone
# would permit the filling of any form field.
LOCKS = {
    LEADER: FieldMDPSpec(FieldMDPAction.EXCLUDE, fields=[NUMBER, DATE, ORGAN]),
    ORGAN: FieldMDPSpec(FieldMDPAction.ALL),
}
SIGNATURE_LABELS = {LEADER: "Chữ ký số của người có thẩm quyền", ORGAN: "Chữ ký số của cơ quan"}


def prepare_pdf(pdf: bytes, boxes: Boxes, *, covering: Collection[str] = ()) -> bytes:
    """Return the file with empty fields at ``boxes``: any of ``so``, ``ngay``, ``leader``, ``organ``.

    :param covering: text fields that hide what is printed under them, once they are filled.
    :raises ValueError: a box of another name.
    """
    if unknown := set(boxes) - {*TEXT_FIELDS, *LOCKS}:
        raise ValueError(f"no such field: {unknown}")
    writer = Revision(pdf)
    for name in [name for name in LOCKS if name in boxes]:
        append_signature_field(
            writer,
            SigFieldSpec(
                sig_field_name=name,
                on_page=boxes[name].page - 1,
                box=_whole_points(boxes[name]),
                field_mdp_spec=LOCKS[name],
                readable_field_name=SIGNATURE_LABELS[name],
            ),
        )
    for name in [name for name in TEXT_FIELDS if name in boxes]:
        _append_text_field(writer, name, boxes[name], covers=name in covering)
    return written(writer)


def _corners(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.y0, box.x1, box.y1


def _whole_points(box: Box) -> tuple[int, int, int, int]:
    return round(box.x0), round(box.y0), round(box.x1), round(box.y1)


def _line_of(box: Box, size: float) -> tuple[float, float, float, float]:
    if box.baseline is None:
        return _corners(box)
    return box.x0, box.baseline - BELOW_BASELINE * size, box.x1, box.baseline + ABOVE_BASELINE * size


def written(writer: IncrementalPdfFileWriter) -> bytes:
    """Return the file with the writer's changes appended."""
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def _append_text_field(writer: IncrementalPdfFileWriter, name: str, box: Box, *, covers: bool) -> None:
    page, _resources = writer.find_page_for_modification(box.page - 1)
    size = box.size or DEFAULT_SIZE
    corners = _line_of(box, size)
    area = BoxConstraints(width=corners[2] - corners[0], height=corners[3] - corners[1])
    empty = RawContent(b"", box=area).as_form_xobject()
    field = writer.add_object(
        generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/Widget"),
                pdf_name("/FT"): pdf_name("/Tx"),
                pdf_name("/T"): pdf_string(name),
                pdf_name("/TU"): pdf_string(TEXT_FIELDS[name].label),
                pdf_name("/F"): generic.NumberObject(4),  # printed
                pdf_name("/Rect"): generic.ArrayObject(map(generic.FloatObject, corners)),
                pdf_name("/DA"): pdf_string(f"0 g /{FONT} {size:g} Tf"),
                pdf_name("/Q"): generic.NumberObject(2 if box.align == "right" else 0),
                pdf_name("/P"): page,
                pdf_name("/AP"): generic.DictionaryObject({pdf_name("/N"): writer.add_object(empty)}),
            }
        )
    )
    if covers:
        white = generic.ArrayObject([generic.NumberObject(1)] * 3)
        field.get_object()[pdf_name("/MK")] = generic.DictionaryObject({pdf_name("/BG"): white})
    _append(writer, _form(writer), "/Fields", field)
    _give_font(writer, page.get_object())
    _append(writer, page.get_object(), "/Annots", field)


def _append(writer: IncrementalPdfFileWriter, holder: generic.DictionaryObject, key: str, item: object) -> None:
    if key not in holder:
        holder[pdf_name(key)] = generic.ArrayObject()
        writer.update_container(holder)
    items = cast("generic.ArrayObject", holder[key])
    items.append(item)
    writer.update_container(items)


def _give_font(writer: IncrementalPdfFileWriter, page: generic.DictionaryObject) -> None:
    """Name the page's first font as that of the form: ``/DA`` must point at one, and it must be embedded.

    A page from elsewhere may have none, or forms with fonts of their own: then ours is brought along.
    """
    form = _form(writer)
    resources = _inner(form, "/DR")
    names = _inner(resources, "/Font")
    if f"/{FONT}" in names:
        return
    fonts = _inner(page, "/Resources", "/Font")
    if not fonts:
        line = draw(LINE, words=FONT, width="60", height="20", baseline="5", size="10", style="normal", side="left")
        drawn = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(line))).get_object()
        fonts = _inner(drawn, "/Resources", "/Font")
    names[pdf_name(f"/{FONT}")] = fonts.raw_get(next(iter(fonts)))
    resources[pdf_name("/Font")], form[pdf_name("/DR")] = names, resources
    writer.update_container(form)


def _inner(holder: generic.DictionaryObject, *keys: str) -> generic.DictionaryObject:
    """Return the dictionary that stands there, or an empty one that stands nowhere yet."""
    for key in keys:
        inner = holder[key] if key in holder else None  # noqa: SIM401 - ``get`` gives a reference
        if not isinstance(inner, generic.DictionaryObject):
            return generic.DictionaryObject()
        holder = inner
    return holder


def _form(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    if "/AcroForm" not in writer.root:
        writer.root[pdf_name("/AcroForm")] = writer.add_object(generic.DictionaryObject())
        writer.update_root()
    return cast("generic.DictionaryObject", writer.root["/AcroForm"])
