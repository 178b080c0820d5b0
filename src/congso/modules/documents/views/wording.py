"""Types of papers, styles of organs, number series: read by all who draft, corrected by administrators."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from congso.kernel import clock
from congso.kernel.errors import DomainError, NotFound, NotPermitted
from congso.kernel.web import ActorRequest
from congso.modules.documents import catalogue, commands, permissions
from congso.modules.documents.layout_forms import NewTypeForm, SeriesForm, StyleForm, TypeForm
from congso.modules.documents.queries import wording
from congso.modules.documents.queries.lists import register_organ
from congso.shared.authz import guarded


@guarded(permissions.READ_CATALOGUE)
@require_GET
def types(request: ActorRequest) -> HttpResponse:
    """Show every type and style, what is verified and what is not."""
    permissions.READ_CATALOGUE.require(request.actor, None)
    context = wording.types_and_styles() | {"may_edit": permissions.EDIT_CATALOGUE.allows(request.actor, None)}
    return render(request, "documents/types.html", context)


@guarded(permissions.EDIT_CATALOGUE)
@require_http_methods(["GET", "POST"])
def type_edit(request: ActorRequest, code: str) -> HttpResponse:
    """Show one type to correct, or keep the correction."""
    permissions.EDIT_CATALOGUE.require(request.actor, None)
    known = catalogue.types_now().get(code)
    if known is None:
        raise NotFound
    form = TypeForm(request.POST) if request.method == "POST" else TypeForm.of(known)
    context = {"known": known, "history": wording.history_of(code)}
    return _answered(request, form, "documents/type_edit.html", context, code=code)


@guarded(permissions.EDIT_CATALOGUE)
@require_http_methods(["GET", "POST"])
def type_add(request: ActorRequest) -> HttpResponse:
    """Show the form of a new type, or add it; it is not verified until somebody says by what."""
    permissions.EDIT_CATALOGUE.require(request.actor, None)
    form = NewTypeForm(request.POST or None, initial={"is_offered": True})
    return _answered(request, form, "documents/type_edit.html", {}, code=request.POST.get("code", "").strip())


@guarded(permissions.EDIT_CATALOGUE)
@require_http_methods(["GET", "POST"])
def style_edit(request: ActorRequest, organ_kind: str) -> HttpResponse:
    """Show the style of one kind of organ to correct, or keep the correction."""
    permissions.EDIT_CATALOGUE.require(request.actor, None)
    known = catalogue.styles_now().get(organ_kind)
    if known is None:
        raise NotFound
    form = StyleForm(request.POST) if request.method == "POST" else StyleForm.of(known)
    context = {"known": known, "history": wording.history_of(organ_kind)}
    return _answered(request, form, "documents/style_edit.html", context, code=organ_kind)


@guarded(permissions.READ_REGISTER)
@require_http_methods(["GET", "POST"])
def series(request: ActorRequest) -> HttpResponse:
    """Show how the organ numbers this year and the next; its head chooses."""
    organ_id = register_organ(request.actor)
    if organ_id is None or not permissions.READ_REGISTER.allows(request.actor, organ_id):
        raise NotPermitted
    context = wording.series_of_organ(organ_id, clock.today()) | {
        "may_choose": permissions.CHOOSE_SERIES.allows(request.actor, organ_id)
    }
    form = SeriesForm(request.POST or None, initial={"scheme": context["next_scheme"]})
    if request.method != "POST":
        return render(request, "documents/series.html", context | {"form": form})
    return _chosen(request, form, context, organ_id)


def _chosen(request: ActorRequest, form: SeriesForm, context: dict[str, Any], organ_id: UUID) -> HttpResponse:
    if form.is_valid():
        try:
            choice = commands.choose_series(organ_id, form.cleaned_data["scheme"], by=request.actor, now=clock.now())
        except NotPermitted:
            raise
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã chọn cách đánh số từ năm %(year)s") % {"year": choice.from_year})
            return HttpResponseRedirect(reverse("documents:series"))
    return render(request, "documents/series.html", context | {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _answered(request: ActorRequest, form: Form, template: str, context: dict[str, Any], *, code: str) -> HttpResponse:
    """Keep what was typed and go back to the list, or show it again with what is wrong."""
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                _keep(request, form, code)
            except NotPermitted:
                raise
            except DomainError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Đã lưu. Văn bản đã duyệt giữ nguyên như khi duyệt"))
                return HttpResponseRedirect(reverse("documents:types"))
    return render(request, template, context | {"form": form}, status=status)


def _keep(request: ActorRequest, form: Form, code: str) -> None:
    if isinstance(form, StyleForm):
        commands.edit_style(code, form.wanted(), by=request.actor, now=clock.now())
    elif isinstance(form, TypeForm):
        commands.edit_type(code, form.wanted(), by=request.actor, now=clock.now())
