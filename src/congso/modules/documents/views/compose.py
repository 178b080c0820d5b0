"""Write a draft: the form, saving by itself, the preview, submitting."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, InvalidInput, NotFound
from congso.kernel.ids import new_id
from congso.kernel.web import ActorRequest, answer
from congso.modules.documents import commands, panels, papers, permissions
from congso.modules.documents.forms import DraftForm
from congso.modules.documents.kinds import DocumentState
from congso.modules.documents.models import Document
from congso.modules.documents.panels.attachments import KEY as ATTACHMENTS
from congso.modules.documents.queries import access_document, drafting
from congso.modules.documents.queries.reusing import group_choices
from congso.modules.documents.queries.steps import steps_of
from congso.modules.documents.queries.writing import remarks_of
from congso.modules.documents.secrecy import SecretContent
from congso.modules.documents.views.parts import to_document
from congso.shared.accounts.hats import keeps_typed
from congso.shared.authz import guarded

# Panels of the paper that its author needs beside the text.
WHILE_WRITING = frozenset({"phien-ban", "gop-y"})
STOPPED = gettext_lazy("Đã dừng. Không lưu gì của văn bản này. Soạn và gửi theo đường văn bản mật.")
# The page's script then forgets its own copy too.
STOP_STATUS = HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS


@guarded(permissions.DRAFT)
@require_GET
def compose(request: ActorRequest) -> HttpResponse:
    """Show an empty form; ``?tra-loi=`` names the incoming paper that is answered, and fills it in."""
    answered = _uuid(request.GET.get("tra-loi", ""))
    initial = drafting.blank(request.actor, answering=answered)
    permissions.DRAFT.require(request.actor, None)
    offered = _with_groups(request.actor, drafting.offered(request.actor, chosen=drafting.chosen_organs(initial)))
    form = DraftForm(initial=initial, offered=offered)
    return render(request, "documents/compose.html", _context(request, form, new_id(), None))


@keeps_typed
@guarded(permissions.EDIT)
@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Show a draft, or keep what was typed; ``act`` says what then: stay, close or submit.

    A form that was opened anew saves under an id that it brings, so that sent twice it makes one draft.
    """
    if request.method == "POST":
        return _save(request, document_id)
    document = access_document(document_id, by=request.actor, to=permissions.EDIT)
    if document.state != DocumentState.DRAFT:
        return HttpResponseRedirect(reverse("documents:detail", args=[document_id]))
    initial = drafting.typed(document)
    form = DraftForm(initial=initial, offered=_offered(request.actor, document, initial))
    return render(request, "documents/compose.html", _context(request, form, document_id, document))


