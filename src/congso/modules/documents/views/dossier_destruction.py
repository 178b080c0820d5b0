"""Dossiers whose retention is over: proposed for destruction, then decided."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from congso.kernel import clock
from congso.kernel.errors import NotFound
from congso.kernel.web import ActorRequest
from congso.modules.documents.dossiers import destroying, permissions
from congso.modules.documents.views.dossiers import to_dossier
from congso.shared.authz import guarded
from congso.shared.ui.forms import once_id


@guarded(permissions.PROPOSE_DESTRUCTION)
@require_POST
def propose(request: ActorRequest, dossier_id: UUID) -> HttpResponse:
    reason = request.POST.get("reason", "")
    destroying.propose_destruction(dossier_id, once_id(request.POST), reason=reason, by=request.actor, now=clock.now())
    messages.success(request, _("Đã đề nghị tiêu hủy, chờ lãnh đạo duyệt"))
    return to_dossier(dossier_id)


@guarded(permissions.DECIDE_DESTRUCTION)
@require_POST
def destroy(request: ActorRequest, dossier_id: UUID) -> HttpResponse:
    destroying.destroy_dossier(dossier_id, _decision(request), by=request.actor, now=clock.now())
    messages.success(request, _("Đã tiêu hủy hồ sơ"))
    return to_dossier(dossier_id)


@guarded(permissions.DECIDE_DESTRUCTION)
@require_POST
def refuse(request: ActorRequest, dossier_id: UUID) -> HttpResponse:
    reason = request.POST.get("reason", "")
    destroying.refuse_destruction(dossier_id, reason=reason, by=request.actor, now=clock.now())
    messages.success(request, _("Đã để lại hồ sơ"))
    return to_dossier(dossier_id)


def _decision(request: ActorRequest) -> UUID | None:
    text = request.POST.get("decision", "")
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound from None
