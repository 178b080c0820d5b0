"""The organ's mark on the files that go with a paper: prepared with its number, kept when it is signed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError
from congso.modules.documents.kinds import DocumentState
from congso.modules.documents.models import Attachment, Document
from congso.modules.signing import public as signing
from congso.shared import files, journal
from congso.shared.files import media
from congso.shared.files.pages import MAX_FILE_BYTES


class AttachmentsNotSealed(DomainError):
    code = "documents.attachments_not_sealed"
    message = _("Chưa phát hành được: tệp kèm theo “%(name)s” chưa có chữ ký của cơ quan. Mở mục Tệp kèm theo để ký.")


@transaction.atomic(savepoint=False)
def freeze_attachments_step(document: Document) -> list[str]:
    """Forget what was taken out, and return the SHA-256 of each file that goes with the approved paper, in order."""
    document.attachments.exclude(removed_at=None).delete()
    return list(Attachment.objects.filter(document=document).kept().values_list("file_id", flat=True))


@transaction.atomic(savepoint=False)
def prepare_attachments_step(document: Document) -> None:
    """Give each PDF the empty field for the organ's signature, with the paper's number."""
    if not document.attachment_count:
        return
    for attachment in Attachment.objects.filter(document=document, gets_mark=True).kept():
        try:
            pdf = signing.prepare_mark(files.read(attachment.file_id), document.number_text)
        except signing.NotMarkable:
            # It goes out as it is, like a file of another kind.
            attachment.gets_mark = False
        else:
            name = f"{attachment.id}.pdf"
            attachment.prepared = files.store(pdf, name=name, media_types={media.PDF}, max_bytes=2 * MAX_FILE_BYTES)
        attachment.sealed, attachment.signing_failure = None, ""
        attachment.save(update_fields=["prepared", "sealed", "signing_failure", "gets_mark"])


@transaction.atomic(savepoint=False)
def unprepare_attachments_step(document: Document) -> None:
    """Take the mark of a cancelled number off."""
    if document.attachment_count:
        document.attachments.update(prepared=None, sealed=None, signing_failure="")


@transaction.atomic(savepoint=False)
def judge_attachments_step(document_id: UUID, *, now: datetime) -> None:
    """Judge the signatures in files that go with a paper, for the receivers' pages."""
    signed = Q(sealed__isnull=False) | Q(is_signed_elsewhere=True)
    for attachment in Attachment.objects.filter(signed, document=document_id).kept():
        signing.validate_file(attachment.file_now_id, now=now)


def refuse_unsealed(document: Document) -> None:
    """Raise unless every file that gets the organ's mark has it.

    :raises AttachmentsNotSealed: one has not.
    """
    if not document.attachment_count:
        return
    waiting = Attachment.objects.filter(document=document, gets_mark=True, sealed=None).kept().first()
    if waiting is not None:
        raise AttachmentsNotSealed(name=waiting.name)


@transaction.atomic(durable=True)
def take_attachment_signature(attachment_id: UUID, *, file_sha256: str, signed_sha256: str, now: datetime) -> None:
    """Keep the file that carries the organ's mark; safe to run twice.

    :param signed_sha256: the file that was shown; if the number was cancelled meanwhile, the signature is not used.
    """
    attachment = Attachment.objects.select_for_update(of=("self",)).select_related("document").get(id=attachment_id)
    if attachment.sealed_id == file_sha256:
        return
    is_wanted = attachment.prepared_id == signed_sha256 and attachment.sealed_id is None
    if not is_wanted or attachment.document.state not in {DocumentState.NUMBERED, DocumentState.SEALED}:
        act = "documents.signature_unused"
    else:
        verdict = signing.validate_file(file_sha256, now=now)
        if verdict.has_passed("organ"):
            attachment.sealed_id, attachment.signing_failure = file_sha256, ""
            act = "documents.attachment_sealed"
        else:
            attachment.signing_failure = verdict.reasons[0]
            act = "documents.signature_unused"
        attachment.save(update_fields=["sealed", "signing_failure"])
    journal.record(
        act,
        subject_id=attachment.document_id,
        by=Actor.system(),
        at=now,
        attachment=attachment.id,
        file=file_sha256,
    )


@transaction.atomic(durable=True)
def note_failed_attachment_signature(attachment_id: UUID, *, code: str) -> None:
    """Say on the file why its signature did not come; it can be signed again. The signing service's line tells it."""
    Attachment.objects.filter(id=attachment_id, sealed=None).update(signing_failure=code)
