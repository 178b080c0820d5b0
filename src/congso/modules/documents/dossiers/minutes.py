"""Draw the minutes of a hand-over (biên bản giao nhận) with its list, ready for both signatures."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final, Literal, cast

import typst
from django.utils.translation import gettext as _

from congso.kernel import clock
from congso.modules.documents.models import WorkDossier
from congso.modules.documents.rendering.fonts import shared_fonts
from congso.modules.documents.rendering.renderer import LetterNotDrawn
from congso.modules.signing import public as signing
from congso.shared.people.queries import PositionLabel
from congso.shared.ui.words import vn_date, vn_number

TEMPLATE: Final = Path(__file__).with_name("transfer.typ")
_NOT_DRAWN: Final = re.compile(r'the text `"(.+?)"` could not be displayed')


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a signature stands on page 1, in points from the bottom left; the template leaves it free."""

    x0: float
    x1: float
    page: int = 1
    y0: float = 326.0
    y1: float = 416.0
    baseline: float | None = None
    size: float | None = None
    align: Literal["left", "right"] = "left"


PLACES: Final = {"leader": _Place(115.0, 295.0), "organ": _Place(345.0, 525.0)}


def minutes_of(
    dossiers: Sequence[WorkDossier], *, organ: str, giver: PositionLabel, receiver: PositionLabel, made_at: datetime
) -> bytes:
    """Return the PDF with an empty field for each side's signature. Equal content gives equal bytes.

    :raises LetterNotDrawn: a title holds a letter that the typeface has not.
    """
    content = _content(dossiers, organ, giver, receiver, clock.day_of(made_at))
    compiler = typst.Compiler(input=str(TEMPLATE), font_paths=shared_fonts())
    try:
        made = compiler.compile(
            format="pdf",
            sys_inputs={"transfer": json.dumps(content, ensure_ascii=False)},
            pdf_standards="a-2b",
            timestamp=int(made_at.timestamp()),
        )
    except typst.TypstError as refusal:
        if missing := _NOT_DRAWN.search(str(refusal)):
            raise LetterNotDrawn(letter=missing[1]) from refusal
        raise
    return signing.prepare_pdf(cast("bytes", made), PLACES)


def _content(
    dossiers: Sequence[WorkDossier], organ: str, giver: PositionLabel, receiver: PositionLabel, today: date
) -> dict[str, object]:
    total = {
        "n": len(dossiers),
        "documents": vn_number(sum(dossier.document_total for dossier in dossiers)),
        "pages": vn_number(sum(dossier.page_total for dossier in dossiers)),
    }
    summed = _("Tổng cộng %(n)s hồ sơ, %(documents)s văn bản, tài liệu, %(pages)s trang.") % total
    day = {"day": f"{today.day:02d}", "month": f"{today.month:02d}" if today.month <= 2 else today.month}  # noqa: PLR2004 - as the decree writes months
    return {
        "organ": organ,
        "country": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "motto": "Độc lập - Tự do - Hạnh phúc",
        "date": _("ngày %(day)s tháng %(month)s năm %(year)s") % {**day, "year": today.year},
        "title": _("Biên bản giao nhận hồ sơ, tài liệu"),
        "lines": [
            _("Bên giao: %(name)s, %(title)s.") % {"name": giver.full_name, "title": giver.title},
            _("Bên nhận: %(name)s, %(title)s, phụ trách lưu trữ của cơ quan.")
            % {"name": receiver.full_name, "title": receiver.title},
            _("Hai bên giao nhận các hồ sơ điện tử có tên trong mục lục từ trang 2."),
            summed,
            _("Sau khi hai bên ký, các hồ sơ được giữ nguyên, không thêm bớt, sửa đổi."),
        ],
        "giver": {"head": _("BÊN GIAO"), "note": _("(ký số)"), "name": giver.full_name},
        "receiver": {"head": _("BÊN NHẬN"), "note": _("(chữ ký số của cơ quan)"), "name": receiver.full_name},
        "list": _("Mục lục hồ sơ, tài liệu nộp lưu"),
        "columns": [
            _("STT"),
            _("Số, ký hiệu"),
            _("Tiêu đề hồ sơ"),
            _("Thời gian"),
            _("Thời hạn bảo quản"),
            _("Văn bản"),
            _("Trang"),
        ],
        "rows": [_row(place, dossier) for place, dossier in enumerate(dossiers, start=1)],
        "total": summed,
    }


def _row(place: int, dossier: WorkDossier) -> list[str]:
    days = [vn_date(day) for day in (dossier.start_date, dossier.end_date) if day]
    return [
        str(place),
        f"{dossier.notation}/{dossier.year}",
        dossier.title,
        " - ".join(days),
        dossier.retention_words,
        str(dossier.document_total),
        str(dossier.page_total),
    ]
