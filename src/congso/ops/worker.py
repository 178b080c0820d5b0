"""The worker: one process, two lanes. Periodic jobs have a lane of their own and never wait behind a backlog.

A lane fetches jobs over its own connections. What a job itself defers must go through Django's connection, to be kept
or lost with the job's transaction: so the tasks stay those of Django's app, and only the fetching is a lane's.
"""

import asyncio
import gc
import signal
from typing import Any

import django
from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import app as django_app
from procrastinate.contrib.django import connector_params
from procrastinate.contrib.django.db_cleanup import DjangoApp
from procrastinate.jobs import DeleteJobCondition

# Jobs at the same time in the lane of the backlog; with the other lane's one, no more than the database pool gives.
BACKLOG_CONCURRENCY = 2
# A worker tells that it lives; of one that has not told for this long the jobs are given to another, within a minute.
HEARTBEAT_SECONDS = 5.0
STALLED_SECONDS = 20.0
_STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


def periodic_queues(app: App) -> frozenset[str]:
    """Return the queues of the periodic tasks."""
    return frozenset(
        str(entry.configure_kwargs.get("queue") or entry.task.queue)
        for entry in app.periodic_registry.periodic_tasks.values()
    )


def lane_of(app: App, *, defers_periodic: bool) -> App:
    """Return an app that fetches the jobs of ``app``'s tasks over a small pool of its own."""
    lane = DjangoApp(connector=PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4))
    lane.tasks = app.tasks
    if defers_periodic:
        lane.periodic_registry = app.periodic_registry
    return lane


async def serve(app: App, *, wait: bool = True) -> None:
    """Serve all queues until SIGTERM or SIGINT; running jobs are finished.

    :param wait: False returns when no job is left (tests).
    """
    backlog, clockwork = lane_of(app, defers_periodic=False), lane_of(app, defers_periodic=wait)
    async with backlog.open_async(), clockwork.open_async():
        lanes = [
            asyncio.create_task(_work(backlog, "backlog", None, wait=wait)),
            asyncio.create_task(_work(clockwork, "clockwork", periodic_queues(app), wait=wait)),
        ]
        loop = asyncio.get_running_loop()
        for number in _STOP_SIGNALS:
            loop.add_signal_handler(number, lambda: [lane.cancel() for lane in lanes])
        # One lane that fails takes the process along; the runner starts it afresh.
        await asyncio.wait(lanes, return_when=asyncio.FIRST_COMPLETED if wait else asyncio.ALL_COMPLETED)
        for lane in lanes:
            lane.cancel()
        results = await asyncio.gather(*lanes, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            raise result


async def _work(lane: App, name: str, queues: frozenset[str] | None, *, wait: bool) -> None:
    of_queues: dict[str, Any] = {} if queues is None else {"queues": sorted(queues)}
    await lane.run_worker_async(
        name=name,
        concurrency=BACKLOG_CONCURRENCY if queues is None else 1,
        install_signal_handlers=False,
        delete_jobs=DeleteJobCondition.SUCCESSFUL,
        wait=wait,
        update_heartbeat_interval=HEARTBEAT_SECONDS,
        stalled_worker_timeout=STALLED_SECONDS,
        **of_queues,
    )


def main() -> None:
    django.setup()
    # What is there now stays for good: the collector need not look through it again and again.
    gc.freeze()
    asyncio.run(serve(django_app))
