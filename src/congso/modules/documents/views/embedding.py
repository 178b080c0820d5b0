"""Word files and pictures for the body of a draft: received, shown with what is left out, taken or dropped."""

import json
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.kernel import clock
from congso.kernel.errors import DomainError, InvalidInput, NotFound
from congso.kernel.web import ActorRequest
from congso.modules.documents import body as bodies
from congso.modules.documents import commands, permissions
from congso.modules.documents.forms import ReceiveFileForm, TakeFileForm
from congso.modules.documents.kinds import DocumentState
from congso.modules.documents.models import Document
from congso.modules.documents.queries import access_document
from congso.modules.documents.queries.writing import picture_of
from congso.modules.documents.secrecy import SecretContent
from congso.modules.documents.views.parts import picture_addresses, taken
from congso.shared import files
from congso.shared.authz import guarded

# Named by its content: it never changes.
A_YEAR = "private, max-age=31536000, immutable"


@guarded(permissions.EDIT)
@require_http_methods(["GET", "POST"])
def receive(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Ask for a file; show what it gives and what is left out."""
    document = access_document(document_id, by=request.actor, to=permissions.EDIT)
    if document.state != DocumentState.DRAFT:
        return HttpResponseRedirect(reverse("documents:detail", args=[document_id]))
    form = ReceiveFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            received = commands.receive_file(
                document_id, sent.read(), name=sent.name, declared=form.declared, by=request.actor, now=clock.now()
            )
        except NotFound:
            raise
        except SecretContent as refusal:
            form.refused(refusal)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _shown(request, document, received)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "documents/receive_file.html", {"document": document, "form": form}, status=status)


def _shown(request: ActorRequest, document: Document, received: commands.ReceivedFile) -> HttpResponse:
    initial = {
        "body_json": json.dumps(received.body, ensure_ascii=False),
        "version": document.edit_version,
        "left": len(received.left),
        "place": "replace" if bodies.is_empty(document.body) else "append",
    }
    return render(
        request,
        "documents/take_file.html",
        {
            "document": document,
            "received": received,
            "body_html": bodies.to_html(received.body, address_of=picture_addresses(document.id)),
            "form": TakeFileForm(initial=initial),
            "is_empty": bodies.is_empty(received.body),
        },
    )


@guarded(permissions.EDIT)
@require_POST
def take(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Put what was shown into the draft."""
    said = taken(TakeFileForm(request.POST))
    commands.take_file(
        document_id,
        bodies.from_json(said["body_json"]),
        version=said["version"],
        replaces=said["place"] == "replace",
        left=said["left"],
        by=request.actor,
        now=clock.now(),
    )
    messages.success(request, _("Đã đưa nội dung của tệp vào dự thảo"))
    return HttpResponseRedirect(reverse("documents:edit", args=[document_id]))


@guarded(permissions.EDIT)
@require_POST
def add_picture(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Keep a picture that was pasted or chosen in the editor; answer its node's attributes."""
    sent = request.FILES.get("picture")
    if sent is None:
        raise InvalidInput(detail=_("chưa chọn ảnh"))
    attributes = commands.add_picture(document_id, sent.read(), name=str(sent.name), by=request.actor, now=clock.now())
    return JsonResponse(attributes)


@guarded(permissions.SEE)
@require_GET
def picture(request: ActorRequest, document_id: UUID, sha256: str) -> HttpResponse:
    """Give a picture of a paper's body to whoever sees the paper."""
    document = access_document(document_id, by=request.actor, to=permissions.SEE)
    stored = picture_of(document, sha256)
    headers = {"Cache-Control": A_YEAR, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(files.read(stored.sha256), content_type=stored.media_type, headers=headers)
