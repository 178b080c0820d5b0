"""The process that opens PDF files: strangers' files meet a native library here and nowhere else.

Run by its path, without Django, by :mod:`congso.shared.files.pages`. Reads requests from standard input until it ends:
a line of JSON (``op``, ``length``, …), then that many bytes of PDF. Answers a line of JSON (``error`` or ``lengths``),
then the parts. Whoever asks sets the time limit and kills; memory is limited here.
"""

import ctypes
import json
import resource
import sys
import unicodedata
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any, BinaryIO

import pypdfium2
from PIL import Image
from pypdfium2 import raw

MEMORY = 2 * 1024**3
MAX_PAGES = 1000
MAX_PIXELS = 6_000_000
MAX_LETTERS = 100_000
MAX_BOXED = 300_000
MAX_SIDE = 16_000
# In heights of a letter: what is further apart does not belong together.
WIDE_GAP = 2
# Few shades of each colour, kept exactly: letters stay crisp, and a page of text is half as large as by losing detail.
SHADES = (16, 8, 5)
QUALITIES = (75, 55, 35)
NARROWER = 0.8
NARROWEST = 300


class Refused(Exception):
    """A file that is not taken; the text is the code that the asker translates."""


def main(requests: BinaryIO, answers: BinaryIO) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    while line := requests.readline():
        request = json.loads(line)
        pdf = requests.read(request["length"])
        try:
            parts = answer(request, pdf)
        except Refused as refusal:
            send(answers, {"error": str(refusal)}, [])
        except (pypdfium2.PdfiumError, MemoryError, ValueError, OSError):
            send(answers, {"error": "broken"}, [])
        else:
            send(answers, {"lengths": [len(part) for part in parts]}, parts)


def send(answers: BinaryIO, head: dict[str, object], parts: list[bytes]) -> None:
    answers.write(json.dumps(head).encode() + b"\n")
    answers.writelines(parts)
    answers.flush()


def answer(request: dict[str, Any], pdf: bytes) -> list[bytes]:
    document = opened(pdf)
    try:
        op = request["op"]
        if op in OF_THE_WHOLE:
            return OF_THE_WHOLE[op](document)
        places = [place for place in request["places"] if 0 <= place < len(document)]
        if op == "chosen":
            return rebuilt(document, places)
        if op == "runs":
            return [json.dumps(runs_of(document, place), ensure_ascii=False).encode() for place in places]
        return [webp(document, place, request["width"], request["most_bytes"]) for place in places]
    finally:
        document.close()


def count(document: pypdfium2.PdfDocument) -> list[bytes]:
    return [str(len(document)).encode()]


def texts(document: pypdfium2.PdfDocument) -> list[bytes]:
    return [text_of(document, place).encode() for place in range(len(document))]


def loose(document: pypdfium2.PdfDocument) -> list[bytes]:
    return [about(document).encode(), *(loose_of(document, place).encode() for place in range(len(document)))]


def sizes(document: pypdfium2.PdfDocument) -> list[bytes]:
    return [json.dumps([size_of(document, place) for place in range(len(document))]).encode()]


def rebuilt(document: pypdfium2.PdfDocument, places: list[int] | None = None) -> list[bytes]:
    """Return a new file of the same pages, or of some, and of nothing else; fields become part of their pages."""
    if document.formenv is None:
        document.init_forms()
    for page in document:
        raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
        page.close()
    anew = pypdfium2.PdfDocument.new()
    try:
        anew.import_pages(document, pages=places)
        file = BytesIO()
        anew.save(file)
    finally:
        anew.close()
    return [file.getvalue()]


def size_of(document: pypdfium2.PdfDocument, place: int) -> tuple[float, float, float, float, int]:
    """Return what of the page is shown, in points, and by how much it is turned clockwise."""
    page = document[place]
    try:
        return (*page.get_cropbox(), page.get_rotation())
    finally:
        page.close()


