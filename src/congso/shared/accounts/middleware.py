"""Give each request its actor."""

from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from congso.kernel import clock
from congso.kernel.web import Handler, answer
from congso.shared.accounts import hats, sessions
from congso.shared.accounts.hats import Seat
from congso.shared.authz.guards import GUARD

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class ActorFromSession:
    """Set ``request.actor`` and, for pages, ``account``, ``hat``, ``hats`` and ``hat_lost``.

    When the position worn ended since the last request, another that remains is put on and the user is told. A form
    filled in under the lost one goes only to views that keep what was typed (``hats.keeps_typed``).
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seat = hats.seat_of(request.session, on=clock.today())
        if seat.account is not None:
            sessions.touch(request.session, at=datetime.now(UTC))
        _give(request, seat)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        seat: Seat = request.seat  # type: ignore[attr-defined]  # given above
        if seat.account is None or hats.does_work_without_hat(view) or getattr(view, GUARD, "") == "for_everyone":
            return None
        if seat.account.must_change_password:
            return HttpResponseRedirect(reverse("accounts:password"))
        if seat.hat_lost is not None:
            return _tell_of_lost_hat(request, seat, view)
        if seat.hat is None:
            return _refuse_without_hat(request, seat)
        return None


def _give(request: HttpRequest, seat: Seat) -> None:
    for name in ("actor", "account", "hat", "hats", "hat_lost"):
        setattr(request, name, getattr(seat, name))
    request.seat = seat  # type: ignore[attr-defined]  # Django's request is open for this


def _tell_of_lost_hat(request: HttpRequest, seat: Seat, view: Callable[..., Any]) -> HttpResponse | None:
    if hats.does_keep_typed(view) and request.method not in _SAFE:
        return None
    if seat.hat is None:
        return _refuse_without_hat(request, seat)
    sentence = f"{seat.hat_lost.sentence} {_now_as(seat)}" if seat.hat_lost else ""
    if request.method in _SAFE:
        messages.warning(request, sentence)
        return None
    message = _("%(what)s Việc vừa bấm chưa được làm.") % {"what": sentence}
    return answer(request, code="accounts.hat_lost", message=message, status=HTTPStatus.CONFLICT)


def _refuse_without_hat(request: HttpRequest, seat: Seat) -> HttpResponse:
    happened = seat.hat_lost.sentence if seat.hat_lost else _("Tài khoản này chưa có chức vụ nào còn hiệu lực.")
    message = _("%(what)s Chưa có gì thay đổi. Hỏi quản trị của cơ quan để được giao chức vụ.") % {"what": happened}
    return answer(request, code="accounts.no_hat", message=message, status=HTTPStatus.FORBIDDEN)


def _now_as(seat: Seat) -> str:
    hat = seat.hat
    return _("Nay làm việc với tư cách %(hat)s.") % {"hat": f"{hat.title}, {hat.organ_name}" if hat else ""}
