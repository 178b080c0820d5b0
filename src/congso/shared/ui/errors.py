"""Django's own errors in the house's words: no such page, refused, a form without its token, a bug outside a view."""

import logging
import secrets
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from congso.kernel.errors import NotFound, NotPermitted
from congso.kernel.web import answer

logger = logging.getLogger(__name__)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return answer(request, code=NotFound.code, message=str(NotFound()), status=HTTPStatus.NOT_FOUND)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return answer(request, code=NotPermitted.code, message=str(NotPermitted()), status=HTTPStatus.FORBIDDEN)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    message = _("Không đọc được nội dung gửi lên. Chưa có gì thay đổi. Tải lại trang rồi thử lần nữa.")
    return answer(request, code="bad_request", message=message, status=HTTPStatus.BAD_REQUEST)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form whose token is missing or of another sign-in."""
    logger.info("Refused a form at %s: %s", request.path, reason)
    message = _(
        "Trang này mở từ trước lần đăng nhập hiện nay nên chưa gửi được. Chưa có gì thay đổi."
        " Trở lại, tải lại trang rồi gửi lần nữa."
    )
    return answer(request, code="form_too_old", message=message, status=HTTPStatus.FORBIDDEN)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a bug outside a view, e.g. a database that is gone: a page that needs nothing but itself."""
    reference = secrets.token_hex(3).upper()
    logger.error("Unexpected error %s at %s", reference, request.path)
    message = _("Có lỗi phía hệ thống, mã %(code)s. Chưa có gì thay đổi. Thử lại, nếu vẫn vậy báo quản trị kèm mã.")
    context = {"message": message % {"code": reference}, "code": "unexpected", "status": 500}
    return HttpResponse(render_to_string("ui/error.html", context), status=HTTPStatus.INTERNAL_SERVER_ERROR)
