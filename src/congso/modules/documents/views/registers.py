"""The registers on screen; their files; the closing of a year."""

import re
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from congso.kernel import clock
from congso.kernel.errors import NotFound
from congso.kernel.web import ActorRequest
from congso.modules.documents import permissions
from congso.modules.documents.filter_forms import RegisterForm
from congso.modules.documents.models import RegisterClosing, RegisterFile, RegisterKind, RegisterMedia
from congso.modules.documents.queries.access import organ_of_registers
from congso.modules.documents.registers import closed, writing
from congso.modules.documents.registers.books import BOOKS, cancelled_numbers
from congso.modules.documents.registers.filters import RegisterFilter
from congso.modules.documents.registers.keeping import plain_query, saved_filters
from congso.modules.documents.views.parts import file_answer
from congso.shared import files
from congso.shared.authz import guarded
from congso.shared.ui.forms import once_id

FIRST_YEAR = 2000
YEAR = re.compile(r"[0-9]{4}")
NEWEST_FILES = 30


@guarded(permissions.READ_REGISTER)
@require_GET
def outgoing(request: ActorRequest) -> HttpResponse:
    """Show the register of outgoing papers of a year, with the numbers that were cancelled."""
    return _shown(request, RegisterKind.OUTGOING)


@guarded(permissions.READ_REGISTER)
@require_GET
def incoming(request: ActorRequest) -> HttpResponse:
    """Show the register of incoming papers of a year."""
    return _shown(request, RegisterKind.INCOMING)


@guarded(permissions.READ_REGISTER)
@require_GET
def following(request: ActorRequest) -> HttpResponse:
    """Show how far the work on incoming papers has come."""
    return _shown(request, RegisterKind.FOLLOWING)


@guarded(permissions.READ_REGISTER)
@require_POST
def export(request: ActorRequest, kind: str) -> HttpResponse:
    """Let the register, as it is filtered, be written out as a file."""
    organ_id, book_kind = organ_of_registers(request.actor), _kind(kind)
    form = RegisterForm(request.POST)
    writing.ask_for_file(
        once_id(request.POST),
        organ_id,
        kind=book_kind,
        year=_year(request.POST.get("nam", "")),
        asked=_filter(form),
        media=_media(request.POST.get("media", "")),
        by=request.actor,
        now=clock.now(),
    )
    return redirect("documents:register_files")


@guarded(permissions.READ_REGISTER)
@require_GET
def files_asked_for(request: ActorRequest) -> HttpResponse:
    """List the registers that one had written out."""
    organ_of_registers(request.actor)
    asked = list(RegisterFile.objects.filter(asked_by=request.actor.position_id).order_by("-asked_at")[:NEWEST_FILES])
    context = {"asked": asked, "is_waiting": any(one.file_id is None for one in asked)}
    template = "documents/register_files.html"
    return render(request, f"{template}#files" if request.htmx else template, context)


@guarded(permissions.READ_REGISTER)
@require_GET
def download(request: ActorRequest, file_id: UUID) -> HttpResponse:
    """Give a register that was written out to who asked for it."""
    asked = RegisterFile.objects.filter(id=file_id, asked_by=request.actor.position_id).first()
    if asked is None or asked.file_id is None:
        raise NotFound
    return _sent(asked.file_id, asked.kind, asked.year, RegisterMedia(asked.media))


@guarded(permissions.CLOSE_REGISTER)
@require_POST
def close(request: ActorRequest, kind: str) -> HttpResponse:
    """Close the register of a year that is over."""
    book_kind, year = _kind(kind), _year(request.POST.get("nam", ""))
    writing.close_register(
        organ_of_registers(request.actor), kind=book_kind, year=year, by=request.actor, now=clock.now()
    )
    messages.success(request, _("Đã khóa sổ năm %(year)s. Tệp của sổ có ở trang này sau ít phút.") % {"year": year})
    return redirect(f"{reverse(PLACES[book_kind])}?nam={year}")


