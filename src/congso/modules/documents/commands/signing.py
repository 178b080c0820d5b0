"""What signatures do to a paper, when they arrive."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from congso.kernel import events
from congso.kernel.actor import Actor
from congso.modules.documents import notices
from congso.modules.documents.events import DocumentSealed, DocumentSigned
from congso.modules.documents.kinds import DocumentState
from congso.modules.documents.models import Document
from congso.modules.signing import public as signing
from congso.shared import journal


@transaction.atomic(durable=True)
def take_signature(
    document_id: UUID, *, field: str, file_sha256: str, signed_sha256: str, now: datetime
) -> DocumentState | None:
    """Keep the file that carries the new signature and move the paper on; safe to run twice.

    :param signed_sha256: the file that was shown to the signer. If the paper has another one by now (it was taken
        back meanwhile), the signature is not used and the journal says so.
    :return: the state it moved to, or None.
    """
    document = Document.objects.select_for_update().defer("body").get(id=document_id)
    if file_sha256 in {document.signed_pdf_id, document.sealed_pdf_id}:
        return None
    if field == "leader" and (document.state, document.approved_pdf_id) == (DocumentState.APPROVED, signed_sha256):
        return _signed(document, file_sha256, now=now)
    if field == "organ" and (document.state, document.numbered_pdf_id) == (DocumentState.NUMBERED, signed_sha256):
        return _sealed(document, file_sha256, now=now)
    journal.record("documents.signature_unused", subject_id=document.id, by=Actor.system(), at=now, file=file_sha256)
    return None


@transaction.atomic(durable=True)
def note_failed_signature(document_id: UUID, *, code: str, now: datetime) -> None:
    """Say on the paper why a requested signature did not come; it stays where it was and can be signed again."""
    document = Document.objects.select_for_update().get(id=document_id)
    if document.signing_failure == code or document.state not in {DocumentState.APPROVED, DocumentState.NUMBERED}:
        return
    document.signing_failure = code
    document.save(update_fields=["signing_failure"])
    notices.tell_signature_failed(document, now=now)


def _signed(document: Document, file_sha256: str, *, now: datetime) -> DocumentState:
    signing.validate_file(file_sha256, now=now)  # kept for the paper's page
    document.signed_pdf_id, document.signed_at, document.changed_at = file_sha256, now, now
    document.state, document.signing_failure = DocumentState.SIGNED, ""
    document.save()
    journal.record(
        "documents.signed", subject_id=document.id, by=Actor.system(), at=now, position=document.signatory_id
    )
    notices.tell_clerks_signed(document, now=now)
    events.publish(DocumentSigned(document_id=document.id))
    return DocumentState.SIGNED


def _sealed(document: Document, file_sha256: str, *, now: datetime) -> DocumentState:
    verdict = signing.validate_file(file_sha256, now=now)
    document.sealed_pdf_id, document.sealed_at, document.changed_at = file_sha256, now, now
    document.leader_validated = verdict.has_passed("leader")
    document.organ_validated = verdict.has_passed("organ")
    document.state, document.signing_failure = DocumentState.SEALED, ""
    document.save()
    journal.record("documents.sealed", subject_id=document.id, by=Actor.system(), at=now, verdict=verdict.outcome.value)
    events.publish(DocumentSealed(document_id=document.id))
    return DocumentState.SEALED