def opened(pdf: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise Refused("encrypted" if error.err_code == raw.FPDF_ERR_PASSWORD else "broken") from None
    if len(document) > MAX_PAGES:
        document.close()
        raise Refused("too_many_pages")
    return document


def text_of(document: pypdfium2.PdfDocument, place: int) -> str:
    page = document[place]
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_bounded() if text_page.count_chars() <= MAX_LETTERS else ""
    finally:
        text_page.close()
        page.close()
    return plain(text)


def about(document: pypdfium2.PdfDocument) -> str:
    """Return what the file says of itself: title, subject, keywords."""
    return plain("\n".join(value for value in document.get_metadata_dict().values() if value))


def loose_of(document: pypdfium2.PdfDocument, place: int) -> str:
    """Return the words that the lines of the page hide: remarks, values of fields, boxes that share a line."""
    if document.formenv is None:
        document.init_forms()
    page = document[place]
    text_page = page.get_textpage()
    try:
        found = [*remarks(document, page)]
        # A stamp is looked for in these: only where there can be one is it worth the time.
        if "MAT" in letters(text_page.get_text_bounded()):
            found += boxes(text_page)
    finally:
        text_page.close()
        page.close()
    return plain("\n".join(found))


def remarks(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[str]:
    for place in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, place)
        yield wide(lambda *to, of=annotation: raw.FPDFAnnot_GetStringValue(of, b"Contents", *to))
        if document.formenv is not None:
            form = document.formenv.raw
            yield wide(lambda *to, of=annotation, form=form: raw.FPDFAnnot_GetFormFieldValue(form, of, *to))
        raw.FPDFPage_CloseAnnot(annotation)


def wide(read: Callable[..., int]) -> str:
    """Return the UTF-16 that a function of the library writes into a buffer."""
    length = min(read(None, 0), 2 * MAX_LETTERS)
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    read(buffer, length)
    return bytes(buffer)[: max(length - 2, 0)].decode("utf-16-le", "ignore")


def boxes(text_page: pypdfium2.PdfTextPage) -> list[str]:
    """Return runs of letters on one height without a wide gap between them."""
    runs: list[str] = []
    right, bottom, top = 0.0, 0.0, 0.0
    for place in range(min(text_page.count_chars(), MAX_BOXED)):
        letter = chr(raw.FPDFText_GetUnicode(text_page.raw, place))
        box = text_page.get_charbox(place)
        height = box[3] - box[1]
        if letter.isspace() or height <= 0:
            continue
        middle = (box[1] + box[3]) / 2
        if not (runs and bottom <= middle <= top and -height <= box[0] - right <= WIDE_GAP * height):
            runs.append("")
        runs[-1] += letter
        right, bottom, top = box[2], box[1], box[3]
    return runs


def runs_of(document: pypdfium2.PdfDocument, place: int) -> list[dict[str, Any]]:
    """Return the runs of letters of a page: their text, where each letter begins and the last ends, bottom and top."""
    page = document[place]
    text_page = page.get_textpage()
    runs: list[dict[str, Any]] = []
    try:
        for at in range(min(text_page.count_chars(), MAX_LETTERS)):
            letter = chr(raw.FPDFText_GetUnicode(text_page.raw, at))
            box = text_page.get_charbox(at, loose=True)
            height = box[3] - box[1]
            if letter in "\r\n" or height <= 0:
                continue
            last = runs[-1] if runs else None
            is_on = last is not None and abs(last["bottom"] - box[1]) < height / 2
            if last is None or not is_on or not -height <= box[0] - last["xs"][-1] <= height:
                last = {"text": "", "xs": [box[0]], "bottom": box[1], "top": box[3]}
                runs.append(last)
            last["text"] += letter
            last["xs"][-1] = min(last["xs"][-1], box[0]) if len(last["text"]) > 1 else box[0]
            last["xs"].append(box[2])
    finally:
        text_page.close()
        page.close()
    return [{**run, "text": unicodedata.normalize("NFC", run["text"])} for run in runs if run["text"].strip()]


def letters(text: str) -> str:
    bare = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in bare if letter.isalpha()).upper()


def plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).encode("utf-8", "ignore").decode()


def webp(document: pypdfium2.PdfDocument, place: int, width: int, most_bytes: int) -> bytes:
    """Return the page's picture: first exact, then worse, then narrower, until it fits into ``most_bytes``."""
    picture = drawn(document, place, width)
    for shades in SHADES:
        exact = packed(picture.point(steps(shades)), lossless=True, quality=20, method=1)
        if len(exact) <= most_bytes:
            return exact
        if len(exact) > 3 * most_bytes:
            break
    while True:
        for quality in QUALITIES:
            worse = packed(picture, quality=quality, method=2)
            if len(worse) <= most_bytes:
                return worse
        if picture.width <= NARROWEST:
            return worse
        size = (int(picture.width * NARROWER), max(1, int(picture.height * NARROWER)))
        picture = picture.resize(size, Image.Resampling.LANCZOS)


def steps(shades: int) -> list[int]:
    """Return the table that rounds each colour to the nearest of ``shades``."""
    return [round(round(value * (shades - 1) / 255) * 255 / (shades - 1)) for value in range(256)] * 3


def packed(picture: Image.Image, **options: Any) -> bytes:
    file = BytesIO()
    picture.save(file, "WEBP", **options)
    return file.getvalue()


def drawn(document: pypdfium2.PdfDocument, place: int, width: int) -> Image.Image:
    """Return the page as it prints, the values of its form fields included."""
    if document.formenv is None:
        document.init_forms()
    page = document[place]
    try:
        across, down = page.get_size()
        if across < 1 or down < 1:
            raise Refused("broken")
        scale = min(width / across, MAX_SIDE / down, (MAX_PIXELS / (across * down)) ** 0.5)
        bitmap = page.render(scale=scale)
        picture: Image.Image = bitmap.to_pil().convert("RGB")
        bitmap.close()
    finally:
        page.close()
    return picture


OF_THE_WHOLE = {"count": count, "texts": texts, "loose": loose, "sizes": sizes, "rebuilt": rebuilt}

if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
