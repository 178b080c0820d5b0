"""Papers that came by post, by e-mail or by hand: take the stack, part it, confirm and register each paper."""

from http import HTTPStatus
from uuid import UUID

import zxingcpp
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.kernel import clock
from congso.kernel.errors import DomainError, InvalidInput, NotFound, NotPermitted
from congso.kernel.web import ActorRequest
from congso.modules.documents import commands, permissions
from congso.modules.documents.commands.registering import LooksRegistered
from congso.modules.documents.kinds import StackState
from congso.modules.documents.models import ScanStack
from congso.modules.documents.queries import stacks
from congso.modules.documents.queries.access import organ_of_registers
from congso.modules.documents.queries.senders import known_senders
from congso.modules.documents.scans import ocr
from congso.modules.documents.scans.pages import SEPARATOR
from congso.modules.documents.secrecy import SecretContent
from congso.modules.documents.stack_forms import PaperForm, StackForm, first_values
from congso.modules.documents.views.parts import to_incoming
from congso.shared.authz import guarded
from congso.shared.ui.forms import once_id

NO_STORE = {"Cache-Control": "no-store"}


@guarded(permissions.ENTER)
@require_http_methods(["GET", "POST"])
def enter(request: ActorRequest) -> HttpResponse:
    """Show the form and the stacks that wait, or take a stack."""
    organ_id = organ_of_registers(request.actor, to=permissions.ENTER)
    if request.method != "POST":
        return _enter_page(request, StackForm())
    form = StackForm(request.POST, request.FILES)
    if form.is_valid():
        given = [(file.name or "", file.read()) for file in form.cleaned_data["scan"]]
        try:
            stack = commands.take_stack(
                once_id(request.POST),
                given,
                organ_id=organ_id,
                came_by=form.cleaned_data["came_by"],
                declared=form.declared,
                by=request.actor,
                now=clock.now(),
            )
        except NotFound:
            raise
        except SecretContent as refusal:
            form.refused(refusal)
        except DomainError as refusal:
            form.add_error("scan", str(refusal))
        else:
            return HttpResponseRedirect(reverse("documents:stack", args=[stack.id]))
    return _enter_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@guarded(permissions.ENTER)
@require_GET
def stack(request: ActorRequest, stack_id: UUID) -> HttpResponse:
    """Show how far reading is, then the pages to part; a stack of one paper goes straight to it."""
    found = stacks.access_stack(stack_id, by=request.actor)
    if found.state == StackState.REFUSED:
        form = StackForm(initial={"secret_ticket": found.ticket, "came_by": found.came_by})
        return _enter_page(request, form, refused=found)
    if found.state == StackState.DONE:
        return HttpResponseRedirect(reverse("documents:enter"))
    page = stacks.stack_page(found)
    alone = len(page.papers) == 1 and not page.left_out and "xem" not in request.GET
    if found.state == StackState.READY and alone and not page.papers[0].is_entered:
        address = reverse("documents:enter_paper", args=[found.id, page.papers[0].first.place])
        if request.htmx:
            return HttpResponse(headers={"HX-Redirect": address})
        return HttpResponseRedirect(address)
    return render(request, "documents/stack.html", {"page": page, "stack": found})


@guarded(permissions.ENTER)
@require_GET
def picture(request: ActorRequest, stack_id: UUID, place: int, size: str) -> HttpResponse:
    """Give a page of a stack as a picture; it is kept by nobody."""
    found = stacks.access_stack(stack_id, by=request.actor)
    return HttpResponse(stacks.picture_of(found, place, size), content_type="image/webp", headers=NO_STORE)


@guarded(permissions.ENTER)
@require_POST
def arrange(request: ActorRequest, stack_id: UUID) -> HttpResponse:
    """Do one step of parting: ``act`` says which and on what page, as ``split:3``."""
    act, _colon, place = request.POST.get("act", "").partition(":")
    if place and not (place.isascii() and place.isdecimal()):
        raise InvalidInput(detail=_("không rõ trang nào."))
    commands.arrange_stack(stack_id, act, place=int(place or -1), by=request.actor, now=clock.now())
    return HttpResponseRedirect(reverse("documents:stack", args=[stack_id]) + "?xem=trang")


