"""A million papers of 29 communes: one made by the real commands and signatures, the others copies of its rows.

Each copy has its own organ, number, day and title, its recipient, and its arrival at the next commune.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from congso.modules.documents.kinds import IncomingState
from congso.modules.documents.models import Document, Incoming, Recipient
from congso.ops.bench.measuring.posts import fill_posts
from congso.ops.demo import history, staff
from congso.ops.demo.papers import Paper

PAPERS = 1_000_000
# Up to the day on which benches run.
FIRST_DAY, DAYS = date(2021, 4, 3), 1000
_PAPER = Paper(date(2023, 11, 29), "BC", "Kết quả chuyển đổi số", "Nội dung để đo.", sender=0)


@dataclass(frozen=True, slots=True)
class Place:
    """One commune's committee with the positions that its papers name."""

    organ: UUID
    author: UUID
    chair: UUID


def people_of(usernames: Sequence[str]) -> list[Place]:
    """Fill the posts; only ``usernames`` get an account, only the writers of the real paper keys."""
    fill_posts(has_account=lambda post: post.username in usernames)
    _district, communes = history.desks()
    for desk in communes[:1]:
        staff.enrol_desk(desk.organ, desk.chair)
    return [Place(desk.organ, desk.author, desk.chair) for desk in communes]


def one_real_paper() -> Document:
    """Write one paper by the real commands, signed and issued."""
    history.write([_PAPER])
    return Document.objects.get(id=history.id_of(_PAPER))


def copy(original: Document, places: Sequence[Place], count: int) -> None:
    """Make ``count`` copies of a paper, spread over the places and days."""
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
                "state": f"'{IncomingState.CLOSED}'",
                "arrival_year": "extract(year FROM copies.day)",
                "arrival_number": "copies.n",
                "registered_at": at,
                "closed_at": at,
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
