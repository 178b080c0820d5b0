"""A worker for tests: runs what was deferred, in the test's own transaction, in the order it was deferred."""

import json
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app

MOST_ROUNDS = 100


def run_jobs(*, twice: bool = False, except_for: frozenset[str] = frozenset()) -> list[str]:
    """Run all jobs that wait, and those that they defer; return their names.

    :param twice: run each a second time at once: every job has to bear that.
    :param except_for: names of tasks that stay waiting, as if the worker had died before them.
    """
    ran: list[str] = []
    for _ in range(MOST_ROUNDS):
        waiting = _waiting(except_for)
        if not waiting:
            return ran
        for job_id, name, args in waiting:
            for _time in range(1 + twice):
                app.tasks[name](**args)
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job_id])
            ran.append(name)
    raise AssertionError("jobs keep deferring jobs")


def _waiting(except_for: frozenset[str]) -> list[tuple[int, str, dict[str, Any]]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
        return [(job_id, name, json.loads(args)) for job_id, name, args in cursor.fetchall() if name not in except_for]


def forget_jobs() -> None:
    """Forget what earlier tests left waiting: a test with real commits empties the tables, but not the queue."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
