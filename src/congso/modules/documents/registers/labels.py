"""Labels for the paper originals: number, day, subject, and a QR code that opens the paper's page."""

import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, cast

import segno
import typst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.kernel.errors import InvalidInput
from congso.modules.documents.rendering.fonts import shared_fonts

TEMPLATE: Final = Path(__file__).resolve().parent / "labels.typ"
ON_A_SHEET: Final = 24
MOST_LABELS: Final = 200
LONGEST_SUBJECT: Final = 90


@dataclass(frozen=True, slots=True)
class Label:
    """What one label says. ``address``: where its code leads."""

    organ: str
    number: str
    day: str
    subject: str
    address: str


def pdf_of(labels: Sequence[Label], *, skip: int = 0, made_at: datetime) -> bytes:
    """Draw labels on A4 sheets of 3 × 8.

    :param skip: how many places of the first sheet are used up already.
    :raises InvalidInput: no label, more than 200, or no such place on a sheet.
    """
    if not labels or len(labels) > MOST_LABELS or not 0 <= skip < ON_A_SHEET:
        raise InvalidInput(detail=_WRONG)
    content = {
        "title": _("Nhãn văn bản giấy"),
        "skip": skip,
        "rows": [{**asdict(label), "subject": _short(label.subject), "code": _code(label.address)} for label in labels],
    }
    made = typst.Compiler(input=str(TEMPLATE), font_paths=shared_fonts()).compile(
        format="pdf",
        sys_inputs={"labels": json.dumps(content, ensure_ascii=False)},
        timestamp=int(made_at.timestamp()),
    )
    return cast("bytes", made)


_WRONG: Final = gettext_lazy("chọn từ 1 đến 200 văn bản, và ô bắt đầu từ 1 đến 24")


def _short(subject: str) -> str:
    return subject if len(subject) <= LONGEST_SUBJECT else f"{subject[:LONGEST_SUBJECT].rsplit(' ', 1)[0]}…"


def _code(address: str) -> str:
    """Return a QR code of level M as SVG: a label gets scratched."""
    drawn = io.BytesIO()
    segno.make_qr(address, error="m").save(drawn, kind="svg", border=2, xmldecl=False)
    return drawn.getvalue().decode()
