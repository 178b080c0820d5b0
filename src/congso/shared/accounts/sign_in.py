"""Signing in with name and password. Each try is kept before it is judged, so that tries at once count too."""

import unicodedata
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.clock import day_of
from congso.kernel.errors import DomainError, NotFound
from congso.shared import journal
from congso.shared.accounts import demo, passwords
from congso.shared.accounts.limits import TooManyAttempts, refuse_too_many
from congso.shared.accounts.models import Account, AttemptOutcome, LoginAttempt
from congso.shared.people.queries import get_position

LONGEST_NAME = 64


class WrongPassword(DomainError):
    code = "accounts.wrong_password"
    status = 422
    message = _("Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra bộ gõ tiếng Việt và phím Caps Lock rồi thử lại.")


class AccountLocked(DomainError):
    code = "accounts.locked"
    status = 403
    message = _("Tài khoản đã bị khóa. Gặp quản trị của cơ quan để được mở lại.")


def sign_in(username: str, password: str, *, address: str, now: datetime, real_now: datetime) -> Account:
    """Return the account whose name and password these are. Not one transaction: a refused try stays on the record.

    :param now: domain time, for the journal.
    :param real_now: for the limits.
    :raises TooManyAttempts: see :mod:`limits`; the password was not looked at.
    :raises WrongPassword: no such account, or another password; both answer alike and take as long.
    :raises AccountLocked: the password is right, but an administrator locked the account.
    """
    name = normal_name(username)
    attempt = LoginAttempt(username=name[:LONGEST_NAME], address=address, at=real_now)
    try:
        refuse_too_many(name, address, at=real_now)
    except TooManyAttempts:
        attempt.outcome = AttemptOutcome.REFUSED
        raise
    finally:
        attempt.save(force_insert=True)
    account = Account.objects.select_related("person").filter(username=name).first()
    if account is None:
        make_password(password)  # takes as long as checking one
        raise WrongPassword
    require_password(account, password)
    if not account.is_active:
        raise AccountLocked
    _succeed(attempt, account, now=now)
    return account


def require_password(account: Account, typed: str) -> None:
    """Let go on who knows the account's password.

    :raises WrongPassword: it is another.
    """
    if not check_password(passwords.as_typed(typed), account.password):
        raise WrongPassword


def normal_name(username: str) -> str:
    """Return a typed name as names are kept."""
    return unicodedata.normalize("NFKC", username).strip().lower()


@transaction.atomic(durable=True)
def _succeed(attempt: LoginAttempt, account: Account, *, now: datetime) -> None:
    attempt.outcome = AttemptOutcome.SUCCEEDED
    attempt.save(update_fields=["outcome"])
    actor = Actor(account_id=account.id, person_id=account.person_id)
    journal.record("accounts.signed_in", subject_id=account.id, by=actor, at=now)


@transaction.atomic(durable=True)
def step_into_role(position_id: UUID, *, now: datetime) -> Account:
    """Return the account of who holds an offered position, without a password: the demo's one click.

    :raises NotFound: no demo, the position is not offered, does not hold today, or its person has no open account.
    """
    if not settings.CONGSO_DEMO or not demo.is_offered(position_id):
        raise NotFound
    position = get_position(position_id, on=day_of(now))
    account = Account.objects.select_related("person").filter(person=position.person_id, is_active=True).first()
    if account is None:
        raise NotFound
    actor = Actor(account_id=account.id, person_id=account.person_id, position_id=position_id)
    journal.record("accounts.signed_in", subject_id=account.id, by=actor, at=now, demo=True)
    return account