@guarded(permissions.ENTER)
@require_POST
def drop(request: ActorRequest, stack_id: UUID) -> HttpResponse:
    """Give a stack up."""
    commands.drop_stack(stack_id, by=request.actor, now=clock.now())
    messages.success(request, _("Đã bỏ xấp quét, không giữ lại gì"))
    return HttpResponseRedirect(reverse("documents:enter"))


@guarded(permissions.ENTER)
@require_http_methods(["GET", "POST"])
def enter_paper(request: ActorRequest, stack_id: UUID, place: int) -> HttpResponse:
    """Show what the machine proposes beside the pages, or register what the clerk confirmed."""
    found = stacks.access_stack(stack_id, by=request.actor)
    paper = _paper(found, place)
    proposal = stacks.proposal_of(paper)
    senders = known_senders(found.organ_id, clock.today())
    if request.method != "POST":
        form = PaperForm(initial=first_values(proposal, clock.today()), senders=senders)
        form.mark_unsure(proposal)
        return _paper_page(request, found, paper, form)
    form = PaperForm(request.POST, senders=senders)
    if not form.is_valid():
        return _paper_page(request, found, paper, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        incoming = commands.enter_incoming(
            form.cleaned_data["paper"],
            stack_id,
            place,
            form.said(clock.today()),
            by=request.actor,
            now=clock.now(),
        )
    except (NotFound, NotPermitted):
        raise
    except DomainError as refusal:
        form.add_error(_FIELDS.get(refusal.code), str(refusal))
        earlier = refusal.facts["earlier_id"] if isinstance(refusal, LooksRegistered) else None
        return _paper_page(request, found, paper, form, earlier=earlier, status=refusal.status)
    said = _("Đã vào sổ, số đến %(number)s, chuyển lãnh đạo") % {"number": incoming.arrival_number}
    if stacks.open_stacks(request.actor).filter(id=stack_id).exists():
        messages.success(request, said)
        return HttpResponseRedirect(reverse("documents:stack", args=[stack_id]) + "?xem=trang")
    return to_incoming(request, incoming.id, said)


@guarded(permissions.ENTER)
@require_GET
def separator(request: ActorRequest) -> HttpResponse:
    """Show a sheet that parts papers in a stack, to be printed."""
    organ_of_registers(request.actor, to=permissions.ENTER)
    return render(request, "documents/separator.html")


@guarded(permissions.ENTER)
@require_GET
def separator_code(request: ActorRequest) -> HttpResponse:
    """Give the code of the separator sheet."""
    organ_of_registers(request.actor, to=permissions.ENTER)
    code = zxingcpp.create_barcode(SEPARATOR, zxingcpp.BarcodeFormat.QRCode, ec_level="50%")
    return HttpResponse(code.to_svg(add_quiet_zones=True), content_type="image/svg+xml")


_FIELDS = {
    "documents.number_not_usable": "number_text",
    "documents.dated_in_future": "document_date",
    "documents.looks_registered": "duplicate_reason",
    "documents.not_stated_not_secret": "not_secret",
}


def _paper(stack: ScanStack, place: int) -> stacks.Paper:
    papers = stacks.stack_page(stack).papers if stack.state == StackState.READY else []
    paper = next((paper for paper in papers if paper.first.place == place and not paper.is_entered), None)
    if paper is None:
        raise NotFound
    return paper


def _enter_page(
    request: ActorRequest, form: StackForm, *, refused: ScanStack | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    shown = {
        "form": form,
        "stacks": list(stacks.open_stacks(request.actor)[:20]),
        "refused": refused,
        "is_secret": refused is not None and refused.refusal == SecretContent.code,
        "reads": ocr.is_there(),
    }
    return render(request, "documents/enter.html", shown, status=status)


def _paper_page(
    request: ActorRequest,
    stack: ScanStack,
    paper: stacks.Paper,
    form: PaperForm,
    *,
    earlier: object = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    shown = {"stack": stack, "paper": paper, "form": form, "earlier_id": earlier}
    return render(request, "documents/enter_paper.html", shown, status=status)
