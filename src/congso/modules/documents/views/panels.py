"""The panels of a paper's page: a part for htmx, a page of its own without scripts."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from congso.kernel.web import ActorRequest
from congso.modules.documents import panels, permissions
from congso.modules.documents.models import Document, Incoming
from congso.modules.documents.queries.access import access_document, access_incoming
from congso.shared.authz import guarded


@guarded(permissions.SEE)
@require_GET
def outgoing(request: ActorRequest, document_id: UUID, key: str) -> HttpResponse:
    document = access_document(document_id, by=request.actor, to=permissions.SEE)
    panel = panels.OUTGOING.get(key, document, request.actor)
    return _drawn(request, panel, document, back=reverse("documents:detail", args=[document.id]))


@guarded(permissions.SEE_INCOMING)
@require_GET
def incoming(request: ActorRequest, incoming_id: UUID, key: str) -> HttpResponse:
    paper = access_incoming(incoming_id, by=request.actor, to=permissions.SEE_INCOMING)
    return drawn_incoming(request, panels.INCOMING.get(key, paper, request.actor), paper)


def drawn_incoming(
    request: ActorRequest, panel: panels.Panel[Incoming], paper: Incoming, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Draw a panel of an incoming paper, with ``more`` for its template: a form that was refused."""
    back = reverse("documents:incoming_detail", args=[paper.id])
    return _drawn(request, panel, paper, back=back, status=status, **more)


def _drawn[Paper: (Document, Incoming)](
    request: ActorRequest, panel: panels.Panel[Paper], paper: Paper, *, back: str, status: int = 200, **more: Any
) -> HttpResponse:
    shown = {
        **panel.context(paper, request.actor),
        **more,
        "paper": paper,
        "panel": panel,
        "back": back,
        "token": get_token(request),
    }
    return render(request, panel.template if request.htmx else "documents/panel.html", shown, status=status)