@keeps_typed
@guarded(permissions.EDIT)
@require_POST
def autosave(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Keep what was typed, asked by the page every few seconds; answer the new version for the form."""
    if request.POST.get("secret") == "yes":
        commands.stop_for_secret(document_id, by=request.actor, now=clock.now())
        return answer(request, code="documents.secret_stopped", message=str(STOPPED), status=STOP_STATUS)
    form = _form(request, document_id)
    if not form.is_valid():
        raise InvalidInput(detail=next(iter(form.errors.values()))[0])
    try:
        kept = _kept(request, form, document_id)
    except SecretContent as refusal:
        said = _("%(refusal)s Nếu chữ đó không phải dấu độ mật, bấm Lưu nháp để khai rõ.") % {"refusal": refusal}
        return answer(request, code=refusal.code, message=said, status=refusal.status)
    return JsonResponse(
        {"at": f"{kept.changed_at.astimezone(clock.HANOI):%-H:%M:%S}", "fields": {"version": kept.edit_version}}
    )


@guarded(permissions.EDIT)
@require_POST
def carry_over(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Take a draft over to the present hat."""
    commands.carry_over(document_id, by=request.actor, now=clock.now())
    return HttpResponseRedirect(reverse("documents:edit", args=[document_id]))


@guarded(permissions.EDIT)
@require_GET
def preview(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Show the draft as it will print: the pictures of its pages, marked as a preview."""
    document = access_document(document_id, by=request.actor, to=permissions.EDIT)
    paper = papers.preview(document, now=clock.now())
    return render(
        request,
        "documents/preview.html",
        {"document": document, "pages": range(1, paper.pages + 1), "version": document.edit_version},
    )


def _save(request: ActorRequest, document_id: UUID) -> HttpResponse:
    if request.POST.get("secret") == "yes":
        commands.stop_for_secret(document_id, by=request.actor, now=clock.now())
        return HttpResponseRedirect(reverse("documents:secret"))
    form = _form(request, document_id)
    if not form.is_valid():
        return _refused(request, form, document_id)
    try:
        kept = _kept(request, form, document_id)
        if request.POST.get("act") == "submit":
            commands.submit_for_review(kept.id, by=request.actor, now=clock.now(), key=form.cleaned_data["key"])
            return to_document(request, kept.id, _("Đã trình"))
    except DomainError as error:
        form.add_error(None, str(error))
        if isinstance(error, SecretContent):
            form.ask_whether_secret(error.stamps)
        return _refused(request, form, document_id)
    if request.POST.get("act") == "close":
        return HttpResponseRedirect(reverse("documents:drafts"))
    return HttpResponseRedirect(_next_page(kept.id, request.POST.get("act", "")))


def _next_page(document_id: UUID, act: str) -> str:
    """Return where the button leads once the draft is kept: to files for it, else back to the form."""
    if act == "attach":
        return reverse("documents:panel", args=[document_id, ATTACHMENTS])
    leads_to = {"file": "documents:receive_file", "pdf": "documents:from_pdf"}.get(act, "documents:edit")
    return reverse(leads_to, args=[document_id])


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


def _refused(request: ActorRequest, form: DraftForm, document_id: UUID) -> HttpResponse:
    """Show the form again with everything that was typed, what is wrong, and the version that is kept by now."""
    document = _own(request.actor, document_id)
    context = _context(request, form, document_id, document)
    return render(request, "documents/compose.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@guarded(permissions.DRAFT)
@require_GET
def secret(request: ActorRequest) -> HttpResponse:
    """Say that nothing was kept, and where a secret paper is written."""
    return render(request, "documents/secret.html")


def _form(request: ActorRequest, document_id: UUID) -> DraftForm:
    document = _own(request.actor, document_id)
    return DraftForm(request.POST, offered=_offered(request.actor, document, request.POST))


def _own(actor: Actor, document_id: UUID) -> Document | None:
    """Return one's own paper; nothing if the id is still to be used.

    :raises NotFound: it is another person's.
    """
    document = Document.objects.select_related("author").filter(id=document_id).first()
    if document is not None and not permissions.EDIT.allows(actor, document):
        raise NotFound
    return document


def _offered(actor: Actor, document: Document | None, typed: Any) -> dict[str, Any]:
    as_position = document.author_id if document else _uuid(str(typed.get("as_position", "")))
    offered = drafting.offered(
        actor,
        as_position=as_position,
        chosen=drafting.chosen_organs(typed),
        type_code=document.type_code if document else "",
    )
    return _with_groups(actor, offered)


def _with_groups(actor: Actor, offered: dict[str, Any]) -> dict[str, Any]:
    """Offer the groups of receivers before the organs."""
    groups = group_choices(actor)
    return offered | {name: [*groups, *offered[name]] for name in ("to", "informed")}


def _context(request: ActorRequest, form: DraftForm, document_id: UUID, document: Document | None) -> dict[str, Any]:
    form.mark_needed()
    is_under_another_hat = document is not None and document.author_id != request.actor.position_id
    return {
        "form": form,
        "document": document,
        "document_id": document_id,
        "is_under_another_hat": is_under_another_hat,
        "pages": range(1, document.pages + 1) if document and document.uploaded_pdf_id else range(1, 2),
        "steps": steps_of(document or Document()),
        "template_id": new_id(),
        "remarks": remarks_of(document, only_open=True) if document else (),
        "panels": [panel for panel in _panels(document, request.actor) if panel.key in WHILE_WRITING],
    }


def _panels(document: Document | None, by: Actor) -> Iterable[panels.Panel[Document]]:
    return panels.OUTGOING.of(document, by) if document is not None else ()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
