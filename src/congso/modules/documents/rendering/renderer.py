"""Content to PDF/A-2b by Typst. Content is data of the template, never part of its source."""

import json
import re
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import typst
from django.utils.translation import gettext_lazy as _

from congso.kernel.errors import DomainError
from congso.modules.documents import body as bodies
from congso.modules.documents.rendering.content import FieldName, Paper, PaperContent, PaperKind, Placement
from congso.modules.documents.rendering.drawing import blocks_to_draw, listed
from congso.modules.documents.rendering.fonts import shared_fonts

TEMPLATE: Final = Path(__file__).resolve().parent / "paper.typ"
MAX_PAGES: Final = 300
PAGE_HEIGHT: Final = 841.89
TEXT_FIELDS: Final[frozenset[FieldName]] = frozenset({"so", "ngay"})
_NOT_DRAWN: Final = re.compile(r'the text `"(.+?)"` could not be displayed')

_local = threading.local()


class PaperTooLong(DomainError):
    """More pages than one paper may have."""

    code = "documents.paper_too_long"
    message = _(
        "Văn bản dài %(pages)s trang, nhiều hơn %(most)s trang nên chưa dựng được. "
        "Nội dung đã được lưu. Chuyển bớt sang phụ lục là tệp riêng."
    )


class PaperNotDrawn(DomainError):
    """The layout could not hold the content (for example a table with more columns than fit)."""

    code = "documents.paper_not_drawn"
    message = _("Chưa dựng được trang in của văn bản. Nội dung đã được lưu. Xem lại các bảng trong nội dung.")


class LetterNotDrawn(DomainError):
    """The typeface of papers has no such letter (emoji, scripts of other languages)."""

    code = "documents.letter_not_drawn"
    message = _(
        "Ký hiệu “%(letter)s” không in được trên văn bản hành chính. Nội dung đã được lưu. Xóa hoặc thay ký hiệu."
    )


def render(content: PaperContent) -> Paper:
    """Draw ``content``. Equal content gives equal bytes. Takes about 10 ms for a paper of three pages.

    :raises documents.body.BodyNotUsable: its body is not one that the editor could have made.
    :raises LetterNotDrawn: it holds a letter that the typeface has not.
    :raises PaperTooLong: it fills more than ``MAX_PAGES`` pages.
    :raises PaperNotDrawn: the layout cannot hold it.
    """
    compiler = _compiler()
    try:
        pdf = compiler.compile(
            format="pdf",
            sys_inputs={"paper": json.dumps(_inputs(content), ensure_ascii=False)},
            pdf_standards="a-2b",
            timestamp=int(content.made_at.timestamp()),
        )
        spots = json.loads(compiler.query("<spot>", field="value"))
    except typst.TypstError as error:
        raise _refusal(error) from error
    pages = next(spot["pages"] for spot in spots if spot["name"] == "end")
    if pages > MAX_PAGES:
        raise PaperTooLong(pages=pages, most=MAX_PAGES)
    return Paper(pdf=pdf, pages=pages, placements={s["name"]: _placement(s) for s in spots if s["name"] != "end"})


def _refusal(error: typst.TypstError) -> DomainError:
    letter = _NOT_DRAWN.search(error.message)
    return LetterNotDrawn(letter=letter.group(1)) if letter else PaperNotDrawn()


def _compiler() -> Any:
    """Return this thread's compiler: it keeps the result that its query reads."""
    if not hasattr(_local, "compiler"):
        _local.compiler = typst.Compiler(input=str(TEMPLATE), font_paths=shared_fonts())
    return _local.compiler


def _inputs(content: PaperContent) -> dict[str, object]:
    kind = PaperKind(content.kind)
    is_decision = kind is PaperKind.DECISION
    return {
        "kind": kind,
        "superior": content.superior_lines,
        "organ": content.organ_lines,
        "notation": content.notation,
        "place": content.place,
        "subject": _without_about(content.subject) if kind is PaperKind.LETTER else content.subject,
        "decided_by": content.decided_by,
        "bases": listed(content.legal_bases, last="." if is_decision else ";"),
        "addressees": content.addressees,
        "body": blocks_to_draw(bodies.check(content.body), articles=is_decision),
        "capacity": content.capacity_lines,
        "signer": content.signer_name,
        "recipients": [*listed(content.recipients, last=";"), f"Lưu: {content.archive.rstrip('.;, ')}."],
        "training": content.training,
        "preview": content.preview,
    }


def _without_about(subject: str) -> str:
    """Return the subject of a letter without the words that «V/v» stands for."""
    for words in ("V/v ", "v/v ", "Về việc ", "về việc "):
        if subject.startswith(words):
            return subject.removeprefix(words)
    return subject


def _placement(spot: Mapping[str, Any]) -> Placement:
    """Turn a mark of the template (from the top left) into a rectangle from the bottom left."""
    position = spot["at"]
    x, y = (float(position[axis].removesuffix("pt")) for axis in ("x", "y"))
    if spot["name"] in TEXT_FIELDS:
        size, baseline = spot["size"], PAGE_HEIGHT - y
        return Placement(
            position["page"],
            x0=x,
            y0=round(baseline - 0.25 * size, 2),
            x1=round(x + spot["width"], 2),
            y1=round(baseline + 0.85 * size, 2),
            baseline=round(baseline, 2),
            size=size,
            align=spot["align"],
        )
    top = PAGE_HEIGHT - y
    return Placement(
        position["page"], x0=x, y0=round(top - spot["height"], 2), x1=round(x + spot["width"], 2), y1=round(top, 2)
    )
