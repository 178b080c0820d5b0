"""Jobs of the operation."""

from procrastinate import JobContext
from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *")
@app.task(name="ops.retry_stalled", queue="stalled", queueing_lock="ops.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, /, timestamp: int, **_newer: object) -> None:
    """Give the jobs of a worker that died to another. Jobs may run twice; this one too."""
    del timestamp
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)
