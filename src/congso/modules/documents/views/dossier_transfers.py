"""Dossiers handed over to the archive: offered, looked through, agreed, signed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from congso.kernel import clock
from congso.kernel.errors import NotFound
from congso.kernel.web import ActorRequest
from congso.modules.documents import commands
from congso.modules.documents.dossiers import permissions, transfers
from congso.modules.documents.dossiers.transfer_pages import NEWEST, rows_of, transfer_page, transfers_of
from congso.modules.documents.forms import ReasonForm
from congso.modules.documents.models import DossierTransfer
from congso.modules.documents.views.parts import file_answer, signature_rows
from congso.modules.signing import public as signing
from congso.shared import files
from congso.shared.authz import guarded
from congso.shared.files import media, pages
from congso.shared.ui.forms import once_id

NO_STORE = {"Cache-Control": "no-store"}


@guarded(permissions.SEE)
@require_GET
def listed(request: ActorRequest) -> HttpResponse:
    """Show the hand-overs, newest first."""
    page = NEWEST.page(transfers_of(request.actor), request.GET)
    return render(request, "documents/dossier_transfers.html", {"page": page, "rows": rows_of(list(page.rows))})


@guarded(permissions.KEEP)
@require_POST
def offer(request: ActorRequest) -> HttpResponse:
    """Offer the ticked dossiers, or the one whose page was open."""
    transfer = transfers.offer_transfer(
        once_id(request.POST), _ids(request.POST.getlist("chosen")), by=request.actor, now=clock.now()
    )
    return _to(transfer)


@guarded(permissions.SEE_TRANSFER)
@require_GET
def show(request: ActorRequest, transfer_id: UUID) -> HttpResponse:
    """Show one hand-over with its minutes; whoever has opened them may sign."""
    transfer = transfers.access_transfer(transfer_id, by=request.actor)
    page = transfer_page(transfer, by=request.actor)
    verdict = signing.kept_verdict(transfer.file_id) if transfer.giver_pdf_id and transfer.file_id else None
    context = {
        "page": page,
        "transfer": transfer,
        "numbers": range(1, transfer.pages + 1) if transfer.file_id else (),
        "reason_form": ReasonForm(),
        "verdict": verdict,
        "signatures": signature_rows(verdict),
        "failure_text": signing.failure_text(transfer.signing_failure) if transfer.signing_failure else "",
        "kind": transfers.KIND,
    }
    return render(request, "documents/dossier_transfer.html", context)


@guarded(permissions.SEE_TRANSFER)
@require_GET
def picture(request: ActorRequest, transfer_id: UUID, page: int) -> HttpResponse:
    """Give one page of the minutes as a picture."""
    transfer = transfers.access_transfer(transfer_id, by=request.actor)
    if transfer.file_id is None:
        raise NotFound
    shown = pages.image(transfer.file_id, page)
    if page == 1:
        commands.mark_read(transfer.id, transfer.file_id, by=request.actor, now=clock.now())
    return HttpResponse(shown, content_type="image/webp", headers=NO_STORE)


@guarded(permissions.SEE_TRANSFER)
@require_GET
def pdf(request: ActorRequest, transfer_id: UUID) -> HttpResponse:
    """Give the minutes, byte by byte."""
    transfer = transfers.access_transfer(transfer_id, by=request.actor)
    if transfer.file_id is None:
        raise NotFound
    commands.mark_read(transfer.id, transfer.file_id, by=request.actor, now=clock.now())
    answer = file_answer(files.read(transfer.file_id), media.PDF, "bien-ban-giao-nhan-ho-so.pdf")
    answer["Cache-Control"] = "no-store"
    return answer


@guarded(permissions.ARCHIVE)
@require_POST
def accept(request: ActorRequest, transfer_id: UUID) -> HttpResponse:
    transfer = transfers.accept_transfer(transfer_id, by=request.actor, now=clock.now())
    messages.success(request, _("Đã lập biên bản, chờ bên giao ký"))
    return _to(transfer)


@guarded(permissions.ARCHIVE)
@require_POST
def refuse(request: ActorRequest, transfer_id: UUID, dossier_id: UUID) -> HttpResponse:
    reason = request.POST.get("reason", "")
    transfer = transfers.refuse_dossier(transfer_id, dossier_id, reason=reason, by=request.actor, now=clock.now())
    messages.success(request, _("Đã trả lại hồ sơ cho người lập"))
    return _to(transfer)


@guarded(permissions.GIVE_TRANSFER)
@require_POST
def drop(request: ActorRequest, transfer_id: UUID) -> HttpResponse:
    transfer = transfers.drop_transfer(transfer_id, by=request.actor, now=clock.now())
    messages.success(request, _("Đã bỏ lần giao nộp; các hồ sơ trở lại trạng thái đã kết thúc"))
    return _to(transfer)


def _to(transfer: DossierTransfer) -> HttpResponse:
    return HttpResponseRedirect(reverse("documents:dossier_transfer", args=[transfer.id]))


def _ids(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(text) for text in texts]
    except ValueError:
        raise NotFound from None
