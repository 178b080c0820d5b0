"""Work dossiers: lists, begin one, its page, close and open it again."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.kernel import clock
from congso.kernel.errors import DomainError, NotFound
from congso.kernel.web import ActorRequest
from congso.modules.documents.dossier_forms import (
    CloseForm,
    DecideForm,
    DossierFilterForm,
    EditDossierForm,
    FilesForm,
    GiveForm,
    KeepLongerForm,
    OutsideDossierForm,
)
from congso.modules.documents.dossiers import closing, filling, listing, opening, permissions
from congso.modules.documents.dossiers.access import access_dossier
from congso.modules.documents.dossiers.destroying import decisions_of
from congso.modules.documents.dossiers.pages import dossier_page, exports_of
from congso.modules.documents.forms import ReasonForm
from congso.modules.documents.models import WorkDossier
from congso.modules.documents.queries.choices import staff
from congso.modules.documents.queries.lists import register_organ
from congso.shared.authz import guarded
from congso.shared.ui.forms import once_id

PAPER = "van-ban"
MOST_DECISIONS = 50


@guarded(permissions.SEE)
@require_GET
def listed(request: ActorRequest, key: str = "dang-mo") -> HttpResponse:
    """Show one of the lists of dossiers."""
    offered, today = listing.offered_to(request.actor), clock.today()
    if key not in offered:
        raise NotFound
    form = DossierFilterForm(request.GET)
    words = form.cleaned_data.get("q", "") if form.is_valid() else ""
    dossiers = listing.searched(offered[key].whose(request.actor, today), words)
    page = listing.NEWEST.page(dossiers, request.GET)
    tabs = [
        {
            "label": one.label,
            "url": reverse("documents:dossiers", args=[name]),
            "is_present": name == key,
            "count": listing.due_for_archive(request.actor, today).count() if name == "den-han" else None,
        }
        for name, one in offered.items()
    ]
    rows = listing.rows_of(page.rows, today, by=request.actor)
    context = {
        "tabs": tabs,
        "key": key,
        "rows": rows,
        "page": page,
        "filter_form": form,
        "is_filtered": bool(words),
        "may_hand_over": key == "den-han",
        "has_mine": any(row.is_mine for row in rows),
    }
    return render(request, "documents/dossiers.html", context)


@guarded(permissions.OPEN)
@require_http_methods(["GET", "POST"])
def begin(request: ActorRequest) -> HttpResponse:
    """Offer what the catalogue foresees and a form for what it does not; sent, begin that dossier."""
    organ_id = organ_of(request)
    permissions.OPEN.require(request.actor, organ_id)
    form = OutsideDossierForm(request.POST or None)
    if form.is_valid():
        try:
            dossier = opening.open_outside(
                once_id(request.POST),
                organ_id,
                form.given(),
                reason=form.cleaned_data["reason"],
                by=request.actor,
                now=clock.now(),
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _begun(request, dossier)
    year = clock.today().year
    context = {
        "form": form,
        "year": year,
        "entries": listing.entries_to_open(request.actor, organ_id, year),
        "paper": _paper_name(request.POST or request.GET),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "documents/dossier_new.html", context, status=status)


@guarded(permissions.OPEN)
@require_POST
def begin_from_entry(request: ActorRequest, entry_id: UUID) -> HttpResponse:
    dossier = opening.open_from_entry(once_id(request.POST), entry_id, by=request.actor, now=clock.now())
    return _begun(request, dossier)


@guarded(permissions.SEE)
@require_GET
def show(request: ActorRequest, dossier_id: UUID) -> HttpResponse:
    """Show one dossier: what is in it, what it says, what may be done."""
    dossier = access_dossier(dossier_id, by=request.actor, to=permissions.SEE)
    return shown(request, dossier)


@guarded(permissions.KEEP)
@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, dossier_id: UUID) -> HttpResponse:
    """Show what an open dossier says to correct, or keep the correction."""
    dossier = access_dossier(dossier_id, by=request.actor, to=permissions.KEEP)
    form = EditDossierForm(request.POST) if request.method == "POST" else EditDossierForm.of(dossier)
    if request.method == "POST" and form.is_valid():
        try:
            opening.edit_dossier(dossier_id, form.given(dossier.notation), by=request.actor, now=clock.now())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã sửa hồ sơ"))
            return to_dossier(dossier_id)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "documents/dossier_edit.html", {"dossier": dossier, "form": form}, status=status)


@guarded(permissions.KEEP)
@require_POST
def close(request: ActorRequest, dossier_id: UUID) -> HttpResponse:
    dossier = access_dossier(dossier_id, by=request.actor, to=permissions.KEEP)
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            closing.close_dossier(dossier_id, **form.cleaned_data, by=request.actor, now=clock.now())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã kết thúc hồ sơ"))
            return to_dossier(dossier_id)
    return shown(request, dossier, close_form=form)


@guarded(permissions.KEEP)
@require_POST
def reopen(request: ActorRequest, dossier_id: UUID) -> HttpResponse:
    reason = request.POST.get("reason", "")
    closing.reopen_dossier(dossier_id, reason=reason, by=request.actor, now=clock.now())
    messages.success(request, _("Đã mở lại hồ sơ"))
    return to_dossier(dossier_id)


@guarded(permissions.KEEP)
@require_POST
def keep_longer(request: ActorRequest, dossier_id: UUID) -> HttpResponse:
    dossier = access_dossier(dossier_id, by=request.actor, to=permissions.KEEP)
    form = KeepLongerForm(request.POST)
    if form.is_valid():
        try:
            closing.keep_longer(dossier_id, **form.cleaned_data, by=request.actor, now=clock.now())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi lý do giữ lại hồ sơ"))
            return to_dossier(dossier_id)
    return shown(request, dossier, longer_form=form)


@guarded(permissions.GIVE)
@require_POST
def give(request: ActorRequest, dossier_id: UUID) -> HttpResponse:
    dossier = access_dossier(dossier_id, by=request.actor, to=permissions.GIVE)
    form = GiveForm(request.POST, people=staff(dossier.organ_id, clock.today()))
    if not form.is_valid():
        return shown(request, dossier, give_form=form)
    opening.give_dossier(dossier_id, form.cleaned_data["keeper"], by=request.actor, now=clock.now())
    messages.success(request, _("Đã giao hồ sơ cho người khác lập"))
    if WorkDossier.objects.visible_to(request.actor).filter(id=dossier_id).exists():
        return to_dossier(dossier_id)
    return HttpResponseRedirect(reverse("documents:dossiers"))


def shown(request: ActorRequest, dossier: WorkDossier, **forms: Any) -> HttpResponse:
    """Draw the page of a dossier; ``forms`` are those that were refused."""
    today = clock.today()
    page = dossier_page(dossier, by=request.actor, today=today)
    counts = closing.counts_of(dossier.id) if "keep" in page.may else None
    context: dict[str, Any] = {
        "page": page,
        "dossier": dossier,
        "counts": counts,
        "exports": exports_of(dossier, by=request.actor),
        "is_editing": "keep" in page.may and "sua" in request.GET,
        "files_form": FilesForm(),
        "close_form": CloseForm(initial={"start_date": counts.first, "end_date": counts.last}) if counts else None,
        "reason_form": ReasonForm(auto_id="reopen_%s"),
        "decide_form": DecideForm(decisions=decisions_of(dossier, by=request.actor)[:MOST_DECISIONS])
        if "decide" in page.may
        else None,
        "longer_form": KeepLongerForm(auto_id="longer_%s"),
        "give_form": GiveForm(people=staff(dossier.organ_id, today)) if "give" in page.may else None,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if forms else HTTPStatus.OK
    return render(request, "documents/dossier.html", context | forms | {"refused": [*forms.values()]}, status=status)


def to_dossier(dossier_id: UUID, query: str = "") -> HttpResponse:
    return HttpResponseRedirect(reverse("documents:dossier", args=[dossier_id]) + query)


def _begun(request: ActorRequest, dossier: WorkDossier) -> HttpResponse:
    """Put in the paper that the dossier was begun for, if there is one."""
    messages.success(request, _("Đã lập hồ sơ %(notation)s") % {"notation": dossier.notation})
    kind, _sep, paper_id = _paper_name(request.POST).partition(":")
    for known in filling.PAPER_KINDS:
        if known == kind:
            filling.put_in(dossier.id, known, _uuid(paper_id), by=request.actor, now=clock.now())
    return to_dossier(dossier.id)


def _paper_name(data: QueryDict) -> str:
    """Return the paper that waits for its dossier, as ``document:<id>`` or ``incoming:<id>``; empty if none does."""
    return data.get(PAPER, "")[:60]


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


def organ_of(request: ActorRequest) -> UUID:
    """Return the organ whose dossiers the actor works with.

    :raises NotFound: the hat belongs to none.
    """
    organ_id = register_organ(request.actor)
    if organ_id is None:
        raise NotFound
    return organ_id
