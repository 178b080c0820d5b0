"""Small drawings put into fields, set by Typst in the serif of the page, so that every font is embedded."""

import io
import threading
from functools import cache, lru_cache

import typst
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.layout import AxisAlignment as Align
from pyhanko.pdf_utils.layout import BoxConstraints, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle

from congso.shared import serif

# The same day stands in all papers of that day, the same small numbers in all series.
DRAWINGS_KEPT = 128
READERS_KEPT = 8
_local = threading.local()

TRAINING_WORDS = "CHỈ DÙNG ĐỂ TẬP HUẤN"
# Two and a half strokes of a pen: nobody's signature.
PEN = """
#set page(width: 150pt, height: 64pt, margin: 0pt, fill: none)
#let ink = stroke(paint: rgb("#1a3fb0"), thickness: 1.5pt, cap: "round", join: "round")
#place(dx: 8pt, dy: 2pt, curve(stroke: ink,
  curve.move((4pt, 34pt)),
  curve.cubic((14pt, 2pt), (34pt, -4pt), (30pt, 16pt)),
  curve.cubic((26pt, 36pt), (8pt, 52pt), (14pt, 44pt)),
  curve.cubic((22pt, 32pt), (40pt, 18pt), (46pt, 22pt)),
  curve.cubic((50pt, 26pt), (36pt, 38pt), (48pt, 34pt)),
  curve.cubic((58pt, 30pt), (58pt, 18pt), (66pt, 22pt)),
  curve.cubic((72pt, 26pt), (60pt, 38pt), (74pt, 32pt)),
  curve.cubic((84pt, 27pt), (86pt, 20pt), (94pt, 24pt)),
  curve.cubic((102pt, 28pt), (112pt, 30pt), (128pt, 16pt)),
))
#place(dx: 24pt, dy: 40pt, curve(stroke: ink,
  curve.move((0pt, 8pt)), curve.cubic((30pt, 0pt), (70pt, -2pt), (104pt, 2pt))))
#place(bottom + center, dy: -1pt, text(font: sys.inputs.font, size: 5.4pt, fill: rgb("#1a3fb0"))[#sys.inputs.words])
"""
SEAL = """
#set page(width: 102pt, height: 102pt, margin: 0pt, fill: none)
#let red = rgb("#c8102e")
#set text(font: sys.inputs.font, fill: red, weight: "bold")
#let ring(words, radius, size, from, to) = {
  let letters = words.clusters()
  for (place-in-ring, letter) in letters.enumerate() {
    let angle = from + (to - from) * place-in-ring / (letters.len() - 1)
    place(center + horizon, rotate(angle, box(height: 2 * radius, align(top + center, text(size: size, letter)))))
  }
}
#place(center + horizon, circle(radius: 49pt, stroke: 2pt + red))
#place(center + horizon, circle(radius: 33pt, stroke: 0.8pt + red))
#ring("CÔNG SỐ · TẬP HUẤN", 46pt, 10pt, -112deg, 112deg)
#ring("· · ·", 46pt, 10pt, 158deg, 202deg)
#place(center + horizon, align(center, text(size: 7.2pt)[CHỈ DÙNG \\ ĐỂ TẬP HUẤN]))
"""
LINE = """
#set page(width: float(sys.inputs.width) * 1pt, height: float(sys.inputs.height) * 1pt, margin: 0pt,
  fill: if sys.inputs.at("cover", default: "") == "" { none } else { white })
#set text(font: sys.inputs.font, size: float(sys.inputs.size) * 1pt, style: sys.inputs.style,
  bottom-edge: "baseline", hyphenate: false)
#place((if sys.inputs.side == "right" { right } else { left }) + bottom, dy: -float(sys.inputs.baseline) * 1pt,
  box(sys.inputs.words))
"""


@cache
def _fonts() -> typst.Fonts:
    serif.files()
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(serif.FOLDER)])


def draw(source: str, **inputs: str) -> bytes:
    """Return a one-page PDF of a Typst source, everything embedded, no background."""
    compiler = typst.Compiler(input=source.encode(), font_paths=_fonts())
    page = compiler.compile(
        format="pdf", pdf_standards=["a-2b"], pdf_tags=False, sys_inputs={"font": serif.FAMILY, **inputs}
    )
    if not isinstance(page, bytes):
        raise TypeError("a drawing has one page")
    return page


@cache
def pen_stroke() -> bytes:
    """Return the leader's visible signature: a neutral stroke in pen blue that says it is for training."""
    return draw(PEN, words=TRAINING_WORDS)


@cache
def round_seal() -> bytes:
    """Return the organ's visible signature: a round red seal that says it is for training."""
    return draw(SEAL)


@lru_cache(maxsize=DRAWINGS_KEPT)
def line_of_text(
    words: str,
    *,
    width: float,
    height: float,
    baseline: float,
    size: float,
    italic: bool,
    side: str,
    covers: bool = False,
) -> bytes:
    """Return one line of the page's serif in a box, from its ``left`` or ``right`` side; all measures in points.

    ``covers``: the box is white and hides what is under it.
    """
    measures = {"width": width, "height": height, "baseline": baseline, "size": size}
    inputs = {name: f"{points:.4f}" for name, points in measures.items()}
    return draw(LINE, words=words, style="italic" if italic else "normal", side=side, cover="1" * covers, **inputs)


def _opened(page: bytes) -> PdfFileReader:
    """Return the reader of a drawing, kept by each thread: readers remember what they read, and are not shared."""
    kept: dict[bytes, PdfFileReader] = _local.__dict__.setdefault("readers", {})
    if page not in kept:
        if len(kept) >= READERS_KEPT:
            kept.clear()
        kept[page] = PdfFileReader(io.BytesIO(page))
    return kept[page]


class DrawnPage(PdfContent):
    """A drawing as content of a stamp."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.page = page

    def render(self) -> bytes:
        form = self._ensure_writer.import_page_as_xobject(_opened(self.page))
        self.resources.xobject["/Drawn"] = form
        _, _, width, height = form.get_object()["/BBox"]
        self.box = BoxConstraints(width=width, height=height)
        return b"/Drawn Do"


def stamp_of(page: bytes) -> StaticStampStyle:
    """Return a stamp that shows the drawing as large as its field allows, undistorted."""
    fitted = SimpleBoxLayoutRule(
        x_align=Align.ALIGN_MID,
        y_align=Align.ALIGN_MID,
        margins=Margins.uniform(0),
        inner_content_scaling=InnerScaling.STRETCH_TO_FIT,
    )
    return StaticStampStyle(border_width=0, background=DrawnPage(page), background_layout=fitted)
