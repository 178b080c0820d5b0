"""Issue a sealed paper; withdraw one that was not issued; issue a scan of a paper signed by hand."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel import events
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, NotFound
from congso.modules.documents import findable, notices, permissions
from congso.modules.documents.commands.answering import settle_reply_step
from congso.modules.documents.commands.guarding import notes_secrets
from congso.modules.documents.commands.numbering import cancel_number_step
from congso.modules.documents.commands.pressing import first_press
from congso.modules.documents.commands.recalling import replace_step
from congso.modules.documents.commands.sealing_attachments import refuse_unsealed
from congso.modules.documents.events import DocumentIssued, DocumentWithdrawn
from congso.modules.documents.kinds import DocumentState
from congso.modules.documents.models import Document
from congso.modules.documents.queries.access import access_document
from congso.modules.documents.queries.attachments import attached_files
from congso.modules.documents.secrecy import refuse_secret
from congso.modules.documents.signables import is_being_signed
from congso.shared import journal


class DocumentNotSealed(DomainError):
    code = "documents.not_sealed"
    message = _("Văn bản “%(subject)s” chưa có dấu của cơ quan nên chưa phát hành được.")


class SignaturesNotValid(DomainError):
    code = "documents.signatures_not_valid"
    message = _(
        "Kiểm tra chữ ký của văn bản “%(subject)s” chưa cho kết quả hợp lệ nên chưa phát hành. Chưa có gì thay đổi; "
        "xem kết quả kiểm tra ở trang văn bản."
    )


class DocumentAlreadyIssued(DomainError):
    code = "documents.already_issued"
    message = _("Văn bản %(number)s đã phát hành rồi. Muốn thay đổi thì ban hành văn bản thay thế hoặc đính chính.")


class WithdrawReasonMissing(DomainError):
    code = "documents.withdraw_reason_missing"
    message = _("Rút văn bản phải ghi lý do. Chưa có gì thay đổi.")
    status = 422


class SigningUnderWay(DomainError):
    code = "documents.signing_under_way"
    message = _("Văn bản “%(subject)s” đang được ký nên chưa rút được. Chờ ký xong rồi làm tiếp.")


@transaction.atomic(durable=True)
def issue_document(document_id: UUID, *, by: Actor, now: datetime, key: UUID | None = None) -> Document:
    """Send a sealed paper to its recipients; if it answers an incoming paper, that work is done.

    :raises DocumentNotSealed: the organ's signature is missing.
    :raises SignaturesNotValid: a signature of the file did not pass.
    :raises AttachmentsNotSealed: a file that goes with it has not the organ's signature.
    :raises DocumentAlreadyIssued: it is on its way already.
    """
    document = access_document(document_id, by=by, to=permissions.ISSUE, for_update=True)
    if not first_press(key, act="issue", subject_id=document.id, now=now):
        return document
    if document.state == DocumentState.ISSUED:
        raise DocumentAlreadyIssued(number=document.number_text)
    if document.state != DocumentState.SEALED:
        raise DocumentNotSealed(subject=document.subject)
    if not (document.leader_validated and document.organ_validated):
        raise SignaturesNotValid(subject=document.subject)
    refuse_unsealed(document)
    issue_step(document, by=by, now=now)
    return document


@transaction.atomic(savepoint=False)
def issue_step(document: Document, *, by: Actor, now: datetime) -> None:
    """Mark the paper issued, with all that follows, inside another command."""
    document.state = DocumentState.ISSUED
    document.issued_at = document.changed_at = now
    document.save()
    facts = {"attachments": attached_files(document)} if document.attachment_count else {}
    journal.record("documents.issued", subject_id=document.id, by=by, at=now, number=document.number, **facts)
    settle_reply_step(document, by=by, now=now)
    replace_step(document, by=by, now=now)
    notices.tell_persons(document, now=now)
    findable.index_document(document)
    events.publish(DocumentIssued(document_id=document.id))


@notes_secrets
@transaction.atomic(durable=True)
def withdraw(document_id: UUID, *, reason: str, by: Actor, now: datetime, key: UUID | None = None) -> Document:
    """Take a paper that was not issued out of work for good; a number it had is cancelled and stays in the register.

    :raises DocumentAlreadyIssued: recall after issue is another act.
    :raises WithdrawReasonMissing: without a reason.
    :raises SigningUnderWay: a signature is being made just now.
    """
    document = access_document(document_id, by=by, to=permissions.WITHDRAW, for_update=True)
    if not first_press(key, act="withdraw", subject_id=document.id, now=now):
        return document
    if document.state == DocumentState.ISSUED:
        raise DocumentAlreadyIssued(number=document.number_text)
    if document.state == DocumentState.WITHDRAWN:
        raise NotFound
    refuse_secret(reason)
    if not reason.strip():
        raise WithdrawReasonMissing
    if is_being_signed(document):
        raise SigningUnderWay(subject=document.subject)
    number = document.number
    cancel_number_step(document, reason=reason.strip(), by=by, now=now)
    document.reviews.filter(decided_at=None).delete()
    document.state, document.withdrawal_reason = DocumentState.WITHDRAWN, reason.strip()
    document.withdrawn_at = document.changed_at = now
    document.save()
    facts = {} if number is None else {"number": number}
    journal.record("documents.withdrawn", subject_id=document.id, by=by, at=now, **facts)
    events.publish(DocumentWithdrawn(document_id=document.id))
    return document
