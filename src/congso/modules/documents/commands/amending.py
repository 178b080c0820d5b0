"""Write the paper that replaces an issued one, or the letter that corrects it.

Source: Decree 30/2020/NĐ-CP: an error of content is mended by a document of equal form, one of form by a công văn.
"""

from datetime import date, datetime
from http import HTTPStatus
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, NotFound, NotPermitted
from congso.modules.documents import body as bodies
from congso.modules.documents import permissions
from congso.modules.documents.commands.guarding import notes_secrets
from congso.modules.documents.commands.pressing import hold_id
from congso.modules.documents.kinds import DocumentState, TypeCode
from congso.modules.documents.models import Attachment, BodyImage, Document, Recipient
from congso.modules.documents.queries.access import access_document
from congso.modules.documents.secrecy import refuse_secret
from congso.shared import journal
from congso.shared.organs.queries import organs_served


class NothingToAmend(DomainError):
    code = "documents.nothing_to_amend"
    message = gettext_lazy(
        "Văn bản “%(subject)s” chưa phát hành, hoặc đã thu hồi, nên không thay thế hay đính chính được."
    )


class AlreadyBeingReplaced(DomainError):
    code = "documents.already_being_replaced"
    message = gettext_lazy("Văn bản %(number)s đã có một văn bản thay thế đang soạn hoặc đã phát hành.")


class AmendReasonMissing(DomainError):
    code = "documents.amend_reason_missing"
    message = gettext_lazy("Thay thế hay đính chính phải ghi sai ở đâu. Chưa có gì thay đổi.")
    status: ClassVar[int] = HTTPStatus.UNPROCESSABLE_ENTITY


class NotOfEqualForm(DomainError):
    code = "documents.not_of_equal_form"
    message = gettext_lazy("Chưa trình được: %(rule)s. Mọi nội dung khác đã được lưu.")
    status: ClassVar[int] = HTTPStatus.UNPROCESSABLE_ENTITY


@notes_secrets
@transaction.atomic(durable=True)
def draft_replacement(document_id: UUID, draft_id: UUID, *, reason: str, by: Actor, now: datetime) -> Document:
    """Begin, under ``draft_id``, the paper that takes the place of an issued one: text, files, recipients are the same.

    Nothing happens to the old paper before the new one is issued. The same form sent twice makes one draft. Where the
    old paper was a file made elsewhere, the new one begins with what was typed beside it.

    :raises NothingToAmend: it is not issued. One that was recalled may still be replaced.
    :raises AlreadyBeingReplaced: somebody writes, or has issued, a replacement.
    :raises AmendReasonMissing: without a reason.
    :raises SecretContent: the reason holds a secrecy stamp; nothing was kept.
    """
    hold_id(draft_id)
    existing = Document.objects.select_related("author").filter(id=draft_id).first()
    if existing is not None:
        return _own(existing, by)
    replaced = access_document(document_id, by=by, to=permissions.AMEND, for_update=True)
    reason = _checked(replaced, reason)
    if replaced.replacements.exclude(state=DocumentState.WITHDRAWN).exists():
        raise AlreadyBeingReplaced(number=replaced.number_text)
    draft = _begun(draft_id, replaced, by=by, now=now)
    draft.replaces, draft.amends_reason = replaced, reason
    draft.type_code, draft.subject, draft.body = replaced.type_code, replaced.subject, replaced.body
    draft.legal_bases, draft.reply_to_id = replaced.legal_bases, replaced.reply_to_id
    draft.circulation, draft.contact = replaced.circulation, replaced.contact
    draft.second_title, draft.second_signer = replaced.second_title, replaced.second_signer
    draft.stamps_denied = replaced.stamps_denied
    draft.reply_due_date = _still_ahead(replaced, now=now)
    draft.attachment_count = replaced.attachment_count
    draft.save(force_insert=True)
    _same_recipients(draft, replaced)
    _same_attachments(draft, replaced, now=now)
    _same_pictures(draft, replaced, now=now)
    journal.record("documents.replacement_drafted", subject_id=draft.id, by=by, at=now, replaces=replaced.id)
    return draft


