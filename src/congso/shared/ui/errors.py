"""Django's own errors in the house's words: no such page, refused, a form without its token, a bug outside a view."""

import logging
import secrets
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from congso.kernel.errors import NotFound, NotPermitted
from congso.kernel.web import answer, is_api

# Names of fields that a page never gives back: secrets, and the token itself.
NEVER_SHOWN = frozenset({"csrfmiddlewaretoken", "password", "old", "new", "again", "pin"})

logger = logging.getLogger(__name__)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return answer(request, code=NotFound.code, message=str(NotFound()), status=HTTPStatus.NOT_FOUND)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return answer(request, code=NotPermitted.code, message=str(NotPermitted()), status=HTTPStatus.FORBIDDEN)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    message = _("Không đọc được nội dung gửi lên. Chưa có gì thay đổi. Tải lại trang rồi thử lần nữa.")
    return answer(request, code="bad_request", message=message, status=HTTPStatus.BAD_REQUEST)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form whose token is missing or of another sign-in; give back the words that were typed into it."""
    logger.info("Refused a form at %s: %s", request.path, reason)
    happened = _("Trang này mở từ trước lần đăng nhập hiện nay nên chưa gửi được. Chưa có gì thay đổi.")
    typed = [] if getattr(request, "htmx", None) or is_api(request) else typed_words(request.POST)
    if not typed:
        message = f"{happened} {_('Trở lại, tải lại trang rồi gửi lần nữa.')}"
        return answer(request, code="form_too_old", message=message, status=HTTPStatus.FORBIDDEN)
    message = f"{happened} {_('Nội dung vừa gõ còn ở dưới: mở lại trang, chép vào rồi gửi lần nữa.')}"
    context = {"message": message, "code": "form_too_old", "status": HTTPStatus.FORBIDDEN, "typed": typed}
    return render(request, "ui/form_too_old.html", context, status=HTTPStatus.FORBIDDEN)


def typed_words(data: QueryDict) -> list[str]:
    """Return what looks written by a hand: values of more than one word, without the secret ones and the machine's."""
    values = (value.strip() for name in data if name not in NEVER_SHOWN for value in data.getlist(name))
    return [value for value in values if " " in value and not value.startswith("{")]


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a bug outside a view, e.g. a database that is gone: a page that needs nothing but itself."""
    reference = secrets.token_hex(3).upper()
    logger.error("Unexpected error %s at %s", reference, request.path)
    message = _("Có lỗi phía hệ thống, mã %(code)s. Chưa có gì thay đổi. Thử lại, nếu vẫn vậy báo quản trị kèm mã.")
    message %= {"code": reference}
    if is_api(request):
        return answer(request, code="unexpected", message=message, status=HTTPStatus.INTERNAL_SERVER_ERROR)
    context = {"message": message, "code": "unexpected", "status": 500}
    return HttpResponse(render_to_string("ui/error.html", context), status=HTTPStatus.INTERNAL_SERVER_ERROR)
