"""How often one may try to sign in; real time, never the domain clock.

Three counts of failures in a quarter of an hour: of one account from one address, of one account from anywhere, of one
address. The second and third do not count for a *familiar* pair, an account that signed in from that address within
the last 30 days: a stranger's guesses lock no official out, and one clumsy colleague does not lock out an office behind
one address.
"""

from datetime import datetime, timedelta
from math import ceil

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from congso.kernel.errors import DomainError
from congso.shared.accounts.models import AttemptOutcome, LoginAttempt

WINDOW = timedelta(minutes=15)
FAMILIAR_FOR = timedelta(days=30)
FAILURES_OF_A_PAIR = 5
FAILURES_OF_AN_ACCOUNT = 20
FAILURES_OF_AN_ADDRESS = 50


class TooManyAttempts(DomainError):
    code = "accounts.too_many_attempts"
    status = 429
    message = _(
        "Đã thử sai quá nhiều lần. Thử lại sau %(minutes)d phút, hoặc gặp quản trị của cơ quan để đặt lại mật khẩu."
    )


def refuse_too_many(username: str, address: str, *, at: datetime) -> None:
    """Let a try go on, or not.

    :raises TooManyAttempts: with the minutes until the next try.
    """
    pair = Q(username=username, address=address)
    succeeded = LoginAttempt.objects.filter(pair, outcome=AttemptOutcome.SUCCEEDED, at__gt=at - FAMILIAR_FOR)
    last_success = succeeded.order_by("-at").values_list("at", flat=True).first()
    failed = LoginAttempt.objects.filter(outcome=AttemptOutcome.FAILED, at__gt=at - WINDOW)
    since = failed.filter(pair, at__gt=last_success) if last_success else failed.filter(pair)
    _refuse(since, FAILURES_OF_A_PAIR, at)
    if last_success is None:
        _refuse(failed.filter(username=username), FAILURES_OF_AN_ACCOUNT, at)
        _refuse(failed.filter(address=address), FAILURES_OF_AN_ADDRESS, at)


def _refuse(failed: QuerySet[LoginAttempt], limit: int, at: datetime) -> None:
    """Refuse while ``limit`` failures lie within the window: until the oldest of the last ones leaves it."""
    last = list(failed.order_by("-at").values_list("at", flat=True)[:limit])
    if len(last) == limit:
        raise TooManyAttempts(minutes=max(1, ceil((last[-1] + WINDOW - at).total_seconds() / 60)))
