"""Lists: incoming, outgoing, drafts, what waits for the signature."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from congso.kernel import clock
from congso.kernel.web import ActorRequest
from congso.modules.documents import findable
from congso.modules.documents.filter_forms import IncomingFilter, OutgoingFilter
from congso.modules.documents.models import Document
from congso.modules.documents.queries import filtering, lists
from congso.modules.documents.registers.keeping import plain_query, saved_filters
from congso.shared import search
from congso.shared.authz import signed_in
from congso.shared.ui.forms import FilterForm

MOST_FOUND = 100


@signed_in
@require_GET
def incoming(request: ActorRequest) -> HttpResponse:
    """Show what arrived: all of the organ to clerks and leaders, else what was assigned."""
    filter_form = IncomingFilter(request.GET)
    papers = lists.incoming_papers(request.actor)
    if filter_form.is_valid():
        papers = filtering.filtered_incoming(papers, filter_form.cleaned_data, clock.today())
        if words := filter_form.cleaned_data["q"]:
            papers = papers.filter(id__in=_found(words, findable.INCOMING, request))
    return render(
        request,
        "documents/incoming.html",
        {
            "page": lists.INCOMING_ORDER.page(papers, request.GET),
            "filter_form": filter_form,
            **_kept("documents:incoming", filter_form, request),
            "new": list(lists.at_the_door(request.actor)[:10]),
            "sees_all": lists.reads_the_register(request.actor),
            "may_enter": lists.register_organ(request.actor) in request.actor.organs_where("records_clerk"),
            "today": clock.today(),
        },
    )


@signed_in
@require_GET
def outgoing(request: ActorRequest) -> HttpResponse:
    """Show what the organ issued; to its clerk also what waits for number, seal and issue."""
    filter_form = OutgoingFilter(request.GET)
    papers = lists.issued_documents(request.actor)
    if filter_form.is_valid():
        papers = filtering.filtered_outgoing(papers, filter_form.cleaned_data, clock.today())
        if words := filter_form.cleaned_data["q"]:
            papers = papers.filter(id__in=_found(words, findable.OUTGOING, request))
    return render(
        request,
        "documents/outgoing.html",
        {
            "page": lists.ISSUED_ORDER.page(papers, request.GET),
            "filter_form": filter_form,
            **_kept("documents:outgoing", filter_form, request),
            "waiting": list(lists.documents_with_clerk(request.actor)[:10]),
            "may_scan": bool(request.actor.organs_where("records_clerk")),
        },
    )


@signed_in
@require_GET
def drafts(request: ActorRequest) -> HttpResponse:
    """Show what the person is writing or has sent round, under any hat."""
    page = lists.DRAFT_ORDER.page(lists.drafts(request.actor), request.GET)
    return render(request, "documents/drafts.html", {"page": page})


@signed_in
@require_GET
def to_sign(request: ActorRequest) -> HttpResponse:
    """Show what waits for the signature of the actor."""
    documents: list[Document] = list(lists.documents_to_sign(request.actor)[:MOST_FOUND])
    return render(request, "documents/to_sign.html", {"documents": documents})


def _kept(place: str, filter_form: FilterForm, request: ActorRequest) -> dict[str, Any]:
    """Return what the filter bar needs beside its form: whether anything is filtered, and the filters one keeps."""
    return {
        "is_filtered": any(filter_form.cleaned_data.values()) if filter_form.is_valid() else False,
        "place": place,
        "kept_query": plain_query(request.GET.urlencode()),
        "saved": saved_filters(place, request.actor),
    }


def _found(query: str, kind: str, request: ActorRequest) -> list[UUID]:
    return [hit.record_id for hit in search.find(query, by=request.actor, kinds=[kind], limit=MOST_FOUND)]
