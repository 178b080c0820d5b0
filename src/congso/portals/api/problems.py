"""What the framework refuses by itself, said in the house's words by the one place that answers errors."""

from http import HTTPStatus
from typing import Any, Never

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from congso.kernel.errors import InvalidInput
from congso.kernel.web import answer

# Where a value was looked for is no part of its place in what was sent.
SOURCES = frozenset({"body", "query", "path", "header", "form", "sent", "place"})
WORDS = {
    "missing": gettext_lazy("thiếu mục này"),
    "extra_forbidden": gettext_lazy("API không có mục này"),
    "uuid_parsing": gettext_lazy("không phải là một mã UUID"),
    "uuid_type": gettext_lazy("không phải là một mã UUID"),
    "int_parsing": gettext_lazy("không phải là số nguyên"),
    "int_type": gettext_lazy("không phải là số nguyên"),
    "bool_parsing": gettext_lazy("chỉ nhận true hoặc false"),
    "bool_type": gettext_lazy("chỉ nhận true hoặc false"),
    "string_type": gettext_lazy("không phải là chữ"),
    "string_unicode": gettext_lazy("có ký tự không đọc được"),
    "string_pattern_mismatch": gettext_lazy("có ký tự không dùng được ở đây"),
    "string_too_long": gettext_lazy("dài quá %(max_length)s ký tự"),
    "too_long": gettext_lazy("có quá %(max_length)s mục"),
    "list_type": gettext_lazy("không phải là một danh sách"),
    "dict_type": gettext_lazy("không phải là một đối tượng"),
    "date_from_datetime_parsing": gettext_lazy("không phải là ngày dạng 2023-12-08"),
    "date_parsing": gettext_lazy("không phải là ngày dạng 2023-12-08"),
    "date_type": gettext_lazy("không phải là ngày dạng 2023-12-08"),
    "greater_than_equal": gettext_lazy("nhỏ hơn %(ge)s"),
    "less_than_equal": gettext_lazy("lớn hơn %(le)s"),
    "literal_error": gettext_lazy("chỉ nhận một trong các giá trị: %(expected)s"),
    "enum": gettext_lazy("chỉ nhận một trong các giá trị: %(expected)s"),
}


def register(api: NinjaAPI) -> None:
    """Let every error of the API be answered by ``kernel.web``."""
    api.add_exception_handler(Exception, _let_fly)
    api.add_exception_handler(ValidationError, _not_valid)
    api.add_exception_handler(AuthenticationError, _not_signed_in)
    api.add_exception_handler(RequestDataTooBig, _too_big)
    api.add_exception_handler(HttpError, _not_readable)


def _let_fly(_request: HttpRequest, error: Exception | type[Exception]) -> Never:
    raise error


def _not_signed_in(request: HttpRequest, _error: object) -> HttpResponse:
    response = answer(request, code="sign_in_first", message=_("Cần đăng nhập trước."), status=HTTPStatus.UNAUTHORIZED)
    response["WWW-Authenticate"] = "Bearer"
    return response


def _too_big(request: HttpRequest, _error: object) -> HttpResponse:
    message = _("Nội dung gửi lên quá lớn, chưa có gì thay đổi.")
    return answer(request, code="too_large", message=message, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _not_readable(request: HttpRequest, _error: object) -> HttpResponse:
    message = _("Nội dung gửi lên không phải là JSON đọc được. Chưa có gì thay đổi.")
    return answer(request, code="bad_request", message=message, status=HTTPStatus.BAD_REQUEST)


def _not_valid(request: HttpRequest, error: Any) -> HttpResponse:
    errors = [{"pointer": _pointer(one["loc"]), "detail": _detail(one)} for one in error.errors]
    first = errors[0]
    said = f"{first['pointer'].removeprefix('/')}: {first['detail']}" if first["pointer"] else first["detail"]
    message = str(InvalidInput(detail=said))
    return answer(
        request, code=InvalidInput.code, message=message, status=HTTPStatus.UNPROCESSABLE_ENTITY, errors=errors
    )


def _pointer(place: tuple[str | int, ...]) -> str:
    """Return the place of a value as a JSON pointer into what was sent."""
    steps = list(place)
    while steps and steps[0] in SOURCES:
        steps.pop(0)
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def _detail(error: dict[str, Any]) -> str:
    words = WORDS.get(error["type"])
    facts = dict(error.get("ctx", {}))
    if "expected" in facts:
        # The library joins the last of the values by an English word.
        facts["expected"] = f" {_('hoặc')} ".join(facts["expected"].rsplit(" or ", 1))
    return str(words) % facts if words else _("giá trị này không dùng được")
