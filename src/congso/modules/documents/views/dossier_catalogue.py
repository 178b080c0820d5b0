"""The yearly catalogue of dossiers."""

import re
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from congso.kernel import clock
from congso.kernel.errors import DomainError, NotFound
from congso.kernel.web import ActorRequest
from congso.modules.documents.dossier_forms import EntryForm
from congso.modules.documents.dossiers import catalogues, permissions
from congso.modules.documents.dossiers.catalogue_page import catalogue_page, entry_to_edit
from congso.modules.documents.queries.choices import staff
from congso.modules.documents.views.dossiers import organ_of
from congso.shared.authz import guarded
from congso.shared.organs.queries import labels
from congso.shared.ui.forms import once_id

YEAR = re.compile(r"(19|20|21)\d\d")


@guarded(permissions.READ_CATALOGUE)
@require_http_methods(["GET", "POST"])
def catalogue(request: ActorRequest) -> HttpResponse:
    """Show the catalogue of a year; sent, add a dossier to it."""
    organ_id, year = organ_of(request), _year(request)
    permissions.READ_CATALOGUE.require(request.actor, organ_id)
    form = EntryForm(request.POST or None, people=staff(organ_id, clock.today()))
    if form.is_valid():
        try:
            catalogues.add_entry(
                once_id(request.POST),
                organ_id,
                year=year,
                given=form.given(),
                maker_id=form.cleaned_data["maker"],
                by=request.actor,
                now=clock.now(),
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã thêm vào danh mục"))
            return _to_year(year)
    context = {
        "page": catalogue_page(organ_id, year, by=request.actor),
        "form": form,
        "organ": labels([organ_id], on=clock.today()).get(organ_id),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "documents/dossier_catalogue.html", context, status=status)


@guarded(permissions.EDIT_CATALOGUE)
@require_http_methods(["GET", "POST"])
def entry(request: ActorRequest, entry_id: UUID) -> HttpResponse:
    """Show a line of the catalogue to correct, or keep the correction."""
    known = entry_to_edit(entry_id, by=request.actor)
    names = ("notation", "title", "retention", "other_years")
    initial = {name: getattr(known, name) for name in names} | {"maker": known.maker_id}
    people = staff(known.catalogue.organ_id, clock.today())
    form = EntryForm(request.POST or None, people=people, initial=initial)
    if form.is_valid():
        try:
            catalogues.edit_entry(
                entry_id, given=form.given(), maker_id=form.cleaned_data["maker"], by=request.actor, now=clock.now()
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã sửa danh mục"))
            return _to_year(known.catalogue.year)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "documents/dossier_entry.html", {"entry": known, "form": form}, status=status)


@guarded(permissions.EDIT_CATALOGUE)
@require_POST
def drop(request: ActorRequest, entry_id: UUID) -> HttpResponse:
    known = catalogues.drop_entry(entry_id, by=request.actor, now=clock.now())
    messages.success(request, _("Đã bỏ khỏi danh mục"))
    return _to_year(known.year)


@guarded(permissions.EDIT_CATALOGUE)
@require_POST
def copy(request: ActorRequest) -> HttpResponse:
    year = _year(request)
    copied = catalogues.copy_last_year(organ_of(request), year=year, by=request.actor, now=clock.now())
    messages.success(request, _("Đã chép %(n)s hồ sơ từ danh mục năm trước") % {"n": copied})
    return _to_year(year)


@guarded(permissions.APPROVE_CATALOGUE)
@require_POST
def approve(request: ActorRequest) -> HttpResponse:
    year = _year(request)
    catalogues.approve_catalogue(organ_of(request), year=year, by=request.actor, now=clock.now())
    messages.success(request, _("Đã duyệt danh mục hồ sơ năm %(year)s") % {"year": year})
    return _to_year(year)


def _to_year(year: int) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('documents:dossier_catalogue')}?nam={year}")


def _year(request: ActorRequest) -> int:
    asked = request.POST.get("nam") or request.GET.get("nam") or str(clock.today().year)
    if not YEAR.fullmatch(asked):
        raise NotFound
    return int(asked)
