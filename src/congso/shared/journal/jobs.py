"""The seal of each minute, on a queue of its own so that no backlog delays it."""

from procrastinate.contrib.django import app

from congso.kernel import clock
from congso.shared.journal import sealing


@app.periodic(cron="* * * * *")
@app.task(name="journal.seal", queue="journal", queueing_lock="journal.seal")
def seal(timestamp: int, **_newer: object) -> None:  # noqa: ARG001 - the scheduler's own
    """Seal the lines that are complete. What one run misses or fails at, the next minute's takes."""
    sealing.seal_lines(now=clock.now())
