"""Signing what was confirmed."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Final
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from congso.kernel import clock
from congso.modules.signing import commands, queries

logger = logging.getLogger(__name__)

# What waits longer than this has lost its job.
PATIENCE: Final = timedelta(minutes=2)


class SomeNotSigned(RuntimeError):
    """Signatures that failed for no known reason: the job is tried again."""


@app.task(name="signing.sign", queue="signing", retry=RetryStrategy(max_attempts=6, exponential_wait=3))
def sign_request(*, request_id: str, **_newer: object) -> None:
    """Make every signature of a request that is still to be made. Safe to run twice."""
    _sign_each(queries.waiting_items(UUID(request_id)))


@app.periodic(cron="* * * * *")
@app.task(name="signing.sweep", queue="periodic")
def sweep(timestamp: int = 0, **_newer: object) -> None:  # noqa: ARG001 - the scheduler gives it
    """Take up what was confirmed and lost its job, and end what has expired."""
    _sign_each(queries.forgotten_items(before=clock.now() - PATIENCE))


def _sign_each(item_ids: Iterable[UUID]) -> None:
    """Sign one after the other; what stops one does not stop the others."""
    stopped = []
    for item_id in item_ids:
        try:
            commands.sign_item(item_id, now=clock.now())
        except Exception:
            logger.exception("Signature %s was not made", item_id)
            stopped.append(item_id)
    if stopped:
        raise SomeNotSigned(f"{len(stopped)} of them")
