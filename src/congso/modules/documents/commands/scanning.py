"""Issue the scan of a paper that was signed and stamped by hand, without digital signatures."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, NotFound, NotPermitted
from congso.modules.documents import body as bodies
from congso.modules.documents import papers, permissions
from congso.modules.documents.commands.approving import MAX_PAPER_BYTES, PDF
from congso.modules.documents.commands.guarding import note_stated_step, notes_secrets
from congso.modules.documents.commands.issuing import issue_step
from congso.modules.documents.commands.numbering import give_number_step
from congso.modules.documents.commands.pressing import hold_id
from congso.modules.documents.commands.recipients import set_recipients_step
from congso.modules.documents.kinds import DocumentState
from congso.modules.documents.models import Document
from congso.modules.documents.screening import screened
from congso.shared import files, journal


class ScanIncomplete(DomainError):
    code = "documents.scan_incomplete"
    message = _(
        "Chưa phát hành được bản quét: cần trích yếu, người ký, ít nhất một nơi nhận và lý do không ký số. "
        "Chưa có gì được lưu."
    )
    status = 422


@dataclass(frozen=True, slots=True)
class ScanInput:
    """What the records clerk says of the paper. ``reason``: why it was not signed digitally."""

    organ_id: UUID
    type_code: str
    subject: str
    signatory_id: UUID
    reason: str
    recipients: Sequence[tuple[UUID, str]]


@notes_secrets
@transaction.atomic(durable=True)
def issue_paper_signed(
    document_id: UUID,
    scan_of: ScanInput,
    *,
    scan: bytes,
    by: Actor,
    now: datetime,
    scan_name: str = "ban-quet.pdf",
    declared: str = "",
) -> Document:
    """Give the paper the next number of its series and send the scan. It counts as sent, never as signed.

    The same form sent twice issues once.

    :param declared: the ticket of an earlier refusal, see ``secrecy.refuse_secret``.
    :raises NotFound: the id is another paper's.
    :raises NotPermitted: ``by`` is no records clerk of that organ.
    :raises ScanIncomplete: subject, recipients or reason are missing.
    :raises congso.shared.people.capacity.MayNotSign: the signatory has no competence for it.
    :raises SecretContent: the scan carries a secrecy stamp; nothing is kept.
    """
    hold_id(document_id)
    existing = Document.objects.filter(id=document_id).first()
    if existing is not None:
        if not (existing.paper_signed_reason and permissions.NUMBER.allows(by, existing)):
            raise NotFound
        return existing
    permissions.ISSUE_SCAN.require(by, scan_of.organ_id)
    if by.position_id is None:
        raise NotPermitted
    subject = unicodedata.normalize("NFC", " ".join(scan_of.subject.split()))
    if not (subject and scan_of.reason.strip() and scan_of.recipients):
        raise ScanIncomplete
    taken = screened(scan, name=scan_name, media_types={PDF}, declared=declared, also=[subject, scan_of.reason])
    document = _document(document_id, scan_of, subject, by.position_id, now=now)
    document.paper_scan = files.store(taken.content, name=scan_name, media_types={PDF}, max_bytes=MAX_PAPER_BYTES)
    document.pages = taken.pages
    give_number_step(document, now=now)
    document.save(force_insert=True)
    set_recipients_step(document, scan_of.recipients)
    if taken.was_stated:
        note_stated_step(document.id, by=by, now=now)
    journal.record(
        "documents.issued_on_paper",
        subject_id=document.id,
        by=by,
        at=now,
        number=document.number,
        file=document.paper_scan_id,
    )
    issue_step(document, by=by, now=now)
    return document


def _document(document_id: UUID, scan_of: ScanInput, subject: str, position_id: UUID, *, now: datetime) -> Document:
    document = Document(
        id=document_id,
        organ_id=scan_of.organ_id,
        drafting_organ_id=scan_of.organ_id,
        author_id=position_id,
        type_code=scan_of.type_code,
        subject=subject,
        body=bodies.empty(),
        signatory_id=scan_of.signatory_id,
        state=DocumentState.SEALED,
        paper_signed_reason=scan_of.reason.strip(),
        created_at=now,
        changed_at=now,
        signed_at=now,
    )
    papers.fix_signer(document, today=clock.day_of(now))
    return document
