"""Guards of routes. Every view carries exactly one; ``checks`` refuses to start otherwise.

A guard turns an anonymous visitor away at the door. Whether *this* record may be touched is asked by the command or
query behind the view, with the same permission.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from congso.kernel.web import ActorRequest, answer, is_api
from congso.shared.authz.rules import Permission

type View[**P] = Callable[Concatenate[ActorRequest, P], Any]

GUARD = "congso_guard"


def guarded[**P](permission: Permission[Any]) -> Callable[[View[P]], View[P]]:
    """Let in who has signed in; the record's own rule is ``permission``, asked by the command behind the view."""
    return _guard(permission.name)


def signed_in[**P](view: View[P]) -> View[P]:
    """Let in anyone who has signed in: for pages that show only the asker's own things."""
    return _guard("signed_in")(view)


def for_everyone[**P](view: View[P]) -> View[P]:
    """Let in everybody: for public pages, each reviewed in the table of routes."""
    setattr(view, GUARD, "for_everyone")
    return view


def _guard[**P](name: str) -> Callable[[View[P]], View[P]]:
    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded_view(request: ActorRequest, *args: P.args, **kwargs: P.kwargs) -> Any:
            if not request.actor.is_authenticated:
                return _to_the_door(request)
            return view(request, *args, **kwargs)

        setattr(guarded_view, GUARD, name)
        return cast("View[P]", guarded_view)

    return decorate


def _to_the_door(request: HttpRequest) -> HttpResponse:
    if is_api(request):
        return answer(request, code="sign_in_first", message=_("Cần đăng nhập trước."), status=HTTPStatus.UNAUTHORIZED)
    door = f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}"
    if getattr(request, "htmx", None):
        response = HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        response["HX-Redirect"] = door
        return response
    return HttpResponseRedirect(door)
