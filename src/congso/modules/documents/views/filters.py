"""Filters that somebody keeps, from the bars of lists and registers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from congso.kernel import clock
from congso.kernel.errors import NotFound
from congso.kernel.web import ActorRequest
from congso.modules.documents.registers import keeping
from congso.shared.authz import signed_in

LISTS = frozenset(
    {
        "documents:incoming",
        "documents:outgoing",
        "documents:outgoing_register",
        "documents:incoming_register",
        "documents:following_register",
    }
)


@signed_in
@require_POST
def save(request: ActorRequest) -> HttpResponse:
    """Keep the filter that a list is showing."""
    place = request.POST.get("place", "")
    if place not in LISTS:
        raise NotFound
    saved = keeping.save_filter(
        place,
        name=request.POST.get("name", ""),
        query=request.POST.get("query", ""),
        by=request.actor,
        now=clock.now(),
    )
    messages.success(request, _("Đã lưu bộ lọc “%(name)s”") % {"name": saved.name})
    return redirect(f"{reverse(place)}?{saved.query}")


@signed_in
@require_POST
def drop(request: ActorRequest, filter_id: UUID) -> HttpResponse:
    """Forget a kept filter; the list goes on showing what it showed, so it can be kept again."""
    dropped = keeping.drop_filter(filter_id, by=request.actor, now=clock.now())
    messages.success(request, _("Đã xóa bộ lọc “%(name)s”") % {"name": dropped.name})
    return redirect(f"{reverse(dropped.place)}?{dropped.query}")
