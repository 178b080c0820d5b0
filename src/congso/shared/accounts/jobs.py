"""What accounts forget by themselves."""

from datetime import UTC, datetime, timedelta

from django.db.models import Q
from procrastinate.contrib.django import app

from congso.shared.accounts.limits import FAMILIAR_FOR
from congso.shared.accounts.models import ApiToken, LoginAttempt, LoginSession

TOKENS_SHOWN_FOR = timedelta(days=90)


@app.periodic(cron="20 3 * * *")
@app.task(name="accounts.forget_expired", queue="housekeeping")
def forget_expired(timestamp: int, **_newer: object) -> None:
    """Delete sessions and keys that ended, and attempts that no limit counts any more. Safe to run twice."""
    moment = datetime.fromtimestamp(timestamp, UTC)
    ended = moment - TOKENS_SHOWN_FOR
    ApiToken.objects.filter(Q(expires_at__lt=ended) | Q(revoked_at__lt=ended)).delete()
    LoginSession.objects.filter(expire_date__lt=moment).delete()
    LoginAttempt.objects.filter(at__lt=moment - FAMILIAR_FOR).delete()
