"""The process that opens scanned files: strangers' pictures and PDFs meet native libraries here and nowhere else.

Run by its path, without Django, by :mod:`congso.modules.documents.scans.pages`. Reads requests from standard input: a
line of JSON (``op``, ``length``, …), then that many bytes; answers a line of JSON and the parts. Whoever asks sets the
time limit and kills; memory is limited here.
"""

import json
import resource
import sys
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any, BinaryIO

import pypdfium2
import zxingcpp
from PIL import Image, ImageOps
from pypdfium2 import raw

MEMORY = 3 * 1024**3
PDF = "application/pdf"
MAX_PAGES = 300
MAX_PIXELS = 60_000_000
READING_DPI = 250
READING_SIDE = 3_600
SHOWN_WIDTH, THUMBNAIL_WIDTH = 1_100, 240
# Share of dark points: below the first there is nothing to read, below the second a page is offered as blank.
NOTHING, BLANK = 0.0002, 0.003
DARK = 150
TILTS = [step / 4 for step in range(-16, 17)]
SMALL = 500
# Less is not seen; the print must stand out clearly more than it does untouched.
LEAST_TILT, CLEARER = 0.5, 1.15
# Wider than between words, in thousandths of the page: another column begins.
COLUMN_GAP = 25
MAX_LETTERS = 100_000
A4 = (595.0, 842.0)

Image.MAX_IMAGE_PIXELS = MAX_PIXELS


class Refused(Exception):
    """A file that is not taken; the text is the code that the asker translates."""


def main(requests: BinaryIO, answers: BinaryIO) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    while line := requests.readline():
        request = json.loads(line)
        content = requests.read(request["length"])
        try:
            head, parts = answer(request, content)
        except Refused as refusal:
            head, parts = {"error": str(refusal)}, []
        except Image.DecompressionBombError:
            head, parts = {"error": "too_large"}, []
        except (pypdfium2.PdfiumError, MemoryError, ValueError, OSError, SyntaxError, RuntimeError):
            head, parts = {"error": "broken"}, []
        answers.write(json.dumps({**head, "lengths": [len(part) for part in parts]}).encode() + b"\n")
        answers.writelines(parts)
        answers.flush()


