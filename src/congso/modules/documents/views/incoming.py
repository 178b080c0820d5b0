"""The page of an incoming paper and its buttons."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from congso.kernel import clock
from congso.kernel.errors import NotFound
from congso.kernel.web import ActorRequest
from congso.modules.documents import commands, panels, permissions
from congso.modules.documents.commands.registering import LooksRegistered
from congso.modules.documents.forms import ActForm, ReasonForm
from congso.modules.documents.incoming_forms import DirectionForm, DuplicateForm
from congso.modules.documents.kinds import Verdict
from congso.modules.documents.models import Incoming
from congso.modules.documents.panels.incoming import SPLITTING
from congso.modules.documents.queries import choices
from congso.modules.documents.queries.incoming_page import IncomingPage, incoming_page
from congso.modules.documents.views.parts import key_of, signature_rows, taken, to_incoming
from congso.shared.authz import guarded
from congso.shared.calendar import working_days_between
from congso.shared.ui.words import vn_date, vn_datetime


@guarded(permissions.SEE_INCOMING)
@require_GET
def detail(request: ActorRequest, incoming_id: UUID) -> HttpResponse:
    """Show an incoming paper: pages with the ĐẾN stamp drawn over, verdict, direction, history, the next act."""
    page = incoming_page(incoming_id, by=request.actor)
    direction_form = None
    if "direct" in page.acts:
        offered = choices.assignees(page.incoming.organ_id, clock.today())
        direction_form = DirectionForm(offered=offered, initial={"due_date": page.incoming.reply_due_date})
    return render(request, "documents/incoming_detail.html", _context(request, page, direction_form))


@guarded(permissions.REGISTER)
@require_POST
def register(request: ActorRequest, incoming_id: UUID) -> HttpResponse:
    """Register; what looks like a paper that is here already needs a reason."""
    reason = request.POST.get("duplicate_reason", "")
    try:
        incoming = commands.register_incoming(
            incoming_id, by=request.actor, now=clock.now(), key=key_of(request), duplicate_reason=reason
        )
    except LooksRegistered as refusal:
        form = DuplicateForm(request.POST)
        form.add_error("duplicate_reason", str(refusal))
        page = incoming_page(incoming_id, by=request.actor)
        shown = {**_context(request, page, None), "duplicate_form": form}
        return render(request, "documents/incoming_detail.html", shown, status=refusal.status)
    said = _("Đã vào sổ, số đến %(number)s") % {"number": incoming.arrival_number}
    return to_incoming(request, incoming_id, said)


@guarded(permissions.RETURN_INCOMING)
@require_POST
def return_incoming(request: ActorRequest, incoming_id: UUID) -> HttpResponse:
    reason = taken(ReasonForm(request.POST))["reason"]
    commands.return_incoming(incoming_id, reason=reason, by=request.actor, now=clock.now(), key=key_of(request))
    return to_incoming(request, incoming_id, _("Đã trả lại nơi gửi"))


@guarded(permissions.SEE_INCOMING)
@require_GET
def printed(request: ActorRequest, incoming_id: UUID) -> HttpResponse:
    """Show the first page with the ĐẾN stamp at its true size, to be printed; the file itself is never stamped."""
    page = incoming_page(incoming_id, by=request.actor)
    if page.stamp is None:
        raise NotFound
    return render(request, "documents/print_incoming.html", {"incoming": page.incoming, "stamp": page.stamp})


def detail_again(request: ActorRequest, incoming_id: UUID, form: DirectionForm) -> HttpResponse:
    """Show the page with a direction that was refused: what was typed stays."""
    page = incoming_page(incoming_id, by=request.actor)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "documents/incoming_detail.html", _context(request, page, form), status=status)


@guarded(permissions.ANSWER)
@require_POST
def take_on(request: ActorRequest, incoming_id: UUID) -> HttpResponse:
    commands.take_on(incoming_id, by=request.actor, now=clock.now())
    return to_incoming(request, incoming_id, _("Đã nhận việc"))


@guarded(permissions.FINISH_PART)
@require_POST
def finish_part(request: ActorRequest, incoming_id: UUID) -> HttpResponse:
    commands.finish_part(incoming_id, by=request.actor, now=clock.now(), key=key_of(request))
    return to_incoming(request, incoming_id, _("Đã báo xong phần việc"))


def _context(request: ActorRequest, page: IncomingPage, direction_form: DirectionForm | None) -> dict[str, Any]:
    incoming = page.incoming
    if direction_form is not None:
        direction_form.mark_needed()
    return {
        "page": page,
        "incoming": incoming,
        "page_numbers": range(1, incoming.pages + 1),
        "stamp": page.stamp,
        "facts": _facts(incoming),
        "panels": _panels(request, page),
        "signatures": signature_rows(page.verdict),
        "is_pending": incoming.verdict == Verdict.PENDING,
        "due_hint": _due_hint(incoming),
        "direction_form": direction_form,
        "duplicate_form": DuplicateForm(),
        "act_form": ActForm(auto_id="act_%s"),
        "reason_form": ReasonForm(auto_id="return_%s"),
    }


def _panels(request: ActorRequest, page: IncomingPage) -> list[panels.Panel[Incoming]]:
    """Return the panels; splitting is offered only to who has a part."""
    offered = panels.INCOMING.of(page.incoming, request.actor)
    return [panel for panel in offered if panel.key != SPLITTING or "finish_part" in page.acts]


def _facts(incoming: Incoming) -> list[tuple[str, str | Promise]]:
    facts: list[tuple[str, str | Promise]] = [
        (_("Loại"), incoming.type_name),
        (_("Nơi gửi"), incoming.sender_text),
        (_("Đến lúc"), vn_datetime(incoming.arrived_at)),
        (_("Độ khẩn"), incoming.get_urgency_display()),
    ]
    if incoming.reply_due_date:
        facts.append((_("Nơi gửi hẹn trả lời"), vn_date(incoming.reply_due_date)))
    return [*facts, (_("Mã tệp"), incoming.file_id[:8])]


def _due_hint(incoming: Incoming) -> str:
    """Say what the sender asks for, and how many working days are left."""
    if incoming.reply_due_date is None:
        return ""
    left = working_days_between(clock.today(), incoming.reply_due_date)
    said = _("Nơi gửi hẹn %(day)s, còn %(left)s ngày làm việc")
    return said % {"day": vn_date(incoming.reply_due_date), "left": max(left, 0)}
