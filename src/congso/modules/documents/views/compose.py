"""Write a draft: the form, saving by itself, the preview, submitting."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError
from congso.kernel.ids import new_id
from congso.kernel.web import ActorRequest
from congso.modules.documents import commands, papers, permissions
from congso.modules.documents.forms import DraftForm
from congso.modules.documents.models import Document
from congso.modules.documents.queries import access_document, drafting
from congso.modules.documents.views.parts import to_document
from congso.shared.authz import guarded


@guarded(permissions.DRAFT)
@require_GET
def compose(request: ActorRequest) -> HttpResponse:
    """Show an empty form; ``?tra-loi=`` names the incoming paper that is answered, and fills it in."""
    permissions.DRAFT.require(request.actor, None)
    answered = _uuid(request.GET.get("tra-loi", ""))
    initial = drafting.blank(request.actor, answering=answered)
    offered = drafting.offered(request.actor, chosen=drafting.chosen_organs(initial))
    form = DraftForm(initial=initial, offered=offered)
    return render(request, "documents/compose.html", {"form": form, "document_id": new_id(), "document": None})


@guarded(permissions.EDIT)
@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Show a draft, or keep what was typed: ``act`` is autosave, save, preview or submit.

    A form that was opened anew saves under an id that it brings, so that sent twice it makes one draft.
    """
    if request.method == "POST":
        return _save(request, document_id)
    document = access_document(document_id, by=request.actor, to=permissions.EDIT)
    initial = drafting.typed(document)
    form = DraftForm(initial=initial, offered=_offered(request.actor, document, initial))
    return render(request, "documents/compose.html", _context(form, document))


@guarded(permissions.EDIT)
@require_POST
def carry_over(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Take a draft over to the present hat."""
    commands.carry_over(document_id, by=request.actor, now=clock.now())
    return HttpResponseRedirect(reverse("documents:edit", args=[document_id]))


@guarded(permissions.EDIT)
@require_GET
def preview(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Show the draft as it will print: how many pages, and their pictures."""
    document = access_document(document_id, by=request.actor, to=permissions.EDIT)
    pages = papers.preview(document, now=clock.now()).pages
    context = {"document": document, "pages": range(1, pages + 1)}
    return render(request, "documents/compose.html#preview", context)


def _save(request: ActorRequest, document_id: UUID) -> HttpResponse:
    if request.POST.get("secret") == "yes":
        return _stop_for_secret(request, document_id)
    document = Document.objects.filter(id=document_id, author__person=request.actor.person_id).first()
    offered = _offered(request.actor, document, request.POST)
    form = DraftForm(request.POST, offered=offered)
    if not form.is_valid():
        return _refused(request, form, document_id, document)
    try:
        kept = _kept(request, form, document_id)
        if request.POST.get("act") == "submit":
            document = commands.submit_for_review(kept.id, by=request.actor, now=clock.now())
            return to_document(request, kept.id, _("Đã trình"))
    except DomainError as error:
        form.add_error(None, str(error))
        document = Document.objects.filter(id=document_id).first()
        return _refused(request, form, document_id, document)
    if request.htmx:
        return render(request, "documents/compose.html#saved", _context(form, kept))
    name = "documents:drafts" if request.POST.get("act") == "close" else "documents:edit"
    return HttpResponseRedirect(reverse(name, args=[] if name.endswith("drafts") else [kept.id]))


def _kept(request: ActorRequest, form: DraftForm, document_id: UUID) -> Document:
    draft = form.draft(clock.today())
    if form.cleaned_data["version"] == 0:
        return commands.create_draft(
            document_id,
            draft,
            by=request.actor,
            now=clock.now(),
            as_position=form.cleaned_data["as_position"],
            reply_to=form.cleaned_data["reply_to"],
        )
    return commands.save_draft(
        document_id, draft, version=form.cleaned_data["version"], by=request.actor, now=clock.now()
    )


def _refused(request: ActorRequest, form: DraftForm, document_id: UUID, document: Document | None) -> HttpResponse:
    """Show the form again with everything that was typed, and what is wrong."""
    template = "documents/compose.html#saved" if request.htmx else "documents/compose.html"
    context = _context(form, document) | {"document_id": document_id}
    return render(request, template, context, status=422 if not request.htmx else 200)


def _stop_for_secret(request: ActorRequest, document_id: UUID) -> HttpResponse:
    commands.stop_for_secret(document_id, by=request.actor, now=clock.now())
    response = render(request, "documents/secret.html", status=422)
    if request.htmx:
        response = HttpResponse(status=204)
        response["HX-Redirect"] = reverse("documents:secret")
    return response


@guarded(permissions.DRAFT)
@require_GET
def secret(request: ActorRequest) -> HttpResponse:
    """Say that nothing was kept, and where a secret paper is written."""
    return render(request, "documents/secret.html")


def _offered(actor: Actor, document: Document | None, typed: Any) -> dict[str, Any]:
    as_position = document.author_id if document else _uuid(str(typed.get("as_position", "")))
    chosen = drafting.chosen_organs(typed)
    return drafting.offered(actor, as_position=as_position, chosen=chosen)


def _context(form: DraftForm, document: Document | None) -> dict[str, Any]:
    return {"form": form, "document": document, "document_id": document.id if document else None}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
