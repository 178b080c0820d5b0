"""Jobs of the operation."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

from congso.ops.worker import STALLED_SECONDS


@app.periodic(cron="* * * * * */15")
@app.task(name="ops.retry_stalled", queue="stalled", queueing_lock="ops.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, /, timestamp: int, **_newer: object) -> None:
    """Give the jobs of a worker that died to another, within a minute. Jobs may run twice; this one too."""
    del timestamp
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        await manager.retry_job(job)
