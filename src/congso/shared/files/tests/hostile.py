"""PDF files that somebody built to do harm, or that are damaged; each is made here."""

import io
import zlib
from collections.abc import Callable

from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter, copy_into_new_writer

from congso.shared.files.tests.factories import archive


def of(entries):
    """Return a PDF dictionary of plain values."""
    return generic.DictionaryObject({pdf_name(f"/{key}"): _object(value) for key, value in entries.items()})


def _object(value):
    if isinstance(value, dict):
        return of(value)
    if isinstance(value, list):
        return generic.ArrayObject(map(_object, value))
    if isinstance(value, int):
        return generic.NumberObject(value)
    if isinstance(value, str):
        return pdf_name(value) if value.startswith("/") else pdf_string(value)
    return value


def plain(change: Callable[[PdfFileWriter], None] | None = None):
    """Return a PDF of one page, after ``change`` was done to it."""
    picture = io.BytesIO()
    Image.new("RGB", (595, 842), "white").save(picture, "PDF")
    writer = copy_into_new_writer(PdfFileReader(picture, strict=False))
    if change is not None:
        change(writer)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def with_root(**entries):
    return plain(lambda writer: writer.root.update(of(entries)))


def with_annotation(**entries):
    def annotate(writer):
        page, _ = writer.find_page_for_modification(0)
        page.get_object()[pdf_name("/Annots")] = _object([{"Rect": [0, 0, 9, 9], "Subtype": "/Link", **entries}])

    return plain(annotate)


def turned(degrees):
    """Return a sheet that a scanner laid the other way round."""

    def turn(writer):
        writer.find_page_for_modification(0)[0].get_object()[pdf_name("/Rotate")] = generic.NumberObject(degrees)

    return plain(turn)


def with_script():
    return with_root(OpenAction={"S": "/JavaScript", "JS": "app.alert(1)"})


def with_launch():
    return with_annotation(A={"S": "/Launch", "F": "cmd.exe"})


def with_embedded_file():
    stream = generic.StreamObject(stream_data=b"MZ")
    stream[pdf_name("/Type")] = pdf_name("/EmbeddedFile")

    def embed(writer):
        writer.root[pdf_name("/Names")] = of(
            {"EmbeddedFiles": {"Names": ["a.exe", {"F": "a.exe", "EF": {"F": writer.add_object(stream)}}]}}
        )

    return plain(embed)


def with_xfa():
    return with_root(AcroForm={"Fields": [], "XFA": "<xdp/>"})


def signed():
    signature = {"Type": "/Sig", "Filter": "/Adobe.PPKLite", "ByteRange": [0, 1, 2, 3]}
    return with_root(AcroForm={"Fields": [{"FT": "/Sig", "T": "Ky", "V": signature}]})


def encrypted(*, for_all):
    """Return a file with an owner's password, which everybody may open, or with one for all."""
    return plain(lambda writer: writer.encrypt("chu", "khach" if for_all else ""))


def truncated():
    whole = plain()
    return whole[: len(whole) // 2]


def out_of_order():
    """Return a file whose table of objects points nowhere, as some scanners write it."""
    return plain().replace(b"startxref\n", b"startxref\n9")


def many_pages(count):
    kids = " ".join(["3 0 R"] * count)
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {count}>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ]
    body = "%PDF-1.4\n" + "".join(f"{place} 0 obj\n{content}\nendobj\n" for place, content in enumerate(objects, 1))
    return (body + "trailer<</Root 1 0 R/Size 4>>\n%%EOF\n").encode()


def bomb(megabytes):
    """Return a small file whose one page unpacks to so much."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"0 0 m 9 9 l S\n" * 75_000) for _ in range(megabytes)) + packer.flush()
    twice = zlib.compress(packed, 9)
    stream = generic.StreamObject(
        {pdf_name("/Filter"): generic.ArrayObject([pdf_name("/FlateDecode"), pdf_name("/FlateDecode")])},
        encoded_data=twice,
    )

    def fill(writer):
        page, _ = writer.find_page_for_modification(0)
        page.get_object()[pdf_name("/Contents")] = writer.add_object(stream)

    return plain(fill)


def polyglot():
    return plain() + archive("word/document.xml")
