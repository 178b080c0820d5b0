"""The organ's mark on a file that goes with a paper: number and signing time, small, at the top right of page 1.

Source: Decree 30/2020/NĐ-CP, Phụ lục I, on attachments that are files of their own: no picture; Times New Roman 10,
black; number, then the signing time with its zone in the form of ISO 8601.
"""

from typing import Final, Literal, cast

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from congso.modules.signing.pdf.drawing import draw
from congso.modules.signing.pdf.fields import LOCKS, ORGAN, written
from congso.modules.signing.pdf.revising import Revision

SIZE: Final = 10
HEIGHT: Final = 14
# From the top and the right edge of what is shown.
TOP, RIGHT = 10, 24
LETTER: Final = 5.6
TIME_LETTERS: Final = len("; 2023-11-29T09:00:00+07:00")

MARK = """
#let wide = float(sys.inputs.wide) * 1pt
#let high = float(sys.inputs.high) * 1pt
#let turned = int(sys.inputs.turned)
#set page(width: if calc.odd(calc.quo(turned, 90)) { high } else { wide },
  height: if calc.odd(calc.quo(turned, 90)) { wide } else { high }, margin: 0pt, fill: none)
#set text(font: sys.inputs.font, size: 10pt, fill: black, hyphenate: false)
#place(top + left, rotate(-turned * 1deg, reflow: true, box(width: wide, height: high,
  align(right + horizon, context {
    let words = box(sys.inputs.words)
    let needed = measure(words).width
    if needed > wide { scale(wide / needed * 100%, reflow: true, words) } else { words }
  }))))
"""


class NotMarkable(ValueError):
    """The file cannot take a signature: it has such a field already, or is not sound."""


def prepare_mark(pdf: bytes, words: str) -> bytes:
    """Return the file with an empty field for the organ's signature, at the top right of page 1 as it is shown.

    Equal words give equal bytes; other words other bytes.

    :param words: what the mark will say before the signing time.
    :raises NotMarkable: it cannot be done.
    """
    try:
        writer = Revision(pdf)
        page = writer.find_page_for_modification(0)[0].get_object()  # type: ignore[no-untyped-call]
        box = _corner(page, width=LETTER * (len(words) + TIME_LETTERS))
        append_signature_field(
            writer,
            SigFieldSpec(
                sig_field_name=ORGAN,
                on_page=0,
                box=box,
                field_mdp_spec=LOCKS[ORGAN],
                readable_field_name=f"Chữ ký số của cơ quan, văn bản {words}",
            ),
        )
        return written(writer)
    except (PdfError, ValueError, KeyError, TypeError, IndexError, AttributeError) as broken:
        raise NotMarkable from broken


def drawn_mark(field: generic.DictionaryObject, words: str) -> bytes:
    """Return the drawing for a field that ``prepare_mark`` made, upright as its page is shown."""
    x0, y0, x1, y1 = (float(corner) for corner in field["/Rect"])
    turned = _turned(field["/P"])
    width, height = (y1 - y0, x1 - x0) if turned in {90, 270} else (x1 - x0, y1 - y0)
    return draw(MARK, words=words, wide=f"{width:.2f}", high=f"{height:.2f}", turned=str(turned))


def _corner(page: generic.DictionaryObject, *, width: float) -> tuple[int, int, int, int]:
    x0, y0, x1, y1 = _shown(page)
    turned = _turned(page)
    across = (y1 - y0) if turned in {90, 270} else (x1 - x0)
    wide = min(width, across - 2 * RIGHT)
    if turned == 0:
        box = (x1 - RIGHT - wide, y1 - TOP - HEIGHT, x1 - RIGHT, y1 - TOP)
    elif turned == 90:  # noqa: PLR2004 - degrees
        box = (x0 + TOP, y1 - RIGHT - wide, x0 + TOP + HEIGHT, y1 - RIGHT)
    elif turned == 180:  # noqa: PLR2004 - degrees
        box = (x0 + RIGHT, y0 + TOP, x0 + RIGHT + wide, y0 + TOP + HEIGHT)
    else:
        box = (x1 - TOP - HEIGHT, y0 + RIGHT, x1 - TOP, y0 + RIGHT + wide)
    return cast("tuple[int, int, int, int]", tuple(round(side) for side in box))


def _shown(page: generic.DictionaryObject) -> tuple[float, float, float, float]:
    """Return the rectangle of the page that is shown, its corners in order."""
    box = _inherited(page, "/CropBox") or _inherited(page, "/MediaBox")
    if not isinstance(box, generic.ArrayObject):
        raise TypeError("a page without a size")
    xs, ys = sorted(float(box[place]) for place in (0, 2)), sorted(float(box[place]) for place in (1, 3))
    return xs[0], ys[0], xs[1], ys[1]


def _turned(page: generic.PdfObject) -> Literal[0, 90, 180, 270]:
    turned = _inherited(page, "/Rotate")
    degrees = int(turned) % 360 if isinstance(turned, generic.NumberObject) else 0
    return cast("Literal[0, 90, 180, 270]", degrees // 90 * 90)


def _inherited(page: generic.PdfObject, key: str) -> generic.PdfObject | None:
    """Return what the page says, or the nearest branch of the tree above it."""
    holder: object = page
    for _level in range(64):
        if not isinstance(holder, generic.DictionaryObject):
            break
        if key in holder:
            return cast("generic.PdfObject", holder[key])
        holder = holder["/Parent"] if "/Parent" in holder else None  # noqa: SIM401 - ``get`` gives a reference
    return None