@notes_secrets
@transaction.atomic(durable=True)
def draft_correction(document_id: UUID, draft_id: UUID, *, reason: str, by: Actor, now: datetime) -> Document:
    """Begin, under ``draft_id``, the công văn that corrects an issued paper, to the same recipients.

    :param reason: what is wrong in it; the letter's text begins with it.
    :raises NothingToAmend: it is not issued, or was recalled.
    :raises AmendReasonMissing: without a reason.
    :raises SecretContent: the reason holds a secrecy stamp; nothing was kept.
    """
    hold_id(draft_id)
    existing = Document.objects.select_related("author").filter(id=draft_id).first()
    if existing is not None:
        return _own(existing, by)
    corrected = access_document(document_id, by=by, to=permissions.AMEND, for_update=True)
    reason = _checked(corrected, reason)
    if corrected.recalled_at is not None:
        raise NothingToAmend(subject=corrected.subject)
    draft = _begun(draft_id, corrected, by=by, now=now)
    draft.corrects, draft.amends_reason, draft.type_code = corrected, reason, TypeCode.LETTER.value
    named = {
        "type": corrected.type_name,
        "number": corrected.number_text,
        "day": f"{corrected.issued_date:%d/%m/%Y}",
        "reason": reason,
    }
    draft.subject = _("Đính chính %(type)s số %(number)s ngày %(day)s") % named
    draft.body = bodies.from_text(_("%(type)s số %(number)s ngày %(day)s có sai sót: %(reason)s") % named)
    draft.save(force_insert=True)
    _same_recipients(draft, corrected)
    journal.record("documents.correction_drafted", subject_id=draft.id, by=by, at=now, corrects=corrected.id)
    return draft


def refuse_unequal(document: Document) -> None:
    """Refuse to submit a replacement of another form than the replaced paper's, or a correction that is no letter.

    :raises NotOfEqualForm: in words that name the form.
    """
    if document.corrects_id is not None and document.type_code != TypeCode.LETTER:
        raise NotOfEqualForm(rule=_("đính chính bằng công văn"))
    if document.replaces is not None and document.replaces.type_code != document.type_code:
        raise NotOfEqualForm(rule=_("văn bản thay thế phải là %(type)s") % {"type": document.replaces.type_name})


def _own(existing: Document, by: Actor) -> Document:
    if not permissions.EDIT.allows(by, existing):
        raise NotFound
    return existing


def _checked(document: Document, reason: str) -> str:
    if document.state != DocumentState.ISSUED:
        raise NothingToAmend(subject=document.subject)
    if not reason.strip():
        raise AmendReasonMissing
    refuse_secret(reason)
    return reason.strip()


def _begun(draft_id: UUID, old: Document, *, by: Actor, now: datetime) -> Document:
    if by.position_id is None or by.organ_id is None:
        raise NotPermitted
    if old.organ_id not in organs_served(by.organ_id, on=clock.day_of(now)):
        raise NotPermitted
    return Document(
        id=draft_id,
        organ_id=old.organ_id,
        drafting_organ_id=by.organ_id,
        author_id=by.position_id,
        signatory_id=old.signatory_id,
        urgency=old.urgency,
        created_at=now,
        changed_at=now,
    )


def _still_ahead(old: Document, *, now: datetime) -> date | None:
    day = old.reply_due_date
    return day if day is not None and day >= clock.day_of(now) else None


def _same_recipients(draft: Document, old: Document) -> None:
    Recipient.objects.bulk_create(
        Recipient(
            document=draft,
            organ_id=to.organ_id,
            position_id=to.position_id,
            name=to.name,
            address=to.address,
            copies=to.copies,
            role=to.role,
            place=to.place,
        )
        for to in old.recipients.order_by("place")
    )


def _same_attachments(draft: Document, old: Document, *, now: datetime) -> None:
    """Put the same files with the draft, as their author gave them: the organ's mark will have the new number."""
    Attachment.objects.bulk_create(
        Attachment(
            document=draft,
            place=one.place,
            name=one.name,
            file_id=one.file_id,
            pages=one.pages,
            gets_mark=one.gets_mark,
            is_signed_elsewhere=one.is_signed_elsewhere,
            added_at=now,
        )
        for one in Attachment.objects.filter(document=old).kept()
    )


def _same_pictures(draft: Document, old: Document, *, now: datetime) -> None:
    """Let the draft show the pictures that its text, the old paper's, speaks of."""
    BodyImage.objects.bulk_create(
        BodyImage(document=draft, file_id=sha256, added_at=now)
        for sha256 in old.images.values_list("file_id", flat=True)
    )
