"""What is drawn, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

type FieldName = Literal["so", "ngay", "leader", "organ"]


class PaperKind(StrEnum):
    """The five layouts. Values equal those of ``DocumentType``."""

    PLAN = "plan"
    LETTER = "letter"
    REPORT = "report"
    DECISION = "decision"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperContent:
    """All that one paper says. Every text is plain; what looks like Typst or HTML is drawn as it stands.

    ``superior_lines``: the superior organ above the issuing one, light; empty for a People's Committee.
    ``organ_lines``: the issuing organ, bold: ``("ỦY BAN NHÂN DÂN", "HUYỆN NÔNG CỐNG")``.
    ``notation``: what follows the number, without the slash: ``"KH-UBND"``.
    ``place``: as printed before the date: ``"Nông Cống"``.
    ``subject``: the trích yếu; a letter's is printed after ``V/v``.
    ``decided_by``: who decides, above the legal bases of a decision: ``"CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN NÔNG CỐNG"``.
    ``legal_bases``: one per line, italic, each begins «Căn cứ» or «Theo đề nghị»; their end marks are set here.
    ``addressees``: after «Kính gửi:»; one stands beside it, several become a list. Any kind may have them.
    ``body``: the structured body, checked by ``documents.body.check``.
    ``capacity_lines``: above the signature: ``("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")``.
    ``recipients``: lines under «Nơi nhận:», without dashes and end marks; ``archive`` is the last: ``"VT, VP"``.
    ``made_at``: aware; the moment that the file tells as its making, part of the content so that bytes repeat.
    ``training`` and ``preview`` put their marks on every page; a preview also draws the blanks of the date.
    """

    kind: str
    organ_lines: tuple[str, ...]
    notation: str
    place: str
    subject: str
    body: Mapping[str, Any]
    capacity_lines: tuple[str, ...]
    signer_name: str
    made_at: datetime
    superior_lines: tuple[str, ...] = ()
    decided_by: str = ""
    legal_bases: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    archive: str = "VT"
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
