"""What is drawn, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

type FieldName = Literal["so", "ngay", "leader", "organ"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperContent:
    """All that one paper says. Every text is plain; what looks like Typst or HTML is drawn as it stands.

    ``family``: which layout draws it, a value of ``kinds.Family``.
    ``title``: the type in capitals above the subject; a letter has none. ``resolves``: ``"QUYẾT ĐỊNH:"`` or nothing.
    ``country``, ``motto``: on the right of the head; without a motto (the Party) the rule is as long as the line.
    ``superior_lines``: the superior organ above the issuing one, light; empty for a People's Committee.
    ``organ_lines``: the issuing organ, bold: ``("ỦY BAN NHÂN DÂN", "HUYỆN NÔNG CỐNG")``.
    ``under_organ``: a mark such as ``"*"`` instead of the rule under the organ.
    ``number_words``, ``number_mark``, ``notation``: ``"Số:"``, ``"/"``, ``"KH-UBND"`` around the empty number.
    ``place``: as printed before the date: ``"Nông Cống"``.
    ``subject``: the trích yếu; a letter's is printed after ``V/v``.
    ``urgency``, ``circulation``: boxed words under the number: ``"HỎA TỐC"`` in red, ``"LƯU HÀNH NỘI BỘ"``.
    ``decided_by``: who decides, above the legal bases of a decision: ``"CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN NÔNG CỐNG"``.
    ``legal_bases``: one per line, italic, each begins «Căn cứ» or «Theo đề nghị»; their end marks are set here.
    ``addressees``: after ``addressed_by``; one stands beside it, several become a list. Any family may have them.
    ``body``: the structured body, checked by ``documents.body.check``; from a heading «Phụ lục» on it is an appendix.
    ``images``: the bytes of the images that the body names, by SHA-256.
    ``capacity_lines``: above the signature: ``("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")``.
    ``second_lines``, ``second_signer``: on the left, where the family has two signatures.
    ``recipients``: lines under «Nơi nhận:», without dashes and end marks; ``archive`` is the last: ``"Lưu: VT, VP"``.
    ``drafter_mark``: under them: ``"PL.300"``. ``contact``: at the foot of the first page.
    ``attached_to``: what an appendix goes with: ``"Kế hoạch"``; ``organ_name``: whose it is.
    ``made_at``: aware; the moment that the file tells as its making, part of the content so that bytes repeat.
    ``training`` and ``preview`` put their marks on every page; a preview also draws the blanks of the date.
    """

    family: str
    title: str
    organ_lines: tuple[str, ...]
    notation: str
    place: str
    subject: str
    body: Mapping[str, Any]
    capacity_lines: tuple[str, ...]
    signer_name: str
    made_at: datetime
    resolves: str = ""
    country: str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    motto: str = "Độc lập - Tự do - Hạnh phúc"
    under_organ: str = ""
    number_words: str = "Số:"
    number_mark: str = "/"
    superior_lines: tuple[str, ...] = ()
    urgency: str = ""
    circulation: str = ""
    decided_by: str = ""
    legal_bases: tuple[str, ...] = ()
    addressed_by: str = "Kính gửi:"
    addressees: tuple[str, ...] = ()
    images: Mapping[str, bytes] = field(default_factory=dict)
    second_lines: tuple[str, ...] = ()
    second_signer: str = ""
    recipients: tuple[str, ...] = ()
    archive: str = "Lưu: VT"
    drafter_mark: str = ""
    contact: str = ""
    attached_to: str = "văn bản"
    organ_name: str = ""
    training: bool = False
    preview: bool = False


@dataclass(frozen=True, slots=True)
class Placement:
    """A rectangle on a page, in PDF points from the page's bottom left corner; pages count from 1.

    For the text fields ``so`` and ``ngay``, ``baseline`` is the y and ``size`` the type size at which the text stands
    in line with its neighbours; ``align`` says at which end of the rectangle it begins. Neither has padding.
    """

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float | None = None
    size: float | None = None
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Paper:
    """A drawn paper: PDF/A-2b, the number of its pages, where its fields belong."""

    pdf: bytes
    pages: int
    placements: Mapping[FieldName, Placement]
