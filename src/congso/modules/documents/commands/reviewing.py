"""Send a draft round its reviewers, initial it, give it back."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, NotFound
from congso.modules.documents import body as bodies
from congso.modules.documents import notices, permissions
from congso.modules.documents.commands.amending import refuse_unequal
from congso.modules.documents.commands.approving import approve_step
from congso.modules.documents.commands.guarding import notes_secrets
from congso.modules.documents.commands.pressing import first_press, was_pressed
from congso.modules.documents.commands.versions import keep_version_step, mark_version_step
from congso.modules.documents.kinds import DocumentState, ReviewState
from congso.modules.documents.models import Document, Review, VersionKind
from congso.modules.documents.queries.access import access_document
from congso.modules.documents.secrecy import refuse_secret
from congso.modules.documents.signables import is_being_signed
from congso.shared import journal
from congso.shared.people.models import Position

LEFT = _("Người xem xét đã thôi giữ chức vụ này.")


class DraftIncomplete(DomainError):
    code = "documents.draft_incomplete"
    message = _("Chưa trình được: còn thiếu %(missing)s. Mọi nội dung khác đã được lưu.")
    status = 422


class ReplyDayPassed(DomainError):
    code = "documents.reply_day_passed"
    message = _("Chưa trình được: hạn trả lời %(day)s đã qua. Chọn ngày khác; mọi nội dung khác đã được lưu.")
    status = 422


class DraftAlreadySubmitted(DomainError):
    code = "documents.already_submitted"
    message = _("Văn bản “%(subject)s” đã được trình rồi.")


class PositionLapsed(DomainError):
    code = "documents.position_lapsed"
    message = _(
        "Tư cách soạn văn bản này đã hết hiệu lực nên chưa trình được. Nội dung đang soạn đã lưu ở Dự thảo; "
        "chọn tư cách khác và chuyển dự thảo sang tư cách đó."
    )


class ReviewReasonMissing(DomainError):
    code = "documents.reason_missing"
    message = _("Trả lại phải ghi lý do, để người soạn biết cần sửa gì. Chưa có gì thay đổi.")
    status = 422


class NotInReview(DomainError):
    code = "documents.not_in_review"
    message = _("Văn bản “%(subject)s” không còn ở bước này, có thể vừa được xử lý ở nơi khác.")


class SignatureUnderWay(DomainError):
    code = "documents.signature_under_way"
    message = _("Văn bản “%(subject)s” đang được ký, chờ xong rồi làm tiếp.")


@transaction.atomic(durable=True)
def submit_for_review(document_id: UUID, *, by: Actor, now: datetime, key: UUID | None = None) -> Document:
    """Ask the first reviewer; a draft without reviewers goes straight to its signatory.

    :raises DraftIncomplete: subject, body, signatory or recipients are missing.
    :raises ReplyDayPassed: the answer is asked for by a day that is over.
    :raises NotOfEqualForm: it replaces or corrects another paper, in the wrong form.
    :raises PositionLapsed: the hat that the draft was written with has ended.
    :raises DraftAlreadySubmitted: it is no draft any more.
    """
    document = access_document(document_id, by=by, to=permissions.EDIT, for_update=True)
    if not first_press(key, act="submit", subject_id=document.id, now=now):
        return document
    if document.state != DocumentState.DRAFT:
        raise DraftAlreadySubmitted(subject=document.subject)
    _refuse_lapsed(document, now=now)
    permissions.SUBMIT.require(by, document)
    _refuse_incomplete(document, today=clock.day_of(now))
    refuse_unequal(document)
    document.submitted_at, document.changed_at, document.return_reason = now, now, ""
    document.state = DocumentState.IN_REVIEW
    document.save(update_fields=["submitted_at", "changed_at", "return_reason", "state"])
    keep_version_step(document, VersionKind.SUBMITTED, by=by, now=now)
    journal.record("documents.submitted", subject_id=document.id, by=by, at=now, round=document.review_round)
    ask_next_step(document, by=by, now=now)
    return document


@notes_secrets
@transaction.atomic(durable=True)
def initial(document_id: UUID, *, by: Actor, now: datetime, comment: str = "", key: UUID | None = None) -> Document:
    """Agree to the draft (ký nháy) and pass it on: to the next reviewer, or, after the last, to the signatory.

    :raises NotInReview: it was decided elsewhere meanwhile.
    """
    document = access_document(document_id, by=by, to=permissions.SEE, for_update=True)
    if not first_press(key, act="initial", subject_id=document.id, now=now):
        return document
    refuse_secret(comment)
    _decide(document, ReviewState.INITIALLED, comment, by=by, now=now)
    journal.record("documents.initialled", subject_id=document.id, by=by, at=now, round=document.review_round)
    ask_next_step(document, by=by, now=now)
    return document


@notes_secrets
@transaction.atomic(durable=True)
def return_to_author(document_id: UUID, *, reason: str, by: Actor, now: datetime, key: UUID | None = None) -> Document:
    """Give the paper back with a reason: by the reviewer whose turn it is, or by the signatory instead of signing.

    A new round of review begins; the drawn file is dropped, for the text will change.

    :raises ReviewReasonMissing: without a reason.
    :raises SignatureUnderWay: the signature is being made just now.
    """
    try:
        document = access_document(document_id, by=by, to=permissions.SEE, for_update=True)
    except NotFound:
        # The first press took it out of the signatory's sight.
        if was_pressed(key, act="return", subject_id=document_id):
            return Document.objects.get(id=document_id)
        raise
    if not first_press(key, act="return", subject_id=document.id, now=now):
        return document
    refuse_secret(reason)
    if not reason.strip():
        raise ReviewReasonMissing
    if document.state == DocumentState.APPROVED:
        permissions.SIGN.require(by, document)
        if is_being_signed(document):
            raise SignatureUnderWay(subject=document.subject)
    else:
        _decide(document, ReviewState.RETURNED, reason.strip(), by=by, now=now)
    back_to_draft_step(document, reason=reason.strip(), now=now)
    journal.record("documents.returned", subject_id=document.id, by=by, at=now, round=document.review_round - 1)
    notices.tell_author_returned(document, now=now)
    return document


@transaction.atomic(durable=True)
def take_back(document_id: UUID, *, by: Actor, now: datetime, key: UUID | None = None) -> Document:
    """Take a paper back to one's desk before anybody signed it.

    :raises NotInReview: it is a draft already, or signed.
    :raises SignatureUnderWay: the signature is being made just now.
    """
    document = access_document(document_id, by=by, to=permissions.EDIT, for_update=True)
    if not first_press(key, act="take_back", subject_id=document.id, now=now):
        return document
    if document.state not in {DocumentState.IN_REVIEW, DocumentState.APPROVED}:
        raise NotInReview(subject=document.subject)
    if is_being_signed(document):
        raise SignatureUnderWay(subject=document.subject)
    back_to_draft_step(document, reason="", now=now)
    journal.record("documents.taken_back", subject_id=document.id, by=by, at=now)
    return document


def _refuse_lapsed(document: Document, *, now: datetime) -> None:
    today = clock.day_of(now)
    if not Position.objects.filter(id=document.author_id, valid__contains=today).exists():
        raise PositionLapsed


def _refuse_incomplete(document: Document, *, today: date) -> None:
    missing = [
        str(word)
        for is_missing, word in (
            (not document.subject, _("trích yếu")),
            (document.uploaded_pdf_id is None and bodies.is_empty(document.body), _("nội dung")),
            (document.signatory_id is None, _("người ký")),
            (not document.recipients.exists(), _("nơi nhận")),
        )
        if is_missing
    ]
    if missing:
        raise DraftIncomplete(missing=", ".join(missing))
    if document.reply_due_date is not None and document.reply_due_date < today:
        raise ReplyDayPassed(day=f"{document.reply_due_date:%d/%m/%Y}")


def _decide(document: Document, state: ReviewState, comment: str, *, by: Actor, now: datetime) -> Review:
    turn = document.reviews.filter(reviewer=by.position_id, state=ReviewState.WAITING).first()
    if document.state != DocumentState.IN_REVIEW or turn is None:
        raise NotInReview(subject=document.subject)
    turn.state, turn.comment, turn.decided_at = state, comment.strip(), now
    turn.save(update_fields=["state", "comment", "decided_at"])
    return turn


@transaction.atomic(savepoint=False)
def ask_next_step(document: Document, *, by: Actor, now: datetime) -> None:
    """Ask the next reviewer who still holds the position, or pass the paper to its signatory; the others are skipped.

    :raises congso.shared.people.capacity.MayNotSign: the signatory lost, or never had, the competence to sign it.
    """
    planned = document.reviews.filter(round=document.review_round, state=ReviewState.PLANNED).order_by("place")
    for turn in planned.select_related("reviewer"):
        if clock.day_of(now) in turn.reviewer.valid:
            turn.state, turn.asked_at = ReviewState.WAITING, now
            turn.save(update_fields=["state", "asked_at"])
            notices.tell_reviewer(document, turn, now=now)
            return
        skip_step(document, turn, reason=str(LEFT), by=Actor.system(), now=now)
    approve_step(document, by=by, now=now)


@transaction.atomic(savepoint=False)
def skip_step(document: Document, turn: Review, *, reason: str, by: Actor, now: datetime) -> None:
    """Pass over one turn, inside another command; the reason stays beside it."""
    turn.state, turn.comment, turn.decided_at = ReviewState.SKIPPED, reason, now
    turn.save(update_fields=["state", "comment", "decided_at"])
    journal.record("documents.review_skipped", subject_id=document.id, by=by, at=now, position=turn.reviewer_id)


@transaction.atomic(savepoint=False)
def back_to_draft_step(document: Document, *, reason: str, now: datetime) -> None:
    """Open a new round with the same reviewers, inside another command; the drawn file is dropped."""
    reviewers = document.reviews.filter(round=document.review_round).order_by("place")
    again = [review.reviewer_id for review in reviewers]
    document.reviews.filter(round=document.review_round, decided_at=None).delete()
    document.review_round += 1
    document.state, document.return_reason, document.changed_at = DocumentState.DRAFT, reason, now
    document.approved_pdf, document.approved_at = None, None
    document.pages = document.pages if document.uploaded_pdf_id else 0
    document.edit_version += 1
    document.save()
    mark_version_step(document, VersionKind.RETURNED if reason else VersionKind.TAKEN_BACK)
    Review.objects.bulk_create(
        Review(document=document, reviewer_id=reviewer_id, round=document.review_round, place=place)
        for place, reviewer_id in enumerate(again)
    )
