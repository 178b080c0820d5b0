"""Remarks on passages: made by who reviews, seen to by the author."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from congso.kernel import clock
from congso.kernel.web import ActorRequest
from congso.modules.documents import commands, permissions
from congso.modules.documents.forms import RemarkForm, ResolveForm
from congso.modules.documents.views.parts import taken
from congso.shared.authz import guarded


@guarded(permissions.REMARK)
@require_POST
def remark(request: ActorRequest, document_id: UUID, remark_id: UUID) -> HttpResponse:
    """Keep a remark on a passage."""
    said = taken(RemarkForm(request.POST))
    commands.remark_on_passage(document_id, remark_id, **said, by=request.actor, now=clock.now())
    messages.success(request, _("Đã ghi góp ý"))
    return HttpResponseRedirect(reverse("documents:panel", args=[document_id, "gop-y"]))


@guarded(permissions.RESOLVE_REMARK)
@require_POST
def resolve(request: ActorRequest, remark_id: UUID) -> HttpResponse:
    """Say that a remark was seen to; back to the text for who is writing."""
    answer = taken(ResolveForm(request.POST))["answer"]
    found = commands.resolve_remark(remark_id, answer=answer, by=request.actor, now=clock.now())
    messages.success(request, _("Đã đánh dấu góp ý là xong"))
    if request.POST.get("back") == "edit":
        return HttpResponseRedirect(reverse("documents:edit", args=[found.document_id]))
    return HttpResponseRedirect(reverse("documents:panel", args=[found.document_id, "gop-y"]))
