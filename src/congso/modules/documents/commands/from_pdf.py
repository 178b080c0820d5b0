"""A paper that was made elsewhere: a PDF instead of a body, and where number, date, signature and seal stand on it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, InvalidInput
from congso.modules.documents import placing
from congso.modules.documents.commands.approving import PDF
from congso.modules.documents.commands.attaching import MOST_BYTES
from congso.modules.documents.commands.guarding import note_stated_step, notes_secrets
from congso.modules.documents.models import Document
from congso.modules.documents.queries.access import access_draft
from congso.modules.documents.screening import screened
from congso.shared import files, journal
from congso.shared.files import pages, pdf_door
from congso.shared.files.pages import MAX_FILE_BYTES

LABELS: Final = {
    "so": _("Số"),
    "ngay": _("Ngày"),
    "leader": _("Chữ ký của lãnh đạo"),
    "organ": _("Dấu của cơ quan"),
}
# The signature stands on one of the last pages: appendices may follow it.
LAST_PAGES: Final = 12


class PdfTurned(DomainError):
    code = "documents.pdf_turned"
    message = _(
        "Trang %(page)s của tệp PDF bị xoay bằng lệnh xoay nên chưa đặt được số và chữ ký. Chưa lưu gì. In lại ra PDF "
        "rồi chọn tệp mới."
    )
    status = 422


@notes_secrets
@transaction.atomic(durable=True)
def take_pdf(document_id: UUID, content: bytes, *, name: str, by: Actor, now: datetime, declared: str = "") -> Document:
    """Make a PDF the draft's paper, with places for number, date and signatures found in its words.

    What was typed stays and counts again if the file is dropped.

    :param declared: the ticket of an earlier refusal, see ``secrecy.refuse_secret``.
    :raises NotADraft: the paper is on its way.
    :raises PdfTurned: a page is turned.
    :raises congso.shared.files.pdf_door.PdfAlreadySigned: somebody signed it.
    :raises SecretContent, congso.kernel.errors.DomainError: see ``screening.screened``; nothing is kept.
    """
    document = access_draft(document_id, by=by)
    taken = screened(content, name=name, media_types={PDF}, max_bytes=MOST_BYTES, declared=declared)
    pdf = pdf_door.passed_unsigned(taken.door).pdf
    sheets = pages.sheets_of(pdf)
    turned = next((place for place, sheet in enumerate(sheets, start=1) if sheet.turned), None)
    if turned is not None:
        raise PdfTurned(page=turned)
    document.uploaded_pdf = files.store(pdf, name=name, media_types={PDF}, max_bytes=MAX_FILE_BYTES)
    document.pages = len(sheets)
    document.places = placing.as_json(_found(document, pdf, sheets))
    document.changed_at = now
    document.save(update_fields=["uploaded_pdf", "pages", "places", "changed_at"])
    if taken.was_stated:
        note_stated_step(document.id, by=by, now=now)
    journal.record("documents.pdf_taken", subject_id=document.id, by=by, at=now, file=document.uploaded_pdf_id)
    return document


@transaction.atomic(durable=True)
def place_on_pdf(
    document_id: UUID, corners: Mapping[str, tuple[int, float, float]], *, by: Actor, now: datetime
) -> Document:
    """Move number, date, signature and seal: to a page (from 1), millimetres from its left and from its top.

    :raises NotADraft: the paper is on its way.
    :raises PlaceOffPage: one would not stand on its page; none is moved.
    """
    document = access_draft(document_id, by=by)
    if document.uploaded_pdf_id is None or set(corners) != set(placing.NAMES):
        raise InvalidInput(detail=_("văn bản này không dùng tệp PDF"))
    sheets = pages.sheets_of(files.read(document.uploaded_pdf_id))
    places = placing.from_json(document.places)
    for name, (page, left_mm, top_mm) in corners.items():
        if not 0 < page <= len(sheets):
            raise placing.PlaceOffPage(name=LABELS[name], page=page)
        places[name] = places[name].moved_to(page, left_mm, top_mm, sheets[page - 1])
    document.places = placing.as_json(placing.checked(places, sheets, LABELS))
    document.changed_at = now
    document.save(update_fields=["places", "changed_at"])
    journal.record("documents.pdf_placed", subject_id=document.id, by=by, at=now)
    return document


@transaction.atomic(durable=True)
def drop_pdf(document_id: UUID, *, by: Actor, now: datetime) -> Document:
    """Go back to what was typed; the file is not part of the paper any more.

    :raises NotADraft: the paper is on its way.
    """
    document = access_draft(document_id, by=by)
    document.uploaded_pdf, document.places, document.pages, document.changed_at = None, {}, 0, now
    document.save(update_fields=["uploaded_pdf", "places", "pages", "changed_at"])
    journal.record("documents.pdf_dropped", subject_id=document.id, by=by, at=now)
    return document


def _found(document: Document, pdf: bytes, sheets: tuple[pages.Sheet, ...]) -> placing.Places:
    looked_at = sorted({1, *range(max(1, len(sheets) - LAST_PAGES + 1), len(sheets) + 1)})
    runs = dict(zip(looked_at, pages.runs_of(pdf, looked_at), strict=True))
    signer = document.signatory.person.full_name if document.signatory else ""
    return placing.found(runs, sheets, signer=signer)
