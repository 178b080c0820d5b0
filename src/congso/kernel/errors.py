"""Anticipated errors: what happened, in Vietnamese, with a stable code. All others are bugs and fly."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """An act that could not be done, for a reason the user can understand.

    ``message`` is a Vietnamese sentence (or three: what happened, what was kept, what to do) with named placeholders;
    the facts are given to the constructor. ``kernel.web`` turns it into a page or an RFC 9457 problem.
    """

    code: ClassVar[str] = "error"
    message: ClassVar[str | Promise] = _("Không làm được việc này.")
    status: ClassVar[int] = HTTPStatus.CONFLICT

    def __init__(self, **facts: object) -> None:
        self.facts: Mapping[str, object] = facts
        super().__init__(f"{self.code} {dict(facts)}")

    def __str__(self) -> str:
        return str(self.message) % self.facts


class NotFound(DomainError):
    """No such thing, or one that the asker may not even know of."""

    code = "not_found"
    message = _("Không tìm thấy trang hoặc hồ sơ này. Có thể đường dẫn đã cũ, hoặc ông/bà không được xem.")
    status = HTTPStatus.NOT_FOUND


class NotPermitted(DomainError):
    """The asker sees the thing but may not do this with it."""

    code = "not_permitted"
    message = _("Vai trò đang chọn không được làm việc này. Đổi tư cách làm việc hoặc hỏi người phụ trách.")
    status = HTTPStatus.FORBIDDEN


class InvalidInput(DomainError):
    """What was given cannot be taken as it is.

    :param errors: for programs: each thing that is wrong, as ``pointer`` (its place in what was sent) and ``detail``.
    """

    code = "invalid_input"
    message = _("Nội dung gửi lên chưa đúng: %(detail)s")
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, *, errors: Sequence[dict[str, str]] = (), **facts: object) -> None:
        super().__init__(**facts)
        self.errors = errors
