"""Stacks as a scanner gives them, and the papers in them."""

from io import BytesIO

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter

from congso.modules.documents.rendering import render
from congso.modules.documents.rendering.tests.factories import body, paper, paragraph
from congso.modules.documents.scans.pages import SEPARATOR, assemble

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
SUBJECT = "Tăng cường chuyển đổi số trong giải quyết thủ tục hành chính tại các xã, thị trấn năm 2024"


def typed_paper(number="15", subject=SUBJECT, **changes) -> bytes:
    """Return a paper with words of its own, numbered and dated as issued ones are."""
    content = {
        "number_words": f"Số: {number}",
        "place": "Nông Cống, ngày 29 tháng 11 năm 2023",
        "subject": subject,
        "body": body(paragraph("Thực hiện chủ trương của Huyện ủy, Ủy ban nhân dân huyện ban hành Kế hoạch.")),
    }
    return render(paper(**content | changes)).pdf


def marked_paper(mark="MẬT") -> bytes:
    """Return a paper with a stamp line."""
    return typed_paper(body=body(paragraph("Nội dung."), paragraph(mark)))


def scanned(pdf: bytes, *, tilt=0.0, turn=0, dpi=200) -> bytes:
    """Return the first page as a scanner sees it: gray, a little blurred, perhaps tilted or turned."""
    document = pypdfium2.PdfDocument(pdf)
    picture = document[0].render(scale=dpi / 72).to_pil().convert("L")
    document.close()
    picture = picture.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(0.5))
    return packed(picture.rotate(turn, expand=True))


def separator_sheet() -> bytes:
    """Return the scan of the sheet that parts papers."""
    code = zxingcpp.create_barcode(SEPARATOR, zxingcpp.BarcodeFormat.QRCode, ec_level="50%").to_image(scale=12)
    small = Image.frombytes("L", (code.shape[1], code.shape[0]), memoryview(code).tobytes())
    page = Image.new("L", (1240, 1754), 255)
    page.paste(small, (420, 500))
    return packed(page.rotate(3, fillcolor=255))


def blank_page() -> bytes:
    return packed(Image.new("L", (1240, 1754), 252))


def packed(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "JPEG", quality=80)
    return file.getvalue()


def stack_of(*sheets: tuple[bytes, str]) -> bytes:
    """Return one PDF of the first pages of files."""
    return assemble(sheets, [(number, 0, 0) for number in range(len(sheets))])
