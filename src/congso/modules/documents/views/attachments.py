"""Files that go with a paper: put in and out by its author, read by all who may see the paper."""

from http import HTTPStatus
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from congso.kernel import clock
from congso.kernel.errors import DomainError, NotFound
from congso.kernel.web import ActorRequest
from congso.modules.documents import commands, panels, permissions
from congso.modules.documents.attachment_forms import AttachForm
from congso.modules.documents.panels import attachments as panel
from congso.modules.documents.queries.access import access_attachment, access_document
from congso.modules.documents.queries.attachments import address_of_paper
from congso.modules.documents.secrecy import SecretContent
from congso.modules.documents.views.files import AN_HOUR, NAMED_BY
from congso.modules.documents.views.parts import file_answer, signature_rows
from congso.modules.signing import public as signing
from congso.shared import files
from congso.shared.authz import guarded
from congso.shared.files import pages


@guarded(permissions.EDIT)
@require_POST
def add(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Take the files in, each for itself: those that cannot be taken are named with the reason."""
    document = access_document(document_id, by=request.actor, to=permissions.EDIT)
    form = AttachForm(request.POST, request.FILES)
    taken = _attach(request, document_id, form) if form.is_valid() else 0
    if form.errors:
        context = {
            **panel.shown(document, request.actor, form=form),
            "paper": document,
            "panel": panels.OUTGOING.get(panel.KEY, document, request.actor),
            "back": reverse("documents:detail", args=[document_id]),
        }
        return render(request, "documents/panel.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("Đã đính kèm %(n)s tệp") % {"n": taken})
    return _to_panel(document_id)


@guarded(permissions.EDIT)
@require_POST
def remove(request: ActorRequest, document_id: UUID, attachment_id: UUID) -> HttpResponse:
    commands.remove_attachment(document_id, attachment_id, by=request.actor, now=clock.now())
    return _to_panel(document_id)


@guarded(permissions.EDIT)
@require_POST
def restore(request: ActorRequest, document_id: UUID, attachment_id: UUID) -> HttpResponse:
    commands.restore_attachment(document_id, attachment_id, by=request.actor, now=clock.now())
    return _to_panel(document_id)


@guarded(permissions.EDIT)
@require_POST
def move(request: ActorRequest, document_id: UUID, attachment_id: UUID) -> HttpResponse:
    up = request.POST.get("up") == "1"
    commands.move_attachment(document_id, attachment_id, up=up, by=request.actor, now=clock.now())
    return _to_panel(document_id)


@guarded(permissions.SEE_ATTACHMENT)
@require_GET
def show(request: ActorRequest, attachment_id: UUID) -> HttpResponse:
    """Show a file page by page, or the picture that it is; others can be taken away only."""
    attachment = access_attachment(attachment_id, by=request.actor)
    verdict = signing.kept_verdict(attachment.file_now_id)
    context = {
        "attachment": attachment,
        "numbers": range(1, attachment.pages + 1) if attachment.is_pdf else (),
        "verdict": verdict,
        "signatures": signature_rows(verdict),
        "back": address_of_paper(attachment, by=request.actor),
    }
    return render(request, "documents/attachment.html", context)


@guarded(permissions.SEE_ATTACHMENT)
@require_GET
def page(request: ActorRequest, attachment_id: UUID, page: int) -> HttpResponse:
    """Give one page of a PDF as a picture."""
    attachment = access_attachment(attachment_id, by=request.actor)
    if not attachment.is_pdf:
        raise NotFound
    picture = pages.image(attachment.file_now_id, page)
    is_named = request.GET.get("tep") == attachment.file_now_id[:NAMED_BY]
    headers = {"Cache-Control": AN_HOUR if is_named else "no-store"}
    return HttpResponse(picture, content_type="image/webp", headers=headers)


@guarded(permissions.SEE_ATTACHMENT)
@require_GET
def download(request: ActorRequest, attachment_id: UUID) -> HttpResponse:
    """Give the file, byte by byte; a picture may be shown in a page of ours."""
    attachment = access_attachment(attachment_id, by=request.actor)
    content = files.read(attachment.file_now_id)
    commands.mark_read(attachment.id, attachment.file_now_id, by=request.actor, now=clock.now())
    is_shown = attachment.is_picture and "xem" in request.GET
    return file_answer(content, attachment.file.media_type, attachment.name, is_shown=is_shown)


def _attach(request: ActorRequest, document_id: UUID, form: AttachForm) -> int:
    """Put each file in; what is wrong with one goes onto the form, the others are kept."""
    taken = 0
    for place, file in enumerate(form.cleaned_data["chosen"]):
        try:
            commands.attach(
                document_id,
                uuid5(form.cleaned_data["key"], str(place)),
                file.read(),
                name=file.name,
                declared=form.declared,
                by=request.actor,
                now=clock.now(),
            )
        except SecretContent as refusal:
            form.refused(refusal)
        except NotFound:
            raise
        except DomainError as refusal:
            form.add_error("chosen", str(refusal))
        else:
            taken += 1
    return taken


def _to_panel(document_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("documents:panel", args=[document_id, panel.KEY]))
