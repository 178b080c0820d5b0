"""What an ordinary officer waits for, in a commune whose neighbours and own past hold a million papers.

One paper is made by the real commands and signatures; the others are copies of its row, with their own organ, number,
day and title, each with its recipient and its arrival at the district or another commune.
"""

import http.client
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congso.kernel.actor import Actor
from congso.modules.documents.models import Document, Incoming, Recipient
from congso.ops.bench import Goal, Outcome, load
from congso.ops.demo import history, staff
from congso.ops.demo.door import story_commune
from congso.ops.demo.papers import Paper
from congso.ops.runner import Runner, web
from congso.ops.serving import free_port
from congso.ops.telling import step
from congso.shared.accounts import commands as accounts
from congso.shared.organs.locality import load_locality
from congso.shared.people import commands as people

PAPERS = 1_000_000
FIRST_DAY, DAYS = date(2021, 1, 4), 1000
OFFICER, PASSWORD = "vanhoa.thanglong", "đo trên dữ liệu tự sinh"
PER_SECOND, SECONDS, CONNECTIONS = 20, 30, 4
_TIMES_ALONE = 20
_PAPER = Paper(date(2023, 11, 29), "BC", "Kết quả chuyển đổi số", "Nội dung để đo.", sender=0)


@dataclass(frozen=True, slots=True)
class Place:
    """One commune's committee with the positions that its papers name."""

    organ: UUID
    author: UUID
    chair: UUID


def run(scale: float) -> Outcome:
    """Make the papers and measure the lists of the menu and the page of a paper."""
    count = max(100, int(PAPERS * scale))
    seconds = max(2.0, SECONDS * min(1.0, scale * 10))
    call_command("collectstatic", interactive=False, verbosity=0)
    with step("Đặt đơn vị, người và một văn bản ký thật"):
        places = _people()
        original = _one_real_paper()
    with step(f"Sinh {count} văn bản của 29 xã, thị trấn"):
        _copy(original, places, count)
    port = free_port()
    visitor = load.Visitor(port)
    with Runner([web(port, 2)], settings.DATA_FOLDER / "log") as runner, step("Đo trang danh sách và trang văn bản"):
        if not runner.look_after_until(_answers(visitor)):
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


def _people() -> list[Place]:
    """Fill the posts; only the officer gets an account, only the writers of the real paper keys."""
    load_locality(staff.IN_OFFICE_SINCE)
    system, now = Actor.system(), staff.IN_OFFICE_SINCE
    for post in staff.posts():
        person = people.register_person(post.name or "Nguyễn Văn Đo", is_generated=True, by=system, now=now)
        people.appoint(
            person.id,
            organ_id=post.organ,
            role=post.role,
            title=post.title,
            rank=post.rank,
            starts=date(2021, 7, 1),
            by=system,
            now=now,
        )
        if post.username == OFFICER:
            accounts.create_account(
                person.id, username=OFFICER, password=PASSWORD, must_change=False, by=system, now=now
            )
    _district, communes = history.desks()
    for desk in communes[:1]:
        staff.enrol_desk(desk.organ, desk.chair)
    return [Place(desk.organ, desk.author, desk.chair) for desk in communes]


def _one_real_paper() -> Document:
    history.write([_PAPER])
    return Document.objects.get(id=history.id_of(_PAPER))


def _copy(original: Document, places: list[Place], count: int) -> None:
    organs = [place.organ for place in places]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE copies (n bigint, id uuid, arrival uuid, place int, day date)")
        cursor.execute(
            "INSERT INTO copies SELECT n, uuidv7(), uuidv7(), n %% %s + 1, %s::date + ((n * %s) / %s)::int"
            " FROM generate_series(1, %s) AS n",
            [len(places), FIRST_DAY, DAYS, count, count],
        )
        at = "(copies.day + time '15:00') AT TIME ZONE 'Asia/Ho_Chi_Minh'"
        title = "'Kết quả chuyển đổi số, kỳ ' || copies.n"
        _insert(
            cursor,
            original,
            {
                "id": "copies.id",
                "organ_id": "(%s::uuid[])[copies.place]",
                "drafting_organ_id": "(%s::uuid[])[copies.place]",
                "author_id": "(%s::uuid[])[copies.place]",
                "signatory_id": "(%s::uuid[])[copies.place]",
                "subject": title,
                "number": "copies.n + 1000",
                "issued_date": "copies.day",
                "issued_at": at,
                "created_at": at,
                "changed_at": at,
            },
            [organs, organs, [place.author for place in places], [place.chair for place in places]],
        )
        _insert(
            cursor,
            Recipient.objects.filter(document=original).get(),
            {"id": "uuidv7()", "document_id": "copies.id"},
            [],
        )
        _insert(
            cursor,
            Incoming.objects.filter(document=original).get(),
            {
                "id": "copies.arrival",
                # What a commune sends arrives at the next one, so that every organ has papers of both kinds.
                "organ_id": "(%s::uuid[])[copies.place %% %s + 1]",
                "document_id": "copies.id",
                "subject": title,
                "document_date": "copies.day",
                "arrived_at": at,
            },
            [organs, len(organs)],
        )
        cursor.execute("DROP TABLE copies")
        cursor.execute("VACUUM ANALYZE")


def _insert(
    cursor: object, row: Document | Recipient | Incoming, changed: dict[str, str], values: list[object]
) -> None:
    """Insert a copy of ``row`` for each line of ``copies``, with other expressions for the ``changed`` columns."""
    table, key = row._meta.db_table, row._meta.pk.column  # noqa: SLF001 - public API in spite of its name
    columns = [str(field.column) for field in row._meta.concrete_fields if not field.generated]  # noqa: SLF001
    wanted = ", ".join(changed.get(column, f"model.{column}") for column in columns)
    # The names are of our own models and the expressions our own text.
    query = (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {wanted}"  # noqa: S608
        f" FROM copies CROSS JOIN {table} AS model WHERE model.{key} = %s"
    )
    cursor.execute(query, [*values, row.pk])  # type: ignore[attr-defined]


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


def _answers(visitor: load.Visitor) -> Callable[[], bool]:
    def is_over() -> bool:
        try:
            visitor.get(reverse("accounts:login"))
        except (OSError, http.client.HTTPException, RuntimeError):
            return False
        return True

    return is_over
