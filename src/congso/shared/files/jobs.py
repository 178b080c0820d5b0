"""Housekeeping of stored contents."""

from procrastinate.contrib.django import app

from congso.shared.files import leftovers


@app.periodic(cron="40 2 * * *")
@app.task(name="files.remove_leftovers", queue="housekeeping", queueing_lock="files.remove_leftovers")
def remove_leftovers(timestamp: int, **_newer: object) -> None:  # noqa: ARG001 - the scheduler's own
    """Remove contents that no row names. Safe to run twice."""
    for prefix in leftovers.prefixes():
        leftovers.remove_leftovers_in(prefix)
