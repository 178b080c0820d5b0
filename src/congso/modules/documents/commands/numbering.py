"""Give a signed paper its number and date; take a number back that was not used."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel import clock, events
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError
from congso.modules.documents import papers, permissions, series
from congso.modules.documents.commands.approving import MAX_PAPER_BYTES, PDF
from congso.modules.documents.commands.guarding import notes_secrets
from congso.modules.documents.commands.pressing import first_press
from congso.modules.documents.commands.sealing_attachments import prepare_attachments_step, unprepare_attachments_step
from congso.modules.documents.events import DocumentNumbered
from congso.modules.documents.kinds import DocumentState
from congso.modules.documents.models import Document
from congso.modules.documents.queries.access import access_document
from congso.modules.documents.registers.closed import refuse_if_closed
from congso.modules.documents.secrecy import refuse_secret
from congso.modules.documents.signables import is_being_signed
from congso.modules.signing import public as signing
from congso.shared import files, journal, numbering


class DocumentNotSigned(DomainError):
    code = "documents.not_signed"
    message = _("Văn bản “%(subject)s” chưa được lãnh đạo ký nên chưa thể cấp số.")


class DocumentAlreadyNumbered(DomainError):
    code = "documents.already_numbered"
    message = _("Văn bản này vừa được cấp số %(number)s lúc %(time)s, không cần cấp lại. Chưa có số nào bị bỏ trống.")


class NumberInUse(DomainError):
    code = "documents.number_in_use"
    message = _("Chỉ hủy được số đã cấp mà chưa đóng dấu. Văn bản “%(subject)s” không ở bước đó.")


class CancelReasonMissing(DomainError):
    code = "documents.cancel_reason_missing"
    message = _("Hủy số phải ghi lý do, vì số đó vẫn nằm trong sổ. Chưa có gì thay đổi.")
    status = 422


@transaction.atomic(durable=True)
def number_document(document_id: UUID, *, by: Actor, now: datetime, key: UUID | None = None) -> Document:
    """Give a document that its leader signed the next number of its series and the day's date, in its file too.

    Numbers run from 1 in each calendar year (Asia/Ho_Chi_Minh), in the series that ``series`` names.
    Source: Decree 30/2020/NĐ-CP.

    :raises NotFound, NotPermitted: see :func:`access_document`.
    :raises DocumentNotSigned: it is still before the leader's signature.
    :raises DocumentAlreadyNumbered: another clerk was faster.
    """
    document = access_document(document_id, by=by, to=permissions.NUMBER, for_update=True)
    if not first_press(key, act="number", subject_id=document.id, now=now):
        return document
    if document.number is not None and document.numbered_at is not None:
        at = document.numbered_at.astimezone(clock.HANOI)
        raise DocumentAlreadyNumbered(number=document.number_text, time=f"{at:%H:%M}")
    if document.state != DocumentState.SIGNED or document.signed_pdf_id is None:
        raise DocumentNotSigned(subject=document.subject)
    give_number_step(document, now=now)
    pdf = signing.fill_number(
        files.read(document.signed_pdf_id),
        number_text=papers.number_in_field(document),
        date_text=papers.date_in_field(document),
    )
    document.numbered_pdf = files.store(pdf, name=f"{document.id}.pdf", media_types={PDF}, max_bytes=MAX_PAPER_BYTES)
    document.state = DocumentState.NUMBERED
    document.save()
    prepare_attachments_step(document)
    journal.record(
        "documents.numbered",
        subject_id=document.id,
        by=by,
        at=now,
        number=document.number,
        file=document.numbered_pdf_id,
    )
    events.publish(DocumentNumbered(document_id=document.id))
    return document


@transaction.atomic(savepoint=False)
def give_number_step(document: Document, *, now: datetime) -> None:
    """Take the next number for the paper and set number, series, year and date; the caller saves."""
    day = clock.day_of(now)
    document.series, document.year = series.series_of(document.organ_id, document.type_code, day.year), day.year
    document.issued_date, document.numbered_at = day, now
    key = series.key_of(document.organ_id, document.series, day.year)
    document.number = numbering.take_next(key, subject_id=document.id, at=now)


@notes_secrets
@transaction.atomic(durable=True)
def cancel_number(document_id: UUID, *, reason: str, by: Actor, now: datetime, key: UUID | None = None) -> Document:
    """Take back a number that was given and not used: it stays in the register with the reason, the paper waits again.

    :raises NumberInUse: the paper has no number, or its seal is made or being made.
    :raises CancelReasonMissing: without a reason.
    """
    document = access_document(document_id, by=by, to=permissions.NUMBER, for_update=True)
    if not first_press(key, act="cancel_number", subject_id=document.id, now=now):
        return document
    refuse_secret(reason)
    if not reason.strip():
        raise CancelReasonMissing
    if document.state != DocumentState.NUMBERED or is_being_signed(document):
        raise NumberInUse(subject=document.subject)
    number = document.number
    cancel_number_step(document, reason=reason.strip(), by=by, now=now)
    document.state = DocumentState.SIGNED
    document.save()
    journal.record("documents.number_cancelled", subject_id=document.id, by=by, at=now, number=number)
    return document


@transaction.atomic(savepoint=False)
def cancel_number_step(document: Document, *, reason: str, by: Actor, now: datetime) -> None:
    """Cancel the number in its series and clear it from the paper; the caller sets the state and saves.

    :raises RegisterIsClosed: its year's register was closed.
    """
    if document.number is None or document.year is None:
        return
    refuse_if_closed(document.organ_id, document.year)
    key = series.key_of(document.organ_id, document.series, document.year)
    numbering.cancel(key, document.number, reason=reason, by=by, now=now)
    document.number = document.year = document.issued_date = document.numbered_at = None
    document.series, document.numbered_pdf, document.sealed_pdf, document.sealed_at = "", None, None, None
    document.leader_validated = document.organ_validated = False
    unprepare_attachments_step(document)
