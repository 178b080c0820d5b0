"""Buttons on the page of an outgoing paper: one command each."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from congso.kernel import clock
from congso.kernel.web import ActorRequest
from congso.modules.documents import commands, permissions
from congso.modules.documents.forms import InitialForm, ReasonForm, ReviewerForm
from congso.modules.documents.kinds import DocumentState
from congso.modules.documents.views.parts import key_of, taken, to_document
from congso.shared.authz import guarded


@guarded(permissions.SUBMIT)
@require_POST
def submit(request: ActorRequest, document_id: UUID) -> HttpResponse:
    document = commands.submit_for_review(document_id, by=request.actor, now=clock.now(), key=key_of(request))
    said = _("Đã trình người ký") if document.state == DocumentState.APPROVED else _("Đã trình xem xét")
    return to_document(request, document_id, said)


@guarded(permissions.REVIEW)
@require_POST
def initial(request: ActorRequest, document_id: UUID) -> HttpResponse:
    comment = taken(InitialForm(request.POST))["comment"]
    document = commands.initial(document_id, comment=comment, by=request.actor, now=clock.now(), key=key_of(request))
    said = _("Đã ký nháy, chuyển người ký") if document.state == DocumentState.APPROVED else _("Đã ký nháy")
    return to_document(request, document_id, said)


@guarded(permissions.RETURN)
@require_POST
def return_to_author(request: ActorRequest, document_id: UUID) -> HttpResponse:
    reason = taken(ReasonForm(request.POST))["reason"]
    commands.return_to_author(document_id, reason=reason, by=request.actor, now=clock.now(), key=key_of(request))
    return to_document(request, document_id, _("Đã trả lại người soạn"))


@guarded(permissions.EDIT)
@require_POST
def take_back(request: ActorRequest, document_id: UUID) -> HttpResponse:
    commands.take_back(document_id, by=request.actor, now=clock.now(), key=key_of(request))
    return to_document(request, document_id, _("Đã lấy lại, văn bản trở về dự thảo"))


@guarded(permissions.EDIT)
@require_POST
def skip_reviewer(request: ActorRequest, document_id: UUID) -> HttpResponse:
    reason = taken(ReasonForm(request.POST))["reason"]
    commands.skip_reviewer(document_id, reason=reason, by=request.actor, now=clock.now(), key=key_of(request))
    return to_document(request, document_id, _("Đã bỏ qua một lượt xem xét"))


@guarded(permissions.ADD_REVIEWER)
@require_POST
def add_reviewer(request: ActorRequest, document_id: UUID) -> HttpResponse:
    reviewer_id = taken(ReviewerForm(request.POST))["reviewer"]
    commands.add_reviewer(document_id, reviewer_id, by=request.actor, now=clock.now(), key=key_of(request))
    return to_document(request, document_id, _("Đã chuyển thêm người xem"))


@guarded(permissions.EDIT)
@require_POST
def bring_forward(request: ActorRequest, document_id: UUID) -> HttpResponse:
    reviewer_id = taken(ReviewerForm(request.POST))["reviewer"]
    commands.bring_forward(document_id, reviewer_id, by=request.actor, now=clock.now(), key=key_of(request))
    return to_document(request, document_id, _("Đã đổi thứ tự xem xét"))


@guarded(permissions.NUMBER)
@require_POST
def number(request: ActorRequest, document_id: UUID) -> HttpResponse:
    document = commands.number_document(document_id, by=request.actor, now=clock.now(), key=key_of(request))
    return to_document(request, document_id, _("Đã cấp số %(number)s") % {"number": document.number_text})


@guarded(permissions.NUMBER)
@require_POST
def cancel_number(request: ActorRequest, document_id: UUID) -> HttpResponse:
    reason = taken(ReasonForm(request.POST))["reason"]
    commands.cancel_number(document_id, reason=reason, by=request.actor, now=clock.now(), key=key_of(request))
    return to_document(request, document_id, _("Đã hủy số, văn bản chờ cấp số khác"))


@guarded(permissions.ISSUE)
@require_POST
def issue(request: ActorRequest, document_id: UUID) -> HttpResponse:
    document = commands.issue_document(document_id, by=request.actor, now=clock.now(), key=key_of(request))
    said = _("Đã phát hành %(number)s, đang gửi đến nơi nhận") % {"number": document.number_text}
    return to_document(request, document_id, said)


@guarded(permissions.WITHDRAW)
@require_POST
def withdraw(request: ActorRequest, document_id: UUID) -> HttpResponse:
    reason = taken(ReasonForm(request.POST))["reason"]
    commands.withdraw(document_id, reason=reason, by=request.actor, now=clock.now(), key=key_of(request))
    return to_document(request, document_id, _("Đã rút văn bản"))
