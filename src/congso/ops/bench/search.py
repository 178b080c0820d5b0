"""What looking for a paper costs among a million with their bodies, as the page of search asks.

Bodies are six of some thousand paragraphs of words that are as frequent as words of a language are (Zipf). Each paper
may be found by one of 29 communes; every second one by the district too.
"""

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from uuid import UUID

from django.db import connection

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.vietnamese import fold
from congso.modules.documents import findable
from congso.ops.bench import Goal, Outcome
from congso.ops.bench.measuring import load, million
from congso.ops.demo import history
from congso.ops.demo.door import story_commune
from congso.ops.telling import step
from congso.shared.accounts.queries import actor_for
from congso.shared.organs.queries import labels
from congso.shared.people.queries import positions_in
from congso.shared.search.finding import look
from congso.shared.search.models import Entry

PARAGRAPHS, WORDS, IN_A_BODY = 4_000, 25, 6
QUERIES, HITS = 200, 50
# As one text each: a list of so many short words is not read by anybody.
ONSETS = "b c ch d đ g h kh l m n ng nh ph qu r s t th tr v x"
RIMES = "a á à ả ạ an án ản ạn ao áo em ên ến in ính ô ố ổ ộ ông ống ơ ờ ới ợi u ú ủ ua ưa ứng ượng ước y ý ỷ ia"


def run(scale: float) -> Outcome:
    """Fill the index, ask 200 queries of each of five classes, in turn by a commune's and the district's officer."""
    count = max(1_000, int(million.PAPERS * scale))
    asked = max(20, int(QUERIES * min(1.0, scale * 10)))
    chance = random.Random(1)  # noqa: S311 - a choice that repeats
    words = _vocabulary(chance)
    with step("Đặt đơn vị và người"):
        places = million.people_of([])
    with step(f"Sinh {count} văn bản có nội dung và lập chỉ mục"):
        paragraphs = _paragraphs(words, chance)
        _fill(count, paragraphs, places)
    askers = _askers()
    results: dict[str, object] = {"index_mb": _index_megabytes()}
    worst_p50 = worst_p99 = 0.0
    with step("Đo năm loại câu hỏi"):
        for name, queries in _classes(words, paragraphs, chance, asked).items():
            times = list(_times(queries, askers))
            p50, p99 = load.percentile(times, 0.5), load.percentile(times, 0.99)
            results[name] = {"p50_ms": round(p50, 1), "p99_ms": round(p99, 1), "example": queries[0]}
            worst_p50, worst_p99 = max(worst_p50, p50), max(worst_p99, p99)
    return Outcome(
        inputs={"papers": count, "words_in_a_body": WORDS * IN_A_BODY, "vocabulary": len(words), "queries": asked},
        results=results,
        goals=(
            Goal("p50_ms", round(worst_p50, 1), 20, "ms", "at_most"),
            Goal("p99_ms", round(worst_p99, 1), 100, "ms", "at_most"),
        ),
    )


def _vocabulary(chance: random.Random) -> list[str]:
    """Return words with their marks, the commonest first."""
    words = [onset + rime for onset, rime in product(ONSETS.split(), RIMES.split())]
    words += [f"{first}{second}" for first, second in zip(words, reversed(words), strict=True)]
    chance.shuffle(words)
    return list(dict.fromkeys(words))


def _paragraphs(words: Sequence[str], chance: random.Random) -> list[str]:
    weights = [1 / (rank + 3) for rank in range(len(words))]
    return [" ".join(chance.choices(words, weights, k=WORDS)) for _ in range(PARAGRAPHS)]


def _classes(
    words: Sequence[str], paragraphs: Sequence[str], chance: random.Random, asked: int
) -> Mapping[str, list[str]]:
    common, middling = words[:40], words[200:800]

    def two_of(some: Sequence[str]) -> str:
        return " ".join(chance.sample(some, 2))

    return {
        "rare_phrase": [_rarest(chance.choice(paragraphs), words) for _ in range(asked)],
        "two_common_words": [two_of(common) for _ in range(asked)],
        "with_organ": [f"{chance.choice(common)} {chance.choice(middling)} Thăng Long" for _ in range(asked)],
        "no_hit": [f"{chance.choice(middling)} khongcotu{number}" for number in range(asked)],
        "without_accents": [fold(two_of(middling)) for _ in range(asked)],
    }


