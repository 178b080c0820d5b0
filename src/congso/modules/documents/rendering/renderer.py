"""Content to PDF/A-2b by Typst. Content is data of the template, never part of its source."""

import json
import re
import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import typst
from django.utils.translation import gettext_lazy as _

from congso.kernel.errors import DomainError
from congso.modules.documents import body as bodies
from congso.modules.documents.kinds import Family
from congso.modules.documents.rendering.content import FieldName, Paper, PaperContent, Placement
from congso.modules.documents.rendering.drawing import images_in, listed, parts_to_draw
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
    message = _("Chưa dựng được trang in của văn bản. Nội dung đã được lưu. Xem lại các bảng và hình trong nội dung.")


class ImageMissing(DomainError):
    """The body names an image that was not handed over."""

    code = "documents.image_missing"
    message = _("Một hình trong nội dung không còn trong kho tệp. Nội dung đã được lưu. Xóa hình đó hoặc chèn lại.")


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
    :raises ImageMissing: the body names an image that ``content.images`` has not.
    :raises PaperNotDrawn: the layout cannot hold it.
    """
    with _compiler(content) as compiler:
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
    pages = next(spot["at"]["page"] for spot in spots if spot["name"] == "end")
    if pages > MAX_PAGES:
        raise PaperTooLong(pages=pages, most=MAX_PAGES)
    return Paper(pdf=pdf, pages=pages, placements={s["name"]: _placement(s) for s in spots if s["name"] != "end"})


def _refusal(error: typst.TypstError) -> DomainError:
    letter = _NOT_DRAWN.search(error.message)
    return LetterNotDrawn(letter=letter.group(1)) if letter else PaperNotDrawn()


@contextmanager
def _compiler(content: PaperContent) -> Iterator[Any]:
    """Give this thread's compiler, which keeps the result that its query reads; a paper with images gets its own."""
    names = images_in(content.body)
    if not names:
        if not hasattr(_local, "compiler"):
            _local.compiler = typst.Compiler(input=str(TEMPLATE), font_paths=shared_fonts())
        yield _local.compiler
        return
    if not names <= content.images.keys():
        raise ImageMissing
    with tempfile.TemporaryDirectory(prefix="congso-paper-") as folder:
        template = shutil.copy(TEMPLATE, folder)
        for name in names:
            Path(folder, name).write_bytes(content.images[name])
        yield typst.Compiler(input=template, root=folder, font_paths=shared_fonts())


def _inputs(content: PaperContent) -> dict[str, object]:
    is_letter, is_decision = (content.family == family for family in (Family.LETTER, Family.DECISION))
    body, *appendices = parts_to_draw(bodies.check(content.body), articles=not is_letter)
    return {
        "family": content.family,
        "title": content.title,
        "resolves": content.resolves,
        "country": content.country,
        "motto": content.motto,
        "superior": content.superior_lines,
        "organ": content.organ_lines,
        "under_organ": content.under_organ,
        "number_words": content.number_words,
        "number_mark": content.number_mark,
        "notation": content.notation,
        "place": content.place,
        "subject": _without_about(content.subject) if is_letter else content.subject,
        "urgency": content.urgency,
        "circulation": content.circulation,
        "decided_by": content.decided_by,
        "bases": listed(content.legal_bases, last="." if is_decision else ";"),
        "addressed_by": content.addressed_by,
        "addressees": content.addressees,
        "body": body["blocks"],
        "appendices": appendices,
        "attached_to": _attached_to(content),
        "capacity": content.capacity_lines,
        "signer": content.signer_name,
        "second": content.second_lines,
        "second_signer": content.second_signer,
        "recipients": [*listed(content.recipients, last=";"), f"{content.archive.rstrip('.;, ')}."],
        "drafter_mark": content.drafter_mark,
        "contact": content.contact,
        "training": content.training,
        "preview": content.preview,
    }


def _attached_to(content: PaperContent) -> str:
    """Return the line under an appendix's name; in an electronic paper number and date stay blank (annex I, III.1)."""
    whose = f" của {content.organ_name}" if content.organ_name else ""
    blank = f"số ……{content.number_mark}{content.notation} ngày …… tháng …… năm ……"
    return f"(Kèm theo {content.attached_to} {blank}{whose})"


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
