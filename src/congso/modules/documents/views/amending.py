"""Recall, replace, correct: one command each."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from congso.kernel import clock
from congso.kernel.web import ActorRequest
from congso.modules.documents import commands, permissions
from congso.modules.documents.forms import ReasonForm
from congso.modules.documents.views.parts import key_of, taken, to_document, to_incoming
from congso.shared.authz import guarded
from congso.shared.ui.forms import once_id


@guarded(permissions.ORDER_RECALL)
@require_POST
def order_recall(request: ActorRequest, document_id: UUID) -> HttpResponse:
    reason = taken(ReasonForm(request.POST))["reason"]
    commands.order_recall(document_id, reason=reason, by=request.actor, now=clock.now(), key=key_of(request))
    return to_document(request, document_id, _("Đã ra lệnh thu hồi, văn thư được báo"))


@guarded(permissions.ORDER_RECALL)
@require_POST
def drop_recall(request: ActorRequest, document_id: UUID) -> HttpResponse:
    commands.drop_recall(document_id, by=request.actor, now=clock.now(), key=key_of(request))
    return to_document(request, document_id, _("Đã bỏ lệnh thu hồi"))


@guarded(permissions.CARRY_OUT_RECALL)
@require_POST
def carry_out_recall(request: ActorRequest, document_id: UUID) -> HttpResponse:
    document = commands.carry_out_recall(document_id, by=request.actor, now=clock.now(), key=key_of(request))
    said = _("Đã thu hồi %(number)s, đang báo các nơi nhận") % {"number": document.number_text}
    return to_document(request, document_id, said)


@guarded(permissions.AMEND)
@require_POST
def replace(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Begin the paper that takes the place of this one, and go on to write it."""
    reason, draft_id = taken(ReasonForm(request.POST))["reason"], once_id(request.POST)
    draft = commands.draft_replacement(document_id, draft_id, reason=reason, by=request.actor, now=clock.now())
    return HttpResponseRedirect(reverse("documents:edit", args=[draft.id]))


@guarded(permissions.AMEND)
@require_POST
def correct(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Begin the letter that corrects this paper, and go on to write it."""
    reason, draft_id = taken(ReasonForm(request.POST))["reason"], once_id(request.POST)
    draft = commands.draft_correction(document_id, draft_id, reason=reason, by=request.actor, now=clock.now())
    return HttpResponseRedirect(reverse("documents:edit", args=[draft.id]))


@guarded(permissions.CONFIRM_DESTROYED)
@require_POST
def confirm_destroyed(request: ActorRequest, incoming_id: UUID) -> HttpResponse:
    commands.confirm_destroyed(incoming_id, by=request.actor, now=clock.now(), key=key_of(request))
    return to_incoming(request, incoming_id, _("Đã báo nơi gửi: bản đã nhận được hủy"))
