import hashlib
import os
import signal
import threading
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from congso.kernel.errors import NotFound
from congso.shared.files import pages
from congso.shared.files.keeping import path_of
from congso.shared.files.pages import PdfEncrypted, PdfNotReadable, PdfTooLarge, PdfTooSlow


def lines_pdf(lines: list[str], *, box: str = "0 0 595 842", pages_count: int = 1) -> bytes:
    """Return a small PDF with the same ASCII lines on each page."""
    drawn = "BT /F1 14 Tf 72 760 Td 18 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    kids = " ".join(f"{4 + number} 0 R" for number in range(pages_count))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages_count}>>",
        f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream",
    ]
    font = "<</F1<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>>>"
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 3 0 R/Resources<</Font{font}>>>>"
    objects += [page] * pages_count
    body = "%PDF-1.4\n" + "".join(
        f"{place} 0 obj\n{content}\nendobj\n" for place, content in enumerate(objects, start=1)
    )
    return (body + f"trailer<</Root 1 0 R/Size {len(objects) + 1}>>\n").encode()


def noise_pdf() -> bytes:
    """Return a page like a bad scan: noise in every colour."""
    size = (1240, 1754)
    picture = Image.frombytes("RGB", size, os.urandom(size[0] * size[1] * 3))
    file = BytesIO()
    picture.save(file, "PDF", resolution=150)
    return file.getvalue()


def locked_pdf() -> bytes:
    picture = BytesIO()
    Image.new("RGB", (60, 80), "white").save(picture, "PDF")
    writer = copy_into_new_writer(PdfFileReader(picture, strict=False))
    writer.encrypt("chu", "khach")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.fixture
def stored():
    def put(pdf: bytes) -> str:
        sha256 = hashlib.sha256(pdf).hexdigest()
        if not default_storage.exists(path_of(sha256)):
            default_storage.save(path_of(sha256), ContentFile(pdf))
        return sha256

    return put


def test_pages_are_counted():
    assert pages.count_of(lines_pdf(["mot"], pages_count=3)) == 3


def test_the_words_of_each_page_are_read():
    assert pages.texts_of(lines_pdf(["Dong mot", "Dong hai"], pages_count=2)) == ("Dong mot\nDong hai",) * 2


def test_a_page_is_a_webp_of_reading_width():
    picture = Image.open(BytesIO(pages.images_of(lines_pdf(["Chu"]), [1])[0]))

    assert (picture.format, picture.width) == ("WEBP", pages.READING_WIDTH)


def test_a_page_of_text_fits_the_slow_line_at_full_width():
    full = lines_pdf(["Noi dung cua mot dong van ban hanh chinh dai bang ca trang giay a4"] * 40)

    made = pages.images_of(full, [1])[0]

    assert len(made) <= pages.MOST_BYTES
    assert Image.open(BytesIO(made)).width == pages.READING_WIDTH


def test_a_bad_scan_becomes_narrower_until_it_fits():
    made = pages.images_of(noise_pdf(), [1])[0]

    assert len(made) <= pages.MOST_BYTES
    assert Image.open(BytesIO(made)).width < pages.READING_WIDTH


def test_pages_beyond_the_end_are_left_out():
    assert len(pages.images_of(lines_pdf(["x"]), [0, 1, 2])) == 1


@pytest.mark.parametrize("box", ["0 0 14400 20", "0 0 20 14400", "0 0 14400 14400"])
def test_a_page_of_monstrous_size_stays_a_small_picture(box):
    picture = Image.open(BytesIO(pages.images_of(lines_pdf(["x"], box=box), [1])[0]))

    assert picture.width * picture.height <= 6_100_000


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"khong phai PDF", lines_pdf(["x"])[:80]], ids=range(4))
def test_a_damaged_file_is_refused(content):
    with pytest.raises(PdfNotReadable, match="bị hỏng"):
        pages.count_of(content)


def test_a_file_with_a_password_is_refused():
    with pytest.raises(PdfEncrypted, match="mật khẩu"):
        pages.count_of(locked_pdf())


def test_too_many_pages_are_refused():
    with pytest.raises(PdfTooLarge, match=r"1\.000 trang"):
        pages.count_of(lines_pdf(["x"], pages_count=1001))


def test_too_many_bytes_are_refused_unread(monkeypatch):
    monkeypatch.setattr(pages, "MAX_FILE_BYTES", 100)

    with pytest.raises(PdfTooLarge, match="50 MB"):
        pages.count_of(lines_pdf(["x"]))


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_opened(monkeypatch):
    monkeypatch.setattr(pages, "MAX_SECONDS", 0.0)
    with pytest.raises(PdfTooSlow, match="quá phức tạp"):
        pages.images_of(noise_pdf(), [1])
    monkeypatch.undo()

    assert pages.count_of(lines_pdf(["x"])) == 1


def test_a_file_that_breaks_the_opener_costs_one_message():
    pages.count_of(lines_pdf(["x"]))
    opener = pages._opener._process
    os.kill(opener.pid, signal.SIGSTOP)
    threading.Timer(0.3, os.kill, (opener.pid, signal.SIGKILL)).start()

    with pytest.raises(PdfNotReadable):
        pages.images_of(noise_pdf(), [1])

    assert pages.count_of(lines_pdf(["x"])) == 1


def test_a_picture_is_made_once(stored, monkeypatch):
    sha256 = stored(lines_pdf(["made once"]))
    first = pages.image(sha256, 1)
    monkeypatch.setattr(pages, "_opener", None)

    assert pages.image(sha256, 1) == first


def test_words_and_count_are_made_once(stored, monkeypatch):
    sha256 = stored(lines_pdf(["words once"], pages_count=2))
    first = pages.texts(sha256), pages.count(sha256)
    monkeypatch.setattr(pages, "_opener", None)

    assert (pages.texts(sha256), pages.count(sha256)) == first == (("words once",) * 2, 2)


@pytest.mark.parametrize(("page", "width"), [(0, 1240), (2, 1240), (1, 1241)])
def test_a_page_or_width_that_is_none_is_not_found(stored, page, width):
    with pytest.raises(NotFound):
        pages.image(stored(lines_pdf(["one page"])), page, width=width)


def two_columns(left: str, right: str) -> bytes:
    """Return a page where the two stand on one line, far apart."""
    drawn = f"BT /F1 12 Tf 72 760 Td ({left}) Tj 260 0 Td ({right}) Tj ET"
    return lines_pdf([]).replace(b"BT /F1 14 Tf 72 760 Td 18 TL  ET", drawn.encode())


class TestLooseTexts:
    def test_boxes_on_one_line_are_told_apart(self):
        [_about, page] = pages.loose_texts_of(two_columns("T O I  M A T", "Cong hoa"))

        assert "TOIMAT" in page.split("\n")

    def test_what_the_file_says_of_itself_and_remarks_are_read(self):
        picture = BytesIO()
        Image.new("RGB", (60, 80), "white").save(picture, "PDF", title="TUYỆT MẬT")
        writer = copy_into_new_writer(PdfFileReader(picture, strict=False))
        page, _ = writer.find_page_for_modification(0)
        page.get_object()["/Annots"] = generic.ArrayObject(
            [
                generic.DictionaryObject(
                    {
                        generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
                        generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 9, 9))),
                        generic.pdf_name("/Contents"): generic.pdf_string("TỐI MẬT"),
                    }
                )
            ]
        )
        file = BytesIO()
        writer.write(file)

        about, page_words = pages.loose_texts_of(file.getvalue())

        assert "TUYỆT MẬT" in about
        assert "TỐI MẬT" in page_words