def answer(request: dict[str, Any], content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    if request["op"] == "count":
        return {"pages": count(content, request["media"])}, []
    if request["op"] == "assemble":
        return {}, [assembled(request, content)]
    return page_of(content, request)


def count(content: bytes, media: str) -> int:
    if media == PDF:
        with opened(content) as document:
            return len(document)
    with Image.open(BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as picture:
        frames = getattr(picture, "n_frames", 1)
        if picture.width * picture.height > MAX_PIXELS or frames > 1:
            raise Refused("too_large")
        picture.load()
        return 1


class opened:  # noqa: N801 - used as a verb
    """A PDF that is closed again."""

    def __init__(self, content: bytes) -> None:
        try:
            self.document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise Refused("encrypted" if error.err_code == raw.FPDF_ERR_PASSWORD else "broken") from None

    def __enter__(self) -> pypdfium2.PdfDocument:
        if len(self.document) > MAX_PAGES:
            self.document.close()
            raise Refused("too_many_pages")
        return self.document

    def __exit__(self, *_why: object) -> None:
        self.document.close()


def page_of(content: bytes, request: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    """Return what is seen on a page, its picture to read, to show, and small; straightened and turned."""
    place, turn = request["place"], request["turn"]
    lines: list[list[Any]] = []
    if request["media"] == PDF:
        with opened(content) as document:
            picture, lines = drawn(document, place)
    else:
        with Image.open(BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as opened_picture:
            upright = ImageOps.exif_transpose(opened_picture)
            picture = upright.convert("RGB")
        picture.thumbnail((READING_SIDE, READING_SIDE), Image.Resampling.LANCZOS)
    picture = turned(picture, turn)
    gray = picture.convert("L")
    share = dark_share(gray)
    tilt = 0.0 if lines or share < BLANK else tilt_of(gray)
    if tilt:
        picture = picture.rotate(tilt, Image.Resampling.BICUBIC, fillcolor="white")
        gray = picture.convert("L")
    facts = {
        "dark": share,
        "is_blank": share < BLANK,
        "is_empty": share < NOTHING,
        "codes": [] if share < NOTHING else codes_of(gray),
        "tilt": tilt,
        "lines": lines,
    }
    shown = ImageOps.contain(picture, (SHOWN_WIDTH, 2 * SHOWN_WIDTH))
    small = ImageOps.contain(picture, (THUMBNAIL_WIDTH, 2 * THUMBNAIL_WIDTH))
    return facts, [
        # As large as A4: the searchable page gets its size from this.
        packed(gray, "JPEG", quality=80, dpi=(max(gray.size) / A4[1] * 72,) * 2),
        packed(shown, "WEBP", quality=55, method=2),
        packed(small, "WEBP", quality=50, method=2),
    ]


def drawn(document: pypdfium2.PdfDocument, place: int) -> tuple[Image.Image, list[list[Any]]]:
    page = document[place]
    try:
        across, down = page.get_size()
        if across < 1 or down < 1:
            raise Refused("broken")
        scale = min(READING_DPI / 72, READING_SIDE / max(across, down))
        bitmap = page.render(scale=scale)
        picture: Image.Image = bitmap.to_pil().convert("RGB")
        bitmap.close()
        return picture, lines_of(page, across, down)
    finally:
        page.close()


def lines_of(page: pypdfium2.PdfPage, across: float, down: float) -> list[list[Any]]:
    """Return the lines of a page's own words: text, certainty, and where it stands, in thousandths of the page."""
    text_page = page.get_textpage()
    try:
        if text_page.count_chars() > MAX_LETTERS:
            return []
        pieces: list[list[Any]] = []
        for number in range(text_page.count_rects()):
            left, bottom, right, top = text_page.get_rect(number)
            text = text_page.get_text_bounded(left, bottom, right, top)
            text = unicodedata.normalize("NFC", " ".join(text.split())).encode("utf-8", "ignore").decode()
            if text:
                box = [
                    1000 * left / across,
                    1000 * (down - top) / down,
                    1000 * right / across,
                    1000 * (down - bottom) / down,
                ]
                pieces.append([text, 100, *map(round, box)])
    finally:
        text_page.close()
    return list(joined(pieces))


def joined(pieces: list[list[Any]]) -> Iterator[list[Any]]:
    """Put pieces that stand beside each other at one height into one line, but not across a gap between columns."""
    rows: list[list[list[Any]]] = []
    for piece in sorted(pieces, key=lambda one: (one[3], one[2])):
        middle = (piece[3] + piece[5]) / 2
        if rows and rows[-1][0][3] <= middle <= rows[-1][0][5]:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        line: list[Any] | None = None
        for piece in sorted(row, key=lambda one: int(one[2])):
            if line is not None and piece[2] - line[4] < COLUMN_GAP:
                line[0] = f"{line[0]} {piece[0]}".replace(" ,", ",").replace(" .", ".")
                line[4], line[5] = max(line[4], piece[4]), max(line[5], piece[5])
            else:
                if line is not None:
                    yield line
                line = list(piece)
        if line is not None:
            yield line


def turned(picture: Image.Image, turn: int) -> Image.Image:
    """Turn clockwise by a multiple of 90 degrees."""
    return picture.rotate(-turn % 360, expand=True) if turn % 360 else picture


def dark_share(gray: Image.Image) -> float:
    """Return the share of dark points, without the edge, where the scanner leaves shadows."""
    edge = min(gray.size) // 25
    inner = gray.crop((edge, edge, gray.width - edge, gray.height - edge))
    inner = ImageOps.contain(inner, (1000, 1400))
    return sum(inner.histogram()[:DARK]) / (inner.width * inner.height)


def tilt_of(gray: Image.Image) -> float:
    """Return by how many degrees to turn back: where the rows of print stand out most."""
    small = ImageOps.contain(gray, (SMALL, 2 * SMALL)).point(lambda shade: 255 if shade < DARK else 0)

    def contrast(angle: float) -> float:
        bands = small.rotate(angle, fillcolor=0).resize((1, small.height), Image.Resampling.BOX).tobytes()
        return sum((above - below) ** 2 for above, below in pairwise(bands))

    level = contrast(0.0)
    best = max(TILTS, key=contrast)
    return best if abs(best) >= LEAST_TILT and contrast(best) > CLEARER * level else 0.0


def codes_of(gray: Image.Image) -> list[str]:
    found = zxingcpp.read_barcodes(
        ImageOps.contain(gray, (1000, 1400)), formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    )
    return [code.text[:200] for code in found[:10]]


def packed(picture: Image.Image, kind: str, **how: Any) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **how)
    return file.getvalue()


def assembled(request: dict[str, Any], content: bytes) -> bytes:
    """Return one PDF of chosen pages of several files, each as it is in its file, turned as asked."""
    sources, start = [], 0
    for source in request["sources"]:
        sources.append((source["media"], content[start : start + source["bytes"]]))
        start += source["bytes"]
    made = pypdfium2.PdfDocument.new()
    documents: dict[int, pypdfium2.PdfDocument] = {}
    try:
        for number, place, turn in request["pages"]:
            media, bytes_of = sources[number]
            if media == PDF:
                if number not in documents:
                    documents[number] = pypdfium2.PdfDocument(bytes_of)
                made.import_pages(documents[number], pages=[place])
            else:
                add_picture(made, bytes_of)
            page = made[len(made) - 1]
            page.set_rotation((page.get_rotation() + turn) % 360)
            page.close()
        file = BytesIO()
        made.save(file)
        return file.getvalue()
    finally:
        for document in documents.values():
            document.close()
        made.close()


def add_picture(made: pypdfium2.PdfDocument, content: bytes) -> None:
    """Add a page that holds one picture; the points of a JPEG stay byte by byte."""
    with Image.open(BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as picture:
        size, kind = picture.size, picture.format
        flat = None if kind == "JPEG" else picture.convert("RGB")
    image = pypdfium2.PdfImage.new(made)
    if flat is None:
        image.load_jpeg(BytesIO(content), inline=True)
    else:
        image.set_bitmap(pypdfium2.PdfBitmap.from_pil(flat))
    scale = min(A4[0] / size[0], A4[1] / size[1]) if size[0] <= size[1] else min(A4[1] / size[0], A4[0] / size[1])
    across, down = size[0] * scale, size[1] * scale
    image.set_matrix(pypdfium2.PdfMatrix().scale(across, down))
    page = made.new_page(across, down)
    page.insert_obj(image)
    page.gen_content()
    page.close()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
