"""A paper that was made elsewhere: choose the PDF, see where number, date, signature and seal stand, move them."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from congso.kernel import clock
from congso.kernel.errors import DomainError, NotFound
from congso.kernel.web import ActorRequest
from congso.modules.documents import commands, permissions, placing
from congso.modules.documents.commands.from_pdf import LABELS
from congso.modules.documents.kinds import DocumentState
from congso.modules.documents.models import Document
from congso.modules.documents.placing import POINTS_PER_MM
from congso.modules.documents.placing_forms import PdfForm, PlacesForm
from congso.modules.documents.queries import access_document
from congso.modules.documents.secrecy import SecretContent
from congso.shared import files
from congso.shared.authz import guarded
from congso.shared.files import pages
from congso.shared.files.pages import Sheet


@dataclass(frozen=True, slots=True)
class Shown:
    """A place as the page draws it: millimetres, with a point whatever the language; a line's name stands above it."""

    name: str
    label: str | Promise
    left: str
    top: str
    width: str
    height: str
    is_line: bool


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page and the places on it."""

    number: int
    width: str
    height: str
    places: list[Shown]


@guarded(permissions.EDIT)
@require_http_methods(["GET", "POST"])
def take(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Ask for the file, or show it with its places."""
    document = access_document(document_id, by=request.actor, to=permissions.EDIT)
    if document.state != DocumentState.DRAFT:
        return HttpResponseRedirect(reverse("documents:detail", args=[document_id]))
    if request.method != "POST":
        return _shown(request, document, None) if document.uploaded_pdf_id else _asked(request, document, PdfForm())
    form = PdfForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            commands.take_pdf(
                document_id, sent.read(), name=sent.name, declared=form.declared, by=request.actor, now=clock.now()
            )
        except NotFound:
            raise
        except SecretContent as refusal:
            form.refused(refusal)
        except DomainError as refusal:
            form.add_error("file", str(refusal))
        else:
            return HttpResponseRedirect(reverse("documents:from_pdf", args=[document_id]))
    return _asked(request, document, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@guarded(permissions.EDIT)
@require_POST
def place(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Keep where things stand; ``act`` says whether the author goes on writing."""
    document = access_document(document_id, by=request.actor, to=permissions.EDIT)
    form = PlacesForm(request.POST)
    if form.is_valid():
        try:
            commands.place_on_pdf(document_id, form.corners(), by=request.actor, now=clock.now())
        except placing.PlaceOffPage as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lưu vị trí"))
            leads_to = "documents:from_pdf" if request.POST.get("act") == "look" else "documents:edit"
            return HttpResponseRedirect(reverse(leads_to, args=[document_id]))
    if document.uploaded_pdf_id is None:
        raise NotFound
    return _shown(request, document, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@guarded(permissions.EDIT)
@require_POST
def drop(request: ActorRequest, document_id: UUID) -> HttpResponse:
    commands.drop_pdf(document_id, by=request.actor, now=clock.now())
    messages.success(request, _("Đã bỏ tệp PDF, trở lại nội dung soạn tại đây"))
    return HttpResponseRedirect(reverse("documents:edit", args=[document_id]))


def _asked(request: ActorRequest, document: Document, form: PdfForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    return render(request, "documents/from_pdf.html", {"document": document, "form": form}, status=status)


def _shown(
    request: ActorRequest, document: Document, form: PlacesForm | None, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    places = placing.from_json(document.places)
    sheets = pages.sheets_of(files.read(str(document.uploaded_pdf_id)))
    context: dict[str, Any] = {
        "document": document,
        "form": form or PlacesForm.of(places, sheets),
        "leaves": [_leaf(number, sheet, places) for number, sheet in enumerate(sheets, start=1)],
    }
    return render(request, "documents/place.html", context, status=status)


def _leaf(number: int, sheet: Sheet, places: placing.Places) -> Leaf:
    return Leaf(
        number,
        _mm(sheet.x1 - sheet.x0),
        _mm(sheet.y1 - sheet.y0),
        [
            Shown(
                name,
                LABELS[name],
                f"{place.from_left_mm(sheet):.1f}",
                f"{place.from_top_mm(sheet):.1f}",
                _mm(place.x1 - place.x0),
                _mm(place.y1 - place.y0),
                is_line=place.baseline is not None,
            )
            for name, place in places.items()
            if place.page == number
        ],
    )


def _mm(points: float) -> str:
    return f"{points / POINTS_PER_MM:.1f}"
