"""Copies: make one, look at it, the register of all."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from congso.kernel import clock
from congso.kernel.web import ActorRequest
from congso.modules.documents import catalogue, commands, permissions
from congso.modules.documents.commands import CopyInput
from congso.modules.documents.forms import CopyForm
from congso.modules.documents.models import Copy
from congso.modules.documents.queries.access import access_copy, organ_of_registers
from congso.modules.documents.views.parts import file_answer, signature_rows, taken
from congso.modules.signing import public as signing
from congso.shared import files
from congso.shared.authz import guarded
from congso.shared.files import media, pages
from congso.shared.ui.forms import once_id
from congso.shared.ui.paging import Keyset
from congso.shared.ui.words import vn_datetime

ORDER = Keyset[Copy](("made_at", "id"))
NO_STORE = {"Cache-Control": "no-store"}


@guarded(permissions.COPY_DOCUMENT)
@require_POST
def copy_document(request: ActorRequest, document_id: UUID) -> HttpResponse:
    return _made(request, document_id, commands.copy_document)


@guarded(permissions.COPY_INCOMING)
@require_POST
def copy_incoming(request: ActorRequest, incoming_id: UUID) -> HttpResponse:
    return _made(request, incoming_id, commands.copy_incoming)


@guarded(permissions.READ_REGISTER)
@require_GET
def copies(request: ActorRequest) -> HttpResponse:
    """Show the copies that the organ made, newest first."""
    made = Copy.objects.filter(organ=organ_of_registers(request.actor)).select_related("document", "incoming")
    rows = made.defer("document__body")
    return render(request, "documents/copies.html", {"page": ORDER.page(rows, request.GET)})


@guarded(permissions.SEE_COPY)
@require_GET
def copy(request: ActorRequest, copy_id: UUID) -> HttpResponse:
    """Show one copy, with the one next act."""
    found = access_copy(copy_id, by=request.actor)
    verdict = signing.kept_verdict(found.file_id) if found.sealed_id else None
    is_clerk = request.actor.has_role("records_clerk", in_organ=found.organ_id)
    route = "documents:detail" if found.document_id else "documents:incoming_detail"
    context = {
        "copy": found,
        "kind_name": catalogue.name_of(found.type_code),
        "page_numbers": range(1, found.pages + 1),
        "may_seal": is_clerk and found.sealed_id is None,
        "failure_text": signing.failure_text(found.signing_failure) if found.signing_failure else "",
        "verdict": verdict,
        "signatures": signature_rows(verdict),
        "facts": _facts(found),
        "source_url": reverse(route, args=[found.source.id]),
    }
    return render(request, "documents/copy.html", context)


@guarded(permissions.SEE_COPY)
@require_GET
def copy_page(request: ActorRequest, copy_id: UUID, page: int) -> HttpResponse:
    found = access_copy(copy_id, by=request.actor)
    if page == 1:
        commands.mark_read(found.id, found.file_id, by=request.actor, now=clock.now())
    return HttpResponse(pages.image(found.file_id, page), content_type="image/webp", headers=NO_STORE)


@guarded(permissions.SEE_COPY)
@require_GET
def copy_pdf(request: ActorRequest, copy_id: UUID) -> HttpResponse:
    """Give the copy's file, byte by byte as it was signed."""
    found = access_copy(copy_id, by=request.actor)
    name = f"{slugify(found.number_text) or 'ban-sao'}.pdf"
    content = files.read(found.file_id)
    commands.mark_read(found.id, found.file_id, by=request.actor, now=clock.now())
    return file_answer(content, media.PDF, name)


def _made(request: ActorRequest, source_id: UUID, make: Callable[..., Copy]) -> HttpResponse:
    form = CopyForm(request.POST)
    taken(form)
    wanted: CopyInput = form.wanted()
    made = make(source_id, once_id(request.POST), wanted, by=request.actor, now=clock.now())
    messages.success(request, _("Đã tạo bản sao số %(number)s") % {"number": made.number_text})
    return HttpResponseRedirect(reverse("documents:copy", args=[made.id]), status=HTTPStatus.FOUND)


def _facts(found: Copy) -> list[tuple[str, str | Promise]]:
    facts: list[tuple[str, str | Promise]] = [
        (_("Văn bản được sao"), found.source.number_text),
        (_("Sao lúc"), vn_datetime(found.made_at)),
    ]
    if found.page_numbers:
        facts.append((_("Trang được trích"), ", ".join(map(str, found.page_numbers))))
    return [*facts, (_("Mã tệp"), found.file_id[:8])]
