"""Lists: incoming, outgoing, drafts, what waits for the signature."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from congso.kernel import clock
from congso.kernel.web import ActorRequest
from congso.modules.documents import findable
from congso.modules.documents.forms import IncomingFilter, OutgoingFilter
from congso.modules.documents.kinds import IncomingState
from congso.modules.documents.models import Document, Incoming
from congso.modules.documents.queries import lists
from congso.shared import search
from congso.shared.authz import signed_in

MOST_FOUND = 100
STATES = {
    "new": (IncomingState.ARRIVED, IncomingState.VALIDATED),
    "to_direct": (IncomingState.REGISTERED,),
    "open": lists.OPEN_STATES,
    "done": (IncomingState.ANSWERED, IncomingState.CLOSED),
}


@signed_in
@require_GET
def incoming(request: ActorRequest) -> HttpResponse:
    """Show what arrived: all of the organ to clerks and leaders, else what was assigned."""
    filter_form = IncomingFilter(request.GET)
    papers = lists.incoming_papers(request.actor)
    if filter_form.is_valid():
        papers = _filtered_incoming(papers, filter_form.cleaned_data, request)
    return render(
        request,
        "documents/incoming.html",
        {
            "page": lists.INCOMING_ORDER.page(papers, request.GET),
            "filter_form": filter_form,
            "is_filtered": any(filter_form.cleaned_data.values()) if filter_form.is_valid() else False,
            "new": list(lists.at_the_door(request.actor)[:10]),
            "sees_all": lists.reads_the_register(request.actor),
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
        data = filter_form.cleaned_data
        if data["type"]:
            papers = papers.filter(type_code=data["type"])
        if data["q"]:
            papers = papers.filter(id__in=_found(data["q"], findable.OUTGOING, request))
    return render(
        request,
        "documents/outgoing.html",
        {
            "page": lists.ISSUED_ORDER.page(papers, request.GET),
            "filter_form": filter_form,
            "is_filtered": any(filter_form.cleaned_data.values()) if filter_form.is_valid() else False,
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


def _filtered_incoming(papers: QuerySet[Incoming], data: dict[str, str], request: ActorRequest) -> QuerySet[Incoming]:
    if data["state"] == "late":
        papers = lists.late(papers, clock.today())
    elif data["state"]:
        papers = papers.filter(state__in=STATES[data["state"]])
    if data["type"]:
        papers = papers.filter(type_code=data["type"])
    if data["q"]:
        papers = papers.filter(id__in=_found(data["q"], findable.INCOMING, request))
    return papers


def _found(query: str, kind: str, request: ActorRequest) -> list[UUID]:
    return [hit.record_id for hit in search.find(query, by=request.actor, kinds=[kind], limit=MOST_FOUND)]
