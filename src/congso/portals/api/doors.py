"""How one comes in: a program by its token, a browser by its session and the token of its forms."""

from http import HTTPStatus

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from congso.kernel.errors import DomainError
from congso.shared.accounts.hats import Seat


class FormTokenMissing(DomainError):
    code = "form_token_missing"
    status = HTTPStatus.FORBIDDEN
    message = _(
        "Trình duyệt phải gửi kèm mã chống giả mạo trong tiêu đề X-CSRFToken. Chưa có gì thay đổi. "
        "Chương trình thì dùng khóa API trong tiêu đề Authorization."
    )


class ByToken(AuthBase):
    """``Authorization: Bearer``: a key of one position. ``accounts.middleware`` has read it already."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> bool:
        seat: Seat = request.seat  # type: ignore[attr-defined]  # given by the accounts' middleware
        return seat.is_program


class BySession(AuthBase):
    """The cookie of who has signed in on the site; what changes something also needs ``X-CSRFToken``."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = "sessionid"

    def __call__(self, request: HttpRequest) -> bool:
        seat: Seat = request.seat  # type: ignore[attr-defined]  # given by the accounts' middleware
        if not seat.actor.is_authenticated or seat.is_program:
            return False
        if check_csrf(request) is not None:
            raise FormTokenMissing
        return True


DOORS = (ByToken(), BySession())
