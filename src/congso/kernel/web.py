"""The web's types and the one place where errors become answers."""

import logging
import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from congso.kernel.errors import DomainError

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from congso.kernel.actor import Actor

logger = logging.getLogger(__name__)

type Handler = Callable[[HttpRequest], HttpResponse]


class ActorRequest(HttpRequest):
    """A request that ``shared.accounts`` has given an actor."""

    actor: "Actor"
    htmx: "HtmxDetails"


class ErrorsAsAnswers:
    """Turn a ``DomainError`` into a page, an htmx partial or problem JSON; a bug into a page with a code to quote."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DomainError):
            return answer(request, code=error.code, message=str(error), status=error.status)
        if request.resolver_match is None:
            return None
        reference = secrets.token_hex(3).upper()
        logger.exception("Unexpected error %s at %s", reference, request.path)
        message = _("Có lỗi phía hệ thống, mã %(code)s. Chưa có gì thay đổi. Thử lại, nếu vẫn vậy báo quản trị kèm mã.")
        return answer(
            request, code="unexpected", message=message % {"code": reference}, status=HTTPStatus.INTERNAL_SERVER_ERROR
        )


def answer(request: HttpRequest, *, code: str, message: str, status: int) -> HttpResponse:
    """Say what went wrong in the form that the asker reads: problem JSON (RFC 9457), a partial, or a page."""
    if request.path.startswith("/api/"):
        problem = {"type": f"urn:congso:error:{code}", "title": message, "status": status}
        return JsonResponse(
            problem, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False}
        )
    htmx = getattr(request, "htmx", None)
    template = "ui/error.html#message" if htmx else "ui/error.html"
    return render(request, template, {"message": message, "code": code, "status": status}, status=status)
