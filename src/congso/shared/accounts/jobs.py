"""What accounts forget by themselves."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from congso.shared.accounts.limits import FAMILIAR_FOR
from congso.shared.accounts.models import LoginAttempt, LoginSession


@app.periodic(cron="20 3 * * *")
@app.task(name="accounts.forget_expired", queue="housekeeping")
def forget_expired(timestamp: int, **_newer: object) -> None:
    """Delete sessions that ended by themselves, and attempts that no limit counts any more. Safe to run twice."""
    moment = datetime.fromtimestamp(timestamp, UTC)
    LoginSession.objects.filter(expire_date__lt=moment).delete()
    LoginAttempt.objects.filter(at__lt=moment - FAMILIAR_FOR).delete()
