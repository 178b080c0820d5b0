"""The page of an outgoing paper."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from congso.kernel.web import ActorRequest
from congso.modules.documents import permissions
from congso.modules.documents.forms import ActForm, InitialForm, ReasonForm
from congso.modules.documents.queries.pages import document_page
from congso.shared.authz import guarded


@guarded(permissions.SEE)
@require_GET
def detail(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Show an outgoing paper: its pages, verdict, history, and the one next act."""
    page = document_page(document_id, by=request.actor)
    return render(
        request,
        "documents/detail.html",
        {
            "page": page,
            "document": page.document,
            "act_form": ActForm(),
            "initial_form": InitialForm(),
            "reason_form": ReasonForm(),
        },
    )
