"""The worker: what a job defers is kept or lost with the job's own transaction, and a dead worker's jobs go on."""

import asyncio

import pytest
from django.db import connection, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from congso.modules.documents.tests.worker import forget_jobs
from congso.ops import jobs, worker

pytestmark = pytest.mark.django_db(transaction=True)

_ran: list[str] = []


@pytest.fixture(autouse=True)
def _tasks(transactional_db):
    """Tasks for these tests only; what others left waiting is none of theirs."""
    forget_jobs()
    known = dict(app.tasks)
    _ran.clear()

    @app.task(name="ops.test_note", queue="test")
    def note(*, word: str) -> None:
        _ran.append(word)

    @app.task(name="ops.test_fail_after_deferring", queue="test", retry=RetryStrategy(max_attempts=1))
    def fail_after_deferring() -> None:
        with transaction.atomic():
            note.defer(word="lost")
            raise ValueError("nothing of this remains")

    @app.task(name="ops.test_defer_in_a_transaction", queue="test")
    def defer_in_a_transaction() -> None:
        with transaction.atomic():
            note.defer(word="kept")

    yield
    app.tasks.clear()
    app.tasks.update(known)


def work_off() -> None:
    for _round in range(10):
        if not ProcrastinateJob.objects.filter(status="todo").exists():
            return
        asyncio.run(worker.serve(app, wait=False))
    pytest.fail(f"never done: {list(ProcrastinateJob.objects.filter(status='todo').values_list('task_name'))}")


def test_what_a_job_defers_is_done_too():
    app.configure_task("ops.test_defer_in_a_transaction", queue="test").defer()

    work_off()

    assert _ran == ["kept"]


def test_what_a_failed_job_deferred_in_its_transaction_is_gone():
    app.configure_task("ops.test_fail_after_deferring", queue="test", allow_unknown=True).defer()

    asyncio.run(worker.serve(app, wait=False))

    assert not ProcrastinateJob.objects.filter(task_name="ops.test_note").exists()
    assert _ran == []


def test_jobs_done_leave_no_rows():
    app.configure_task("ops.test_note", queue="test").defer(word="once")

    work_off()

    assert not ProcrastinateJob.objects.filter(task_name="ops.test_note").exists()


@pytest.mark.parametrize("times", [1, 2])
def test_jobs_of_a_dead_worker_are_given_to_another(times):
    job_id = app.configure_task("ops.test_note", queue="test").defer(word="late")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '5 minutes') RETURNING id"
        )
        [dead] = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = 1 WHERE id = %s", [dead, job_id]
        )

    for _time in range(times):
        jobs.retry_stalled.defer(timestamp=0)
        work_off()

    assert _ran == ["late"]
