"""Directions on an incoming paper: give, split onward, move the day, take back, forward, remind."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from congso.kernel import clock
from congso.kernel.errors import DomainError, InvalidInput, NotFound, NotPermitted
from congso.kernel.web import ActorRequest
from congso.modules.documents import commands, panels, permissions
from congso.modules.documents.forms import ReasonForm
from congso.modules.documents.incoming_forms import DirectionForm, DueForm
from congso.modules.documents.models import Direction, Incoming
from congso.modules.documents.panels.incoming import forward_form
from congso.modules.documents.queries import access_incoming, choices
from congso.modules.documents.views.incoming import detail_again
from congso.modules.documents.views.panels import drawn_incoming
from congso.modules.documents.views.parts import key_of, taken, to_incoming
from congso.shared.authz import guarded
from congso.shared.ui.words import vn_weekday_date


@guarded(permissions.DIRECT)
@require_POST
def direct(request: ActorRequest, incoming_id: UUID) -> HttpResponse:
    """Give the work; what is wrong is said beside the field, and what was typed stays."""
    incoming = access_incoming(incoming_id, by=request.actor, to=permissions.DIRECT)
    form = DirectionForm(request.POST, offered=choices.assignees(incoming.organ_id, clock.today()))
    only_to_know = request.POST.get("act") == "inform"
    if form.is_valid():
        order = form.order(clock.today(), only_to_know=only_to_know)
        try:
            commands.direct_incoming(
                incoming_id, order, by=request.actor, now=clock.now(), key=form.cleaned_data["key"]
            )
        except DomainError as refusal:
            _say(form, refusal)
        else:
            return to_incoming(request, incoming_id, _("Đã chuyển để biết") if only_to_know else _given(order))
    if form.data.get("beside"):
        form.initial["beside"] = True
        return _panel_again(request, incoming, "chi-dao-them", form)
    return detail_again(request, incoming_id, form)


@guarded(permissions.SPLIT)
@require_POST
def split(request: ActorRequest, incoming_id: UUID) -> HttpResponse:
    """Give one's part to own staff."""
    incoming = access_incoming(incoming_id, by=request.actor, to=permissions.SPLIT)
    organ_id, by = request.actor.organ_id, request.actor.position_id
    if organ_id is None:
        raise NotPermitted
    offered = choices.assignees(organ_id, clock.today(), except_for=by)
    form = DirectionForm(request.POST, offered=offered, auto_id="split_%s")
    if form.is_valid():
        order = form.order(clock.today())
        try:
            commands.split_part(incoming_id, order, by=request.actor, now=clock.now(), key=form.cleaned_data["key"])
        except DomainError as refusal:
            _say(form, refusal)
        else:
            return to_incoming(request, incoming_id, _given(order))
    return _panel_again(request, incoming, "giao-tiep", form)


@guarded(permissions.CHANGE_DIRECTION)
@require_POST
def change_due(request: ActorRequest, incoming_id: UUID, direction_id: UUID) -> HttpResponse:
    """Move the day of a direction."""
    incoming = _changeable(request, incoming_id, direction_id)
    form = DueForm(request.POST)
    data = taken(form)
    day = form.due(clock.today())
    if day is None:
        raise InvalidInput(detail=_("chọn hạn mới."))
    commands.change_due_date(
        incoming.id, direction_id, day, reason=data["reason"], by=request.actor, now=clock.now(), key=data["key"]
    )
    return to_incoming(request, incoming_id, _("Đã đổi hạn xử lý sang %(day)s") % {"day": vn_weekday_date(day)})


@guarded(permissions.CHANGE_DIRECTION)
@require_POST
def take_back(request: ActorRequest, incoming_id: UUID, direction_id: UUID) -> HttpResponse:
    """Undo a direction that is not done."""
    incoming = _changeable(request, incoming_id, direction_id)
    reason = taken(ReasonForm(request.POST))["reason"]
    commands.take_back_direction(
        incoming.id, direction_id, reason=reason, by=request.actor, now=clock.now(), key=key_of(request)
    )
    return to_incoming(request, incoming_id, _("Đã rút lại chỉ đạo"))


@guarded(permissions.FORWARD)
@require_POST
def forward(request: ActorRequest, incoming_id: UUID) -> HttpResponse:
    """Pass the paper on."""
    incoming = access_incoming(incoming_id, by=request.actor, to=permissions.FORWARD)
    form = forward_form(incoming, data=request.POST)
    if form.is_valid():
        try:
            commands.forward_incoming(
                incoming_id, form.to(), by=request.actor, now=clock.now(), key=form.cleaned_data["key"]
            )
        except DomainError as refusal:
            _say(form, refusal)
        else:
            return to_incoming(request, incoming_id, _("Đã chuyển tiếp"))
    return _panel_again(request, incoming, "chuyen-tiep", form)


@guarded(permissions.SEE_READERS)
@require_POST
def remind(request: ActorRequest, incoming_id: UUID) -> HttpResponse:
    """Remind those who have not read it."""
    count = commands.remind_to_read(incoming_id, by=request.actor, now=clock.now(), key=key_of(request))
    return to_incoming(request, incoming_id, _("Đã nhắc %(n)s người đọc văn bản") % {"n": count})


def _given(order: commands.DirectionInput) -> str:
    if order.due_date is None:
        return _("Đã giao xử lý")
    return _("Đã giao xử lý, hạn %(day)s") % {"day": vn_weekday_date(order.due_date)}


def _say(form: forms.Form, refusal: DomainError) -> None:
    """Say beside the field what a command refused; who may not even know gets no form back."""
    if isinstance(refusal, NotFound | NotPermitted):
        raise refusal
    fields = {
        "documents.direction_incomplete": "lead",
        "documents.due_date_passed": "due_date",
        "documents.due_after_own": "due_date",
    }
    form.add_error(fields.get(refusal.code), str(refusal))


def _changeable(request: ActorRequest, incoming_id: UUID, direction_id: UUID) -> Incoming:
    """Return the paper; the command asks again, with the row held."""
    incoming = access_incoming(incoming_id, by=request.actor, to=permissions.SEE_INCOMING)
    direction = Direction.objects.select_related("given_by").filter(incoming=incoming, id=direction_id).first()
    if direction is None:
        raise NotFound
    permissions.CHANGE_DIRECTION.require(request.actor, direction)
    return incoming


def _panel_again(request: ActorRequest, incoming: Incoming, key: str, form: Any) -> HttpResponse:
    panel = panels.INCOMING.get(key, incoming, request.actor)
    return drawn_incoming(request, panel, incoming, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
