"""The web's types and the one place where errors become answers."""

import logging
import secrets
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.kernel.errors import DomainError, InvalidInput

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from congso.kernel.actor import Actor

logger = logging.getLogger(__name__)

type Handler = Callable[[HttpRequest], HttpResponse]

API = "/api/"
# What a problem's ``title`` says: the same for every problem of a status; ``detail`` says what happened here.
TITLES = {
    HTTPStatus.BAD_REQUEST: gettext_lazy("Không đọc được nội dung gửi lên"),
    HTTPStatus.UNAUTHORIZED: gettext_lazy("Cần đăng nhập"),
    HTTPStatus.FORBIDDEN: gettext_lazy("Không được phép"),
    HTTPStatus.NOT_FOUND: gettext_lazy("Không tìm thấy"),
    HTTPStatus.METHOD_NOT_ALLOWED: gettext_lazy("Đường dẫn này không nhận phương thức ấy"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: gettext_lazy("Nội dung gửi lên quá lớn"),
    HTTPStatus.UNPROCESSABLE_ENTITY: gettext_lazy("Nội dung gửi lên chưa đúng"),
    HTTPStatus.TOO_MANY_REQUESTS: gettext_lazy("Gửi quá nhiều lần"),
    HTTPStatus.INTERNAL_SERVER_ERROR: gettext_lazy("Có lỗi phía hệ thống"),
}
ANOTHER_TITLE = gettext_lazy("Chưa làm được việc này")


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
            errors = error.errors if isinstance(error, InvalidInput) else ()
            return answer(request, code=error.code, message=str(error), status=error.status, errors=errors)
        if request.resolver_match is None:
            return None
        reference = secrets.token_hex(3).upper()
        logger.exception("Unexpected error %s at %s", reference, request.path)
        message = _("Có lỗi phía hệ thống, mã %(code)s. Chưa có gì thay đổi. Thử lại, nếu vẫn vậy báo quản trị kèm mã.")
        return answer(
            request, code="unexpected", message=message % {"code": reference}, status=HTTPStatus.INTERNAL_SERVER_ERROR
        )


def is_api(request: HttpRequest) -> bool:
    """Say whether a program asks: it reads problems, not pages."""
    return request.path.startswith(API)


def answer(
    request: HttpRequest, *, code: str, message: str, status: int, errors: Sequence[dict[str, str]] = ()
) -> HttpResponse:
    """Say what went wrong in the form that the asker reads: problem JSON (RFC 9457), a partial, or a page.

    :param errors: for programs: each thing that is wrong with what was sent, as ``pointer`` and ``detail``.
    """
    if is_api(request):
        return _problem(code=code, message=message, status=status, errors=errors)
    htmx = getattr(request, "htmx", None)
    template = "ui/error.html#message" if htmx else "ui/error.html"
    return render(request, template, {"message": message, "code": code, "status": status}, status=status)


def _problem(*, code: str, message: str, status: int, errors: Sequence[dict[str, str]]) -> HttpResponse:
    problem: dict[str, object] = {
        "type": f"urn:congso:error:{code}",
        "title": str(TITLES.get(HTTPStatus(status), ANOTHER_TITLE)),
        "status": int(status),
        "detail": message,
        "code": code,
    }
    if errors:
        problem["errors"] = list(errors)
    return JsonResponse(
        problem, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False}
    )
