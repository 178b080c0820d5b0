"""The fold, on a queue of its own so that no backlog makes figures old."""

from procrastinate.contrib.django import app

from congso.kernel import clock
from congso.shared.figures.folding import BATCH, fold


@app.periodic(cron="* * * * *")
@app.task(name="figures.fold", queue="figures", queueing_lock="figures.fold")
def fold_marks(timestamp: int, **_newer: object) -> None:  # noqa: ARG001 - the library gives it
    """Fold what acts have marked, until little is left. Safe to run twice, and side by side."""
    while fold(now=clock.now()) == BATCH:
        continue