def _rarest(paragraph: str, words: Sequence[str]) -> str:
    """Return the three neighbours of a paragraph that are the least frequent together."""
    ranks = {word: rank for rank, word in enumerate(words)}
    found = paragraph.split()
    start = max(range(len(found) - 2), key=lambda at: sum(ranks[word] for word in found[at : at + 3]))
    return " ".join(found[start : start + 3])


def _times(queries: Sequence[str], askers: Sequence[Actor]) -> Iterator[float]:
    """Yield the milliseconds that the page of search would wait for the database's answers."""
    for number, query in enumerate(queries):
        by = askers[number % len(askers)]
        begun = time.perf_counter()
        look(query, by=by, limit=HITS)
        yield (time.perf_counter() - begun) * 1000


def _askers() -> list[Actor]:
    """Return an officer of a commune and one of the district: the first may find little, the other half of all."""
    today = clock.today()
    district, _communes = history.desks()
    found = []
    for organ in (story_commune(), district.organ):
        position = positions_in([organ], today)[0]
        found.append(actor_for(position.id, on=today))
    return found


def _fill(count: int, paragraphs: Sequence[str], places: Sequence[million.Place]) -> None:
    """Put the papers into the index at one go, and build its indexes afterwards."""
    organs = [place.organ for place in places]
    district, _communes = history.desks()
    senders = _names(organs)
    with connection.schema_editor() as editor:
        for index in Entry._meta.indexes:  # noqa: SLF001 - Django's documented API
            editor.remove_index(Entry, index)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE paragraphs (n int PRIMARY KEY, folded tsvector, written tsvector)")
        cursor.executemany(
            "INSERT INTO paragraphs"
            " SELECT %s, setweight(to_tsvector('congso_folded', t), 'D'), to_tsvector('pg_catalog.simple', t)"
            " FROM (SELECT %s::text AS t)",
            list(enumerate(paragraphs)),
        )
        cursor.execute("ANALYZE paragraphs")
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute(_INSERT, {
            "kind": findable.OUTGOING, "first": million.FIRST_DAY, "days": million.DAYS, "count": count,
            "senders": senders, "organs": organs, "district": district.organ, "paragraphs": len(paragraphs),
        })  # fmt: skip
        cursor.execute("SET maintenance_work_mem = '512MB'")
    with connection.schema_editor() as editor:
        for index in Entry._meta.indexes:  # noqa: SLF001 - as above
            editor.add_index(Entry, index)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE search_entry")


_INSERT = """
    INSERT INTO search_entry (id, kind, record_id, day, week, month, title, folded, written, audience)
    SELECT uuidv7(), %(kind)s, uuidv7(), day, (day - date '2000-01-03') / 7,
           extract(year FROM day) * 12 + extract(month FROM day) - 1, title,
           setweight(to_tsvector('congso_folded', title), 'A') || a.folded || b.folded || c.folded || d.folded
               || e.folded || f.folded,
           to_tsvector('pg_catalog.simple', title) || a.written || b.written || c.written || d.written
               || e.written || f.written,
           CASE WHEN paper.n %% 2 = 0 THEN ARRAY[organ, %(district)s::uuid] ELSE ARRAY[organ] END
    FROM (
        SELECT n, %(first)s::date + (n * %(days)s / %(count)s)::int AS day,
               n || '/KH-UBND kế hoạch kỳ ' || n || ' ' || (%(senders)s::text[])[n %% 29 + 1] AS title,
               (%(organs)s::uuid[])[n %% 29 + 1] AS organ,
               (random() * (%(paragraphs)s - 1))::int AS p1, (random() * (%(paragraphs)s - 1))::int AS p2,
               (random() * (%(paragraphs)s - 1))::int AS p3, (random() * (%(paragraphs)s - 1))::int AS p4,
               (random() * (%(paragraphs)s - 1))::int AS p5, (random() * (%(paragraphs)s - 1))::int AS p6
        FROM generate_series(1, %(count)s) AS n
    ) AS paper
    JOIN paragraphs a ON a.n = p1 JOIN paragraphs b ON b.n = p2 JOIN paragraphs c ON c.n = p3
    JOIN paragraphs d ON d.n = p4 JOIN paragraphs e ON e.n = p5 JOIN paragraphs f ON f.n = p6
"""


def _names(organs: Sequence[UUID]) -> list[str]:
    found = labels(organs, on=clock.today())
    return [found[organ].name for organ in organs]


def _index_megabytes() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('search_entry') / 1048576")
        size: int = cursor.fetchone()[0]
        return size
