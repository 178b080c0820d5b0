"""Keep a review going: pass over who is absent, ask one more, change who comes next."""

from datetime import date, datetime
from http import HTTPStatus
from typing import ClassVar, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, InvalidInput
from congso.modules.documents import notices, permissions
from congso.modules.documents.commands.guarding import notes_secrets
from congso.modules.documents.commands.pressing import first_press
from congso.modules.documents.commands.reviewing import (
    LEFT,
    NotInReview,
    ask_next_step,
    back_to_draft_step,
    skip_step,
)
from congso.modules.documents.kinds import DocumentState, ReviewState
from congso.modules.documents.models import Document, Review
from congso.modules.documents.queries.access import access_document
from congso.modules.documents.queries.choices import reviewers
from congso.modules.documents.secrecy import refuse_secret
from congso.modules.documents.signables import is_being_signed
from congso.shared import journal
from congso.shared.calendar import add_working_days
from congso.shared.organs.queries import organs_served
from congso.shared.people.capacity import MayNotSign

# A reviewer who holds the position has so many working days before the author may pass over the turn.
PATIENCE: Final = 2


class SkipReasonMissing(DomainError):
    code = "documents.skip_reason_missing"
    message = gettext_lazy("Bỏ qua lượt xem xét phải ghi lý do, người ký sẽ đọc lý do đó. Chưa có gì thay đổi.")
    status: ClassVar[int] = HTTPStatus.UNPROCESSABLE_ENTITY


class ReviewerHasTime(DomainError):
    code = "documents.reviewer_has_time"
    message = gettext_lazy("Người xem xét còn giữ chức vụ và có thời gian đến hết ngày %(day)s, nên chưa bỏ qua được.")


class AlreadyReviewer(DomainError):
    code = "documents.already_reviewer"
    message = gettext_lazy("Người này đã có trong danh sách xem xét của lượt này.")


@notes_secrets
@transaction.atomic(durable=True)
def skip_reviewer(document_id: UUID, *, reason: str, by: Actor, now: datetime, key: UUID | None = None) -> Document:
    """Pass over the reviewer whose turn it is, with a reason that the signatory reads.

    The author may do so once the reviewer's position has ended, or has had the paper for two working days.

    :raises NotInReview: nobody's turn it is.
    :raises SkipReasonMissing: without a reason.
    :raises ReviewerHasTime: the reviewer holds the position, and the days are not over.
    :raises SecretContent: the reason holds a secrecy stamp; nothing was kept.
    """
    document = access_document(document_id, by=by, to=permissions.EDIT, for_update=True)
    refuse_secret(reason)
    if not first_press(key, act="skip_reviewer", subject_id=document.id, now=now):
        return document
    turn = _turn(document)
    if not reason.strip():
        raise SkipReasonMissing
    until = may_skip_after(turn)
    if until is not None and clock.day_of(now) in turn.reviewer.valid and clock.day_of(now) <= until:
        raise ReviewerHasTime(day=f"{until:%d/%m/%Y}")
    skip_step(document, turn, reason=reason.strip(), by=by, now=now)
    notices.tell_reviewer_skipped(document, turn, now=now)
    ask_next_step(document, by=by, now=now)
    return document


def may_skip_after(turn: Review) -> date | None:
    """Return the last day on which a reviewer who holds the position is waited for."""
    return add_working_days(clock.day_of(turn.asked_at), PATIENCE) if turn.asked_at else None


@transaction.atomic(durable=True)
def add_reviewer(
    document_id: UUID, reviewer_id: UUID, *, by: Actor, now: datetime, key: UUID | None = None
) -> Document:
    """Have one more person look at it, right after the one whose turn it is (chuyển thêm người xem).

    By the author, or by the reviewer whose turn it is.

    :raises NotInReview: it is in nobody's review.
    :raises AlreadyReviewer: the position is in this round already.
    :raises InvalidInput: the position may not review papers of the drafting organ.
    """
    document = access_document(document_id, by=by, to=permissions.ADD_REVIEWER, for_update=True)
    if not first_press(key, act="add_reviewer", subject_id=document.id, now=now):
        return document
    turn = _turn(document)
    offered = addable(document, today=clock.day_of(now))
    if document.reviews.filter(round=document.review_round, reviewer=reviewer_id).exists():
        raise AlreadyReviewer
    if str(reviewer_id) not in {value for value, _name in offered}:
        raise InvalidInput(detail=_("người được chọn không xem xét văn bản của đơn vị này"))
    _make_room(document, turn.place + 1)
    Review.objects.create(document=document, reviewer_id=reviewer_id, round=document.review_round, place=turn.place + 1)
    journal.record("documents.reviewer_added", subject_id=document.id, by=by, at=now, position=reviewer_id)
    return document


