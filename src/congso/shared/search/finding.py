"""Put records in, find them again."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.functional import Promise

from congso.kernel.actor import Actor
from congso.kernel.ids import new_id
from congso.shared.search.audience import keys_of
from congso.shared.search.kinds import known
from congso.shared.search.models import Entry
from congso.shared.search.words import asked_words, marked, words_of

LONGEST_TITLE = 500
# Only this many of the newest matches are put in order; the rest is found by asking more narrowly.
MOST_RANKED = 2_000

INDEX = """
    INSERT INTO search_entry (id, kind, record_id, day, title, folded, written, audience)
    VALUES (
        %(id)s, %(kind)s, %(record_id)s, %(day)s, %(title)s,
        setweight(to_tsvector('congso_folded', %(title_words)s), 'A')
            || setweight(to_tsvector('congso_folded', %(text_words)s), 'D'),
        to_tsvector('pg_catalog.simple', %(title_words)s || ' ' || %(text_words)s),
        %(audience)s::uuid[]
    )
    ON CONFLICT (kind, record_id) DO UPDATE
    SET day = excluded.day, title = excluded.title, folded = excluded.folded, written = excluded.written,
        audience = excluded.audience
"""
NEWEST = """
    WITH newest AS MATERIALIZED (
        SELECT id, kind, record_id, day, title, folded, written
        FROM search_entry
        WHERE folded @@ plainto_tsquery('congso_folded', %(words)s) AND audience && %(keys)s::uuid[]
          AND kind = ANY(%(kinds)s)
        ORDER BY day DESC, id DESC
        LIMIT %(most)s
    )
"""
IN_ORDER = """
    SELECT kind, record_id, day, title
    FROM newest,
         plainto_tsquery('congso_folded', %(words)s) AS words,
         plainto_tsquery('pg_catalog.simple', %(marked)s) AS marked
    ORDER BY (numnode(marked) = 0 OR written @@ marked) DESC,
             round(ts_rank('{0.1, 0.1, 0.1, 1.0}', folded, words)::numeric, 1) DESC, day DESC, id DESC
    LIMIT %(limit)s OFFSET %(offset)s
"""
BY_KIND = "SELECT kind, count(*) FROM newest GROUP BY kind"


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that was found; ``label`` names its kind in Vietnamese."""

    kind: str
    label: str | Promise
    record_id: UUID
    day: date
    title: str
    url: str


@transaction.atomic(savepoint=False)
def index(kind: str, record_id: UUID, *, day: date, title: str, text: str, audience: Collection[UUID]) -> None:
    """Put a record in, or renew it. A step of the caller's transaction.

    :param day: newest first by this day.
    :param text: further words; only what every one of ``audience`` may read.
    :param audience: ids of the organs, positions and persons that may find it, and keys of roles (``role_key``).
    """
    facts: dict[str, Any] = {
        "id": new_id(),
        "kind": kind,
        "record_id": record_id,
        "day": day,
        "title": unicodedata.normalize("NFC", title).strip()[:LONGEST_TITLE],
        "title_words": " ".join(words_of(title)),
        "text_words": " ".join(words_of(text)),
        "audience": sorted(set(audience)),
    }
    with connection.cursor() as cursor:
        cursor.execute(INDEX, facts)


@transaction.atomic(savepoint=False)
def drop(kind: str, record_id: UUID) -> None:
    """Take a record out; one that is not in changes nothing."""
    Entry.objects.filter(kind=kind, record_id=record_id).delete()


def find(query: str, *, by: Actor, kinds: Collection[str] | None = None, limit: int = 20, offset: int = 0) -> list[Hit]:
    """Return what ``by`` may find that has all words of ``query``, with or without their marks, in one query.

    Words written with marks bring those that are written so to the front; then by where the words stand, then newest
    first. Only the newest 2,000 matches are considered.
    """
    facts = _asked(query, by=by, kinds=kinds)
    if facts is None:
        return []
    facts |= {"limit": min(max(limit, 0), MOST_RANKED), "offset": min(max(offset, 0), MOST_RANKED)}
    with connection.cursor() as cursor:
        cursor.execute(f"{NEWEST}{IN_ORDER}", facts)
        rows = cursor.fetchall()
    return [_hit(*row) for row in rows]


def count_by_kind(query: str, *, by: Actor) -> dict[str, int]:
    """Count what :func:`find` can find, by kind; at most 2,000 together. In one query."""
    facts = _asked(query, by=by, kinds=None)
    if facts is None:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"{NEWEST}{BY_KIND}", facts)
        return dict(cursor.fetchall())


def _asked(query: str, *, by: Actor, kinds: Collection[str] | None) -> dict[str, Any] | None:
    words = asked_words(query)
    keys = keys_of(by)
    wanted = [kind for kind in known() if kinds is None or kind in kinds]
    if not (words and keys and wanted):
        return None
    return {
        "words": " ".join(words),
        "marked": " ".join(marked(words)),
        "keys": keys,
        "kinds": wanted,
        "most": MOST_RANKED,
    }


def _hit(kind: str, record_id: UUID, day: date, title: str) -> Hit:
    found = known()[kind]
    return Hit(kind=kind, label=found.label, record_id=record_id, day=day, title=title, url=found.url_of(record_id))
