"""Keys of programs (khóa API): each acts as one position of its account, for a time, and ends with that position.

Only a digest is kept: the key itself is shown once. Moments are real time, as those of sessions.
"""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import cast
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, InvalidInput, NotFound
from congso.kernel.prepared import prepared
from congso.shared import journal
from congso.shared.accounts import permissions
from congso.shared.accounts.hats import Seat
from congso.shared.accounts.models import Account, ApiToken
from congso.shared.accounts.queries import hats_of, locked
from congso.shared.accounts.sign_in import require_password

PREFIX = "congso_"
HINT = 4
MOST_TOKENS = 20
LONGEST_DAYS = 366
CALLS_A_MINUTE = 600


class TokenRefused(DomainError):
    code = "accounts.token_refused"
    status = 401
    message = _(
        "Khóa API này không dùng được: sai, đã thu hồi, hết hạn, hoặc chức vụ mà nó đi theo không còn hiệu lực. "
        "Lập khóa khác ở trang Khóa API."
    )


class TooManyCalls(DomainError):
    code = "accounts.too_many_calls"
    status = 429
    message = _("Chương trình gửi quá %(limit)d lần trong một phút. Thử lại sau %(seconds)d giây.")


class TooManyTokens(DomainError):
    code = "accounts.too_many_tokens"
    message = _("Tài khoản này đã có %(count)d khóa API. Thu hồi khóa không dùng nữa rồi lập khóa mới.")


class TokenMadeBefore(DomainError):
    code = "accounts.token_made_before"
    message = _("Khóa này đã lập và chỉ hiện một lần. Nếu chưa chép được thì thu hồi nó và lập khóa khác.")


@dataclass(frozen=True, slots=True)
class MadeToken:
    """``secret`` is the key itself: it is nowhere else."""

    token: ApiToken
    secret: str


@transaction.atomic(durable=True)
def make_token(
    token_id: UUID, *, name: str, days: int, password: str, by: Actor, now: datetime, real_now: datetime
) -> MadeToken:
    """Make a key of the hat that is worn, under an id that the form carries.

    :param name: what the program is called, for its owner.
    :param days: how long it works, at most a year.
    :param password: the account's: a screen left open for a minute shall not act for a year.
    :raises NotPermitted: ``by`` wears no hat.
    :raises congso.shared.accounts.sign_in.WrongPassword: it is another.
    :raises InvalidInput: no name, or too long a time.
    :raises TokenMadeBefore: the same form was sent before.
    :raises TooManyTokens: the account has many already.
    """
    permissions.MAKE_TOKEN.require(by, None)
    account = locked(by)
    require_password(account, password)
    if ApiToken.objects.filter(id=token_id).exists():
        raise TokenMadeBefore
    if not name.strip() or not 1 <= days <= LONGEST_DAYS:
        raise InvalidInput(detail=_("ghi tên chương trình và thời hạn"))
    count = open_tokens(account.id, at=real_now).count()
    if count >= MOST_TOKENS:
        raise TooManyTokens(count=count)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        id=token_id,
        account=account,
        position_id=cast("UUID", by.position_id),
        name=name.strip(),
        digest=_digest(secret),
        hint=secret[-HINT:],
        created_at=real_now,
        expires_at=real_now + timedelta(days=days),
    )
    journal.record("accounts.token_made", subject_id=account.id, by=by, at=now, token=token.id, days=days)
    return MadeToken(token, secret)


@transaction.atomic(durable=True)
def revoke_token(token_id: UUID, *, by: Actor, now: datetime, real_now: datetime) -> ApiToken:
    """End one of the own account's keys at once.

    :raises NotFound: the account has no such open key.
    """
    account = locked(by)
    token = ApiToken.objects.filter(id=token_id, account=account, revoked_at=None).first()
    if token is None:
        raise NotFound
    token.revoked_at = real_now
    token.save(update_fields=["revoked_at"])
    journal.record("accounts.token_revoked", subject_id=account.id, by=by, at=now, token=token.id)
    return token


def end_tokens(account: Account, *, at: datetime) -> None:
    """End all keys of an account; the command that does so locked it and says why."""
    ApiToken.objects.filter(account=account, revoked_at=None).update(revoked_at=at)


def open_tokens(account_id: UUID, *, at: datetime) -> QuerySet[ApiToken]:
    """Return the keys of an account that are neither revoked nor expired, the newest first."""
    found = ApiToken.objects.filter(account=account_id, revoked_at=None, expires_at__gt=at)
    return found.select_related("position").order_by("-created_at", "id")


def seat_of_program(secret: str, *, on: date, at: datetime) -> Seat:
    """Return who acts by a key, in four queries; one of them counts the call.

    :raises TokenRefused: it opens nothing (any more).
    :raises TooManyCalls: the program asks more often than it may.
    """
    token = next(iter(_usable(digest=_digest(secret), at=at)), None)
    if token is None:
        raise TokenRefused
    calls = _count(token.id, at)
    if calls > CALLS_A_MINUTE:
        raise TooManyCalls(limit=CALLS_A_MINUTE, seconds=60 - at.second)
    hat = next((hat for hat in hats_of(token.account, on=on) if hat.position_id == token.position_id), None)
    if hat is None:
        raise TokenRefused
    # What was lent to the person at the desk is not lent to a program that may be older than the loan.
    hat = replace(hat, borrowed=frozenset())
    return Seat(hat.actor(on), token.account, hat, (hat,), is_program=True)


@prepared
def _usable(*, digest: str, at: datetime) -> QuerySet[ApiToken]:
    usable = ApiToken.objects.filter(digest=digest, revoked_at=None, expires_at__gt=at, account__is_active=True)
    return usable.select_related("account__person")


def _count(token_id: UUID, at: datetime) -> int:
    """Count a call in its minute and return how many there were. A crash may lose the count: it waits for no disk."""
    minute = at.replace(second=0, microsecond=0)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute(
            """
            UPDATE accounts_apitoken
            SET calls = CASE WHEN minute = %(minute)s THEN calls + 1 ELSE 1 END, minute = %(minute)s,
                last_used_at = %(at)s
            WHERE id = %(id)s RETURNING calls
            """,
            {"minute": minute, "at": at, "id": token_id},
        )
        return int(cursor.fetchone()[0])


def _digest(secret: str) -> str:
    """Return what is kept of a key. It is random, so one hash without salt suffices."""
    return hashlib.sha256(secret.encode(errors="surrogateescape")).hexdigest()