def addable(document: Document, *, today: date) -> list[tuple[str, str]]:
    """Return whom one may ask to review a paper of this drafting organ."""
    organ_ids = sorted(organs_served(document.drafting_organ_id, on=today))
    return reviewers(organ_ids, today, except_for=document.author_id)


@transaction.atomic(durable=True)
def bring_forward(
    document_id: UUID, reviewer_id: UUID, *, by: Actor, now: datetime, key: UUID | None = None
) -> Document:
    """Let a reviewer who was to come later be the next one.

    :raises NotInReview: it is in nobody's review, or that reviewer's turn is over or has begun.
    """
    document = access_document(document_id, by=by, to=permissions.EDIT, for_update=True)
    if not first_press(key, act="bring_forward", subject_id=document.id, now=now):
        return document
    turn = _turn(document)
    planned = document.reviews.filter(round=document.review_round, state=ReviewState.PLANNED)
    chosen = planned.filter(reviewer=reviewer_id).first()
    if chosen is None:
        raise NotInReview(subject=document.subject)
    _make_room(document, turn.place + 1)
    planned.filter(id=chosen.id).update(place=turn.place + 1)
    journal.record("documents.reviewer_brought_forward", subject_id=document.id, by=by, at=now, position=reviewer_id)
    return document


def pass_over_ended(document_id: UUID, *, now: datetime) -> bool:
    """Free a paper that waits for somebody whose position has ended; return whether it did. Safe to run twice.

    The turn of a reviewer is passed over. A paper that nobody may sign goes back to its author, who chooses another.
    """
    try:
        return _pass_over(document_id, now=now)
    except MayNotSign as refusal:
        return _give_back_unsignable(document_id, str(refusal), now=now)


@transaction.atomic(durable=True)
def _pass_over(document_id: UUID, *, now: datetime) -> bool:
    document = Document.objects.select_for_update().get(id=document_id)
    if document.state == DocumentState.APPROVED:
        return _take_from_signatory(document, clock.day_of(now), now=now)
    turn = _ended_turn(document, now=now)
    if turn is None:
        return False
    skip_step(document, turn, reason=str(LEFT), by=Actor.system(), now=now)
    ask_next_step(document, by=Actor.system(), now=now)
    return True


@transaction.atomic(durable=True)
def _give_back_unsignable(document_id: UUID, reason: str, *, now: datetime) -> bool:
    document = Document.objects.select_for_update().get(id=document_id)
    if _ended_turn(document, now=now) is None:
        return False
    _give_back(document, reason, now=now)
    return True


def _ended_turn(document: Document, *, now: datetime) -> Review | None:
    turn = document.reviews.filter(state=ReviewState.WAITING).select_related("reviewer").first()
    if document.state != DocumentState.IN_REVIEW or turn is None or clock.day_of(now) in turn.reviewer.valid:
        return None
    return turn


def _take_from_signatory(document: Document, today: date, *, now: datetime) -> bool:
    if document.signatory is None or today in document.signatory.valid or is_being_signed(document):
        return False
    _give_back(document, _("Người ký đã thôi giữ chức vụ này. Chọn người ký khác rồi trình lại."), now=now)
    return True


def _give_back(document: Document, reason: str, *, now: datetime) -> None:
    back_to_draft_step(document, reason=reason, now=now)
    journal.record(
        "documents.returned", subject_id=document.id, by=Actor.system(), at=now, round=document.review_round - 1
    )
    notices.tell_author_returned(document, now=now)


def _turn(document: Document) -> Review:
    turn = document.reviews.filter(state=ReviewState.WAITING).select_related("reviewer").first()
    if document.state != DocumentState.IN_REVIEW or turn is None:
        raise NotInReview(subject=document.subject)
    return turn


def _make_room(document: Document, place: int) -> None:
    """Move the turns from ``place`` on back by one, the last first: places are unique at every moment."""
    later = document.reviews.filter(round=document.review_round, place__gte=place).order_by("-place")
    for review_id, old in list(later.values_list("id", "place")):
        Review.objects.filter(id=review_id).update(place=old + 1)
