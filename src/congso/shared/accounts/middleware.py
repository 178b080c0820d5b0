"""Give each request its actor."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from congso.kernel import clock
from congso.kernel.errors import DomainError
from congso.kernel.web import Handler, answer, is_api
from congso.shared.accounts import hats, sessions, tokens
from congso.shared.accounts.hats import HatLost, Seat
from congso.shared.accounts.queries import Hat
from congso.shared.authz.guards import GUARD

FORBIDDEN, CONFLICT = 403, 409
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class ActorFromSession:
    """Set ``request.actor`` and, for pages, ``account``, ``hat``, ``hats`` and ``hat_lost``.

    When the position worn ended since the last page, another that remains is put on and the user is told. Until a
    whole page told so, a form filled in under the lost one goes only to views that keep what was typed
    (``hats.keeps_typed``): nothing is done under a hat that its user did not see.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        secret = _key_of_a_program(request)
        if secret is None:
            seat = hats.seat_of(request.session, on=clock.today())
            if seat.account is not None:
                sessions.touch(request.session, at=datetime.now(UTC))
        else:
            try:
                seat = tokens.seat_of_program(secret, on=clock.today(), at=datetime.now(UTC))
            except DomainError as error:
                return _refused(request, error)
        for name in ("actor", "account", "hat", "hats", "hat_lost"):
            setattr(request, name, getattr(seat, name))
        request.seat = seat  # type: ignore[attr-defined]  # Django's request is open for this
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        seat: Seat = request.seat  # type: ignore[attr-defined]  # given above
        if seat.account is None:
            return None
        if _is_whole_page(request):
            _tell_and_settle(request, seat)
        if hats.does_work_without_hat(view) or getattr(view, GUARD, "") == "for_everyone":
            return None
        if seat.account.must_change_password:
            return _to_the_password(request)
        return _refuse_under_lost_hat(request, seat, view)


def _to_the_password(request: HttpRequest) -> HttpResponse:
    if is_api(request):
        message = _("Tài khoản này phải đổi mật khẩu trên trang web trước.")
        return answer(request, code="accounts.must_change_password", message=message, status=FORBIDDEN)
    return HttpResponseRedirect(reverse("accounts:password"))


def _key_of_a_program(request: HttpRequest) -> str | None:
    """Return the key that a program sent; pages know none."""
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if is_api(request) and scheme.lower() == "bearer" else None


def _refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    response = answer(request, code=error.code, message=str(error), status=error.status)
    if isinstance(error, tokens.TooManyCalls):
        response["Retry-After"] = str(error.facts["seconds"])
    else:
        response["WWW-Authenticate"] = "Bearer"
    return response


def _is_whole_page(request: HttpRequest) -> bool:
    """Say whether the user will see a whole page, not a part of one that a script fetches."""
    is_page = request.headers.get("Sec-Fetch-Dest", "document") == "document" and not is_api(request)
    return request.method == "GET" and is_page and not getattr(request, "htmx", None)


def _tell_and_settle(request: HttpRequest, seat: Seat) -> None:
    hats.settle(request.session, seat)
    if seat.hat_lost is not None and seat.hat is not None:
        messages.warning(request, _now_as(seat.hat_lost, seat.hat))


def _refuse_under_lost_hat(request: HttpRequest, seat: Seat, view: Callable[..., Any]) -> HttpResponse | None:
    is_form = request.method not in _SAFE
    if seat.hat_lost is not None and is_form and hats.does_keep_typed(view):
        return None
    if seat.hat is None:
        happened = seat.hat_lost.sentence if seat.hat_lost else _("Tài khoản này chưa có chức vụ nào còn hiệu lực.")
        undone = _("Việc vừa bấm chưa được làm.") if is_form else ""
        whom = _("Hỏi quản trị của cơ quan để được giao chức vụ.")
        message = " ".join(filter(None, [happened, undone, whom]))
        return answer(request, code="accounts.no_hat", message=message, status=FORBIDDEN)
    if seat.hat_lost is not None and is_form:
        message = _("%(what)s Việc vừa bấm chưa được làm.") % {"what": _now_as(seat.hat_lost, seat.hat)}
        return answer(request, code="accounts.hat_lost", message=message, status=CONFLICT)
    return None


def _now_as(lost: HatLost, hat: Hat) -> str:
    now = _("Nay làm việc với tư cách %(hat)s.") % {"hat": f"{hat.title}, {hat.organ_name}"}
    return f"{lost.sentence} {now}"
