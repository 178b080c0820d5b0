"""What an ordinary officer waits for, in a commune whose neighbours and own past hold a million papers.

One paper is made by the real commands and signatures; the others are copies of its row, with their own organ, number,
day and title, each with its recipient and its arrival at the district or another commune.
"""

import random
from collections.abc import Sequence

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congso.modules.documents.models import Document
from congso.ops.bench import Goal, Outcome
from congso.ops.bench.measuring import load, million
from congso.ops.demo.door import story_commune
from congso.ops.demo.keys_to_the_door import PASSWORD
from congso.ops.runner import Runner, web
from congso.ops.serving import free_port
from congso.ops.telling import step

OFFICER = "vanhoa.thanglong"
PER_SECOND, SECONDS, CONNECTIONS = 20, 30, 4
_TIMES_ALONE = 20


def run(scale: float) -> Outcome:
    """Make the papers and measure the lists of the menu and the page of a paper."""
    count = max(100, int(million.PAPERS * scale))
    seconds = max(2.0, SECONDS * min(1.0, scale * 10))
    call_command("collectstatic", interactive=False, verbosity=0)
    with step("Đặt đơn vị, người và một văn bản ký thật"):
        places = million.people_of([OFFICER])
        original = million.one_real_paper()
    with step(f"Sinh {count} văn bản của 29 xã, thị trấn"):
        million.copy(original, places, count)
    port = free_port()
    visitor = load.Visitor(port)
    with Runner([web(port, 2)], settings.DATA_FOLDER / "log") as runner, step("Đo trang danh sách và trang văn bản"):
        if not runner.look_after_until(load.answers(visitor, reverse("accounts:login"))):
            raise KeyboardInterrupt
        visitor.sign_in(reverse("accounts:login"), OFFICER, PASSWORD)
        lists, papers = _paths()
        kinds = (*lists, papers[0])
        queries = {path: _queries(path, visitor.cookie) for path in kinds}
        alone = {path: _alone(visitor, path) for path in kinds}
        paths = [path for paper in papers for path in (*lists, paper)]
        load.closed_loop(visitor.get, paths, connections=CONNECTIONS, seconds=seconds / 3)
        times = load.open_loop(visitor.get, paths, per_second=PER_SECOND, seconds=seconds)
        throughput = load.closed_loop(visitor.get, paths, connections=CONNECTIONS, seconds=seconds)
    return _outcome(count, seconds, queries, alone, times, throughput)


def _outcome(
    count: int,
    seconds: float,
    queries: dict[str, int],
    alone: dict[str, float],
    times: Sequence[float],
    throughput: float,
) -> Outcome:
    p99 = round(load.percentile(times, 0.99), 1)
    return Outcome(
        inputs={"papers": count, "communes": 29, "per_second": PER_SECOND, "seconds": seconds, "web_processes": 2},
        results={
            "queries_by_page": queries,
            "ms_alone_by_page": alone,
            "p50_ms": round(load.percentile(times, 0.5), 1),
            "p95_ms": round(load.percentile(times, 0.95), 1),
            "p99_ms": p99,
            "requests": len(times),
            "requests_per_s": round(throughput, 1),
        },
        goals=(
            Goal("queries", max(queries.values()), 12, "truy vấn", "at_most"),
            Goal("p99_ms", p99, 100, "ms", "at_most"),
            Goal("requests_per_s", round(throughput, 1), 150, "1/s", "at_least"),
        ),
    )


def _paths() -> tuple[list[str], list[str]]:
    """Return the lists that the menu opens and the pages of papers of the officer's own organ, far and near."""
    organ = story_commune()
    ids = list(Document.objects.filter(organ=organ).order_by("issued_date").values_list("id", flat=True)[:20_000])
    chosen = random.Random(1).sample(ids, min(20, len(ids)))  # noqa: S311 - a choice that repeats
    lists = [reverse("documents:incoming"), reverse("documents:outgoing")]
    return lists, [reverse("documents:detail", args=[found]) for found in chosen]


def _queries(path: str, cookie: str) -> int:
    """Return how many queries the whole response takes, the session's among them."""
    client = Client(headers={"host": "127.0.0.1", "cookie": cookie})
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    if answer.status_code != 200:  # noqa: PLR2004 - OK
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return len(captured)


def _alone(visitor: load.Visitor, path: str) -> float:
    """Return the median milliseconds of a page that nobody else asks for at the same time."""
    return round(load.percentile(load.closed_times(visitor.get, path, count=_TIMES_ALONE), 0.5), 1)