@guarded(permissions.READ_REGISTER)
@require_GET
def closed_file(request: ActorRequest, closing_id: UUID, media: str) -> HttpResponse:
    """Give the file of a closed register."""
    closing = RegisterClosing.objects.filter(id=closing_id).first()
    if closing is None or not permissions.READ_REGISTER.allows(request.actor, closing.organ_id):
        raise NotFound
    wanted = _media(media)
    file_id = closing.pdf_id if wanted == RegisterMedia.PDF else closing.xlsx_id
    if file_id is None:
        raise NotFound
    return _sent(file_id, closing.kind, closing.year, wanted)


PLACES = {
    RegisterKind.OUTGOING: "documents:outgoing_register",
    RegisterKind.INCOMING: "documents:incoming_register",
    RegisterKind.FOLLOWING: "documents:following_register",
}


def _shown(request: ActorRequest, kind: RegisterKind) -> HttpResponse:
    organ_id, year = organ_of_registers(request.actor), _year(request.GET.get("nam", ""))
    book, form = BOOKS[kind], RegisterForm(request.GET, kind=kind)
    asked = _filter(form)
    page = book.order.page(book.papers(organ_id, year, asked), request.GET)
    closing = closed.closing_of(organ_id, kind, year)
    may_close = (
        closing is None and year < clock.today().year and permissions.CLOSE_REGISTER.allows(request.actor, organ_id)
    )
    context: dict[str, Any] = {
        "kind": kind,
        "place": PLACES[kind],
        "tabs": [{"label": label, "url": f"{reverse(PLACES[RegisterKind(value)])}?nam={year}",
                  "is_present": value == kind} for value, label in RegisterKind.choices],
        "columns": book.columns,
        "rows": [(paper, cells) for paper, cells in zip(page.rows, book.rows(page.rows), strict=True)],
        "route": "documents:detail" if kind == RegisterKind.OUTGOING else "documents:incoming_detail",
        "page": page,
        "label_name": {RegisterKind.OUTGOING: "di", RegisterKind.INCOMING: "den"}.get(kind, ""),
        "filter_form": form,
        "is_filtered": not asked.is_whole,
        "kept_query": plain_query(request.GET.urlencode()),
        "saved": saved_filters(PLACES[kind], request.actor),
        "cancelled": cancelled_numbers(organ_id, year) if kind == RegisterKind.OUTGOING and asked.is_whole else [],
        "closing": closing,
        "may_close": may_close,
        "year": year,
        "older_year": year - 1 if year > FIRST_YEAR else None,
        "newer_year": year + 1 if year < clock.today().year else None,
    }  # fmt: skip
    status = HTTPStatus.OK if form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "documents/register.html", context, status=status)


def _filter(form: forms.Form) -> RegisterFilter:
    """Read what was asked for; a wrong field is said beside it and filters nothing."""
    form.is_valid()
    data = form.cleaned_data
    return RegisterFilter(
        text=data.get("q") or "",
        type_code=data.get("type") or "",
        who=data.get("who") or "",
        since=data.get("since"),
        until=data.get("until"),
        state=data.get("state") or "",
        today=clock.today(),
    )


def _year(asked: str) -> int:
    this_year = clock.today().year
    return int(asked) if YEAR.fullmatch(asked) and FIRST_YEAR <= int(asked) <= this_year else this_year


def _kind(value: str) -> RegisterKind:
    if value not in RegisterKind.values:
        raise NotFound
    return RegisterKind(value)


def _media(value: str) -> RegisterMedia:
    if value not in RegisterMedia.values:
        raise NotFound
    return RegisterMedia(value)


def _sent(file_id: str, kind: str, year: int, media: RegisterMedia) -> HttpResponse:
    name = f"so-{kind}-{year}.{media}"
    return file_answer(files.read(file_id), writing.MEDIA_TYPES[media], name)
