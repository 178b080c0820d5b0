"""What a password must be."""

import unicodedata

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from congso.kernel.errors import DomainError

SHORTEST = 10


class WeakPassword(DomainError):
    code = "accounts.weak_password"
    status = 422
    message = _(
        "Mật khẩu mới cần ít nhất 10 ký tự, không chỉ gồm chữ số, không chứa tên đăng nhập và không quá quen thuộc."
    )


def checked(password: str, *, username: str) -> str:
    """Return the password as it is hashed (NFC), if it is good enough.

    :raises WeakPassword: too short, only digits, the user's name, or one of the 20,000 most common.
    """
    password = as_typed(password)
    if len(password) < SHORTEST or password.isdecimal() or username in password.lower():
        raise WeakPassword
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError:
        raise WeakPassword from None
    return password


def as_typed(password: str) -> str:
    """Return one form for every way in which an input method composes Vietnamese letters."""
    return unicodedata.normalize("NFC", password)
