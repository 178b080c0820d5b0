"""Making key pairs, so that who enrols a hundred keys need not wait for them."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from congso.kernel import clock
from congso.shared.keys import commands


@app.task(name="keys.make", queue="keys", retry=RetryStrategy(max_attempts=8, exponential_wait=2))
def make(*, key_id: str, **_newer: object) -> None:
    """Make one enrolled key's pair and certificate. Safe to run twice."""
    commands.make_pair(UUID(key_id), now=clock.now())
