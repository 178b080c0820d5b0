"""Papers, boxes and keys for tests of signing."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Literal

import typst
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from congso.kernel.clock import HANOI
from congso.modules.signing.pdf.fields import prepare_pdf
from congso.modules.signing.pdf.filling import fill_number
from congso.modules.signing.pdf.making import KeyInUse, sign_pdf
from congso.shared import serif
from congso.shared.keys import certificates

NOW = datetime(2023, 11, 29, 9, 0, tzinfo=HANOI)
PAPER = """
#set page(paper: "a4", margin: (left: 30mm, right: 18mm, y: 20mm))
#set text(font: "Tinos", size: 13pt)
#set document(title: "Thử")
#place(dx: 0pt, dy: 30pt)[Số:]
#place(dx: 220pt, dy: 30pt, text(style: "italic")[Nông Cống,])
#v(80pt)
Kế hoạch chuyển đổi số năm 2024.
#v(200pt)
#align(right, block(width: 60%, align(center)[*TM. ỦY BAN NHÂN DÂN \\ CHỦ TỊCH* #v(70pt) *Nguyễn Văn Thử*]))
"""


@dataclass(frozen=True, slots=True)
class Place:
    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float | None = None
    size: float | None = None
    align: Literal["left", "right"] = "left"


BOXES = {
    "so": Place(1, 112, 738, 220, 756, baseline=745.2, size=13),
    "ngay": Place(1, 368, 738, 545, 756, baseline=745.2, size=13),
    "leader": Place(1, 340, 330, 490, 394),
    "organ": Place(1, 280, 310, 380, 410),
}


@cache
def paper(text: str = PAPER) -> bytes:
    """A rendered paper that nobody has touched."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(serif.FOLDER)])
    pdf = typst.Compiler(input=text.encode(), font_paths=fonts).compile(format="pdf", pdf_standards=["a-2b"])
    assert isinstance(pdf, bytes)
    return pdf


@cache
def prepared() -> bytes:
    """A paper with its four empty fields."""
    return prepare_pdf(paper(), BOXES)


@cache
def _root() -> tuple[rsa.RSAPrivateKey, bytes]:
    key = certificates.make_pair()
    return key, certificates.der(certificates.self_signed(key, certificates.AUTHORITY_NAME))


def root() -> bytes:
    """The training root of these tests."""
    return _root()[1]


@cache
def key_of(name: str, organ: str = "UBND huyện Nông Cống", valid_from: datetime = NOW) -> KeyInUse:
    """A key and certificate of that root, made once a session."""
    from cryptography import x509  # noqa: PLC0415 - its name is taken elsewhere

    root_key, root_der = _root()
    pair = certificates.make_pair()
    certificate = certificates.issue(
        certificates.Holder(name, organ),
        pair.public_key(),
        authority=x509.load_der_x509_certificate(root_der),
        authority_key=root_key,
        valid_from=valid_from,
    )
    return KeyInUse(
        certificate=certificates.der(certificate),
        root=root_der,
        sign=lambda data: pair.sign(data, padding.PKCS1v15(), hashes.SHA256()),
    )


@cache
def led() -> bytes:
    """Signed by the leader."""
    key = key_of("Nguyễn Văn Thử")
    return sign_pdf(prepared(), field="leader", key=key, reason="TM. ỦY BAN NHÂN DÂN", signed_at=NOW)


@cache
def numbered() -> bytes:
    """Signed by the leader, then numbered and dated."""
    return fill_number(led(), number_text="15/KH-UBND", date_text="ngày 29 tháng 11 năm 2023")


@cache
def closed() -> bytes:
    """Signed, numbered, sealed: as it is issued."""
    return sign_pdf(numbered(), field="organ", key=key_of("UBND huyện Nông Cống"), reason="", signed_at=NOW)
