"""The page «Thông báo»: what the chosen position was told."""

import re
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from congso.kernel import clock
from congso.kernel.web import ActorRequest
from congso.shared.authz import signed_in
from congso.shared.notify import commands, queries

PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,3}")


@signed_in
@require_GET
def list_notices(request: ActorRequest) -> HttpResponse:
    """Show the notices, newest first, those about one record together."""
    page = queries.notices_of(request.actor, page=_page_number(request.GET.get("trang", "")))
    return render(request, "notify/list.html", {"page": page, "unread": queries.unread_count(request.actor)})


@signed_in
@require_GET
def open_notice(request: ActorRequest, notice_id: UUID) -> HttpResponse:
    """Mark one notice read and go where it leads."""
    notice = commands.mark_read(notice_id, by=request.actor, now=clock.now())
    return HttpResponseRedirect(notice.url)


@signed_in
@require_POST
def read_all(request: ActorRequest) -> HttpResponse:
    """Mark all notices read."""
    commands.mark_all_read(by=request.actor, now=clock.now())
    return redirect("notify:list")


def _page_number(text: str) -> int:
    return int(text) if PAGE_NUMBER.fullmatch(text) else 1
