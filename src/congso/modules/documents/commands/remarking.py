"""Remark on a passage of a paper under review; say that a remark was seen to."""

import unicodedata
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, NotPermitted
from congso.modules.documents import permissions
from congso.modules.documents.commands.guarding import notes_secrets
from congso.modules.documents.models import PassageRemark
from congso.modules.documents.queries.access import access_document
from congso.modules.documents.queries.writing import access_remark, passages
from congso.modules.documents.secrecy import refuse_secret
from congso.shared import journal

LONGEST_PASSAGE = 500
LONGEST_REMARK = 2000


class RemarkIncomplete(DomainError):
    code = "documents.remark_incomplete"
    message = _("Chưa ghi được góp ý: cần đoạn được góp ý (đến 500 chữ cái) và lời góp ý (đến 2.000 chữ cái).")
    status = 422


class PassageNotFound(DomainError):
    code = "documents.passage_not_found"
    message = _("Đoạn “%(passage)s” không có trong văn bản, có thể vừa được sửa. Tải lại trang rồi chọn lại đoạn.")


class RemarkResolved(DomainError):
    code = "documents.remark_resolved"
    message = _("Góp ý này đã được đánh dấu xử lý.")


@notes_secrets
@transaction.atomic(durable=True)
def remark_on_passage(
    document_id: UUID, remark_id: UUID, *, block: int, passage: str, text: str, by: Actor, now: datetime
) -> PassageRemark:
    """Remark on words of one block of the text. The same form sent twice makes one remark.

    :param block: which block of the body, from 0.
    :raises NotPermitted: it is not the turn of ``by`` to review or sign.
    :raises RemarkIncomplete: passage or remark is missing or too long.
    :raises PassageNotFound: that block does not hold these words.
    """
    document = access_document(document_id, by=by, to=permissions.REMARK, for_update=True)
    if by.position_id is None:
        raise NotPermitted
    made = PassageRemark.objects.filter(id=remark_id, document=document, reviewer=by.position_id).first()
    if made is not None:
        return made
    # A long passage is offered cut short, with the mark of that.
    words = unicodedata.normalize("NFC", " ".join(passage.split())).removesuffix("…").strip()
    said = unicodedata.normalize("NFC", text.strip())
    if not 0 < len(words) <= LONGEST_PASSAGE or not 0 < len(said) <= LONGEST_REMARK:
        raise RemarkIncomplete
    refuse_secret(said)
    held = next((one.text for one in passages(document) if one.block == block), "")
    if words not in " ".join(held.split()):
        raise PassageNotFound(passage=words[:60])
    remark = PassageRemark.objects.create(
        id=remark_id,
        document=document,
        round=document.review_round,
        reviewer_id=by.position_id,
        passage=words,
        block=block,
        text=said,
        made_at=now,
    )
    journal.record("documents.remarked", subject_id=document.id, by=by, at=now, round=document.review_round)
    return remark


@notes_secrets
@transaction.atomic(durable=True)
def resolve_remark(remark_id: UUID, *, answer: str = "", by: Actor, now: datetime) -> PassageRemark:
    """Say that a remark was seen to: by the author, or by who made it.

    :raises RemarkResolved: somebody said so before.
    """
    remark = access_remark(remark_id, by=by, to=permissions.RESOLVE_REMARK, for_update=True)
    if remark.resolved_at is not None:
        raise RemarkResolved
    clean = unicodedata.normalize("NFC", " ".join(answer.split()))[:LONGEST_PASSAGE]
    refuse_secret(clean)
    remark.resolved_by_id, remark.resolved_at, remark.answer = by.position_id, now, clean
    remark.save(update_fields=["resolved_by", "resolved_at", "answer"])
    journal.record("documents.remark_resolved", subject_id=remark.document_id, by=by, at=now)
    return remark
