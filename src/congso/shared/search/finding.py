"""Put records in, find them again."""

import json
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.functional import Promise

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.ids import new_id
from congso.shared.search import statements
from congso.shared.search.audience import keys_of
from congso.shared.search.kinds import known
from congso.shared.search.models import Entry
from congso.shared.search.words import asked_words, marked, words_of

LONGEST_TITLE = 500


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that was found; ``label`` names its kind in Vietnamese."""

    kind: str
    label: str | Promise
    record_id: UUID
    day: date
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """Hits in their order, and how many of each kind there are among the newest matches."""

    hits: list[Hit]
    counts: Mapping[str, int]


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
        "week": statements.week_of(day),
        "month": statements.month_of(day),
        "title": unicodedata.normalize("NFC", title).strip()[:LONGEST_TITLE],
        "title_words": " ".join(words_of(title)),
        "text_words": " ".join(words_of(text)),
        "audience": sorted(set(audience)),
    }
    with connection.cursor() as cursor:
        cursor.execute(statements.INDEX, facts)


@transaction.atomic(savepoint=False)
def drop(kind: str, record_id: UUID) -> None:
    """Take a record out; one that is not in changes nothing."""
    Entry.objects.filter(kind=kind, record_id=record_id).delete()


def find(query: str, *, by: Actor, kinds: Collection[str] | None = None, limit: int = 20) -> list[Hit]:
    """Return what ``by`` may find that has all words of ``query``; see :func:`look`."""
    return look(query, by=by, kinds=kinds, limit=limit).hits


def look(query: str, *, by: Actor, kinds: Collection[str] | None = None, limit: int = 20) -> Found:
    """Return what ``by`` may find that has all words of ``query``, with or without their marks, in one query.

    Words written with marks bring those that are written so to the front; then by where the words stand, then newest
    first. Only the newest 500 matches are considered.
    """
    words = asked_words(query)
    keys = keys_of(by)
    wanted = [kind for kind in known() if kinds is None or kind in kinds]
    if not (words and keys and wanted):
        return Found([], {})
    facts: dict[str, Any] = {
        "words": " ".join(words),
        "marked": " ".join(marked(words)),
        "keys": keys,
        "kinds": wanted,
        "most": statements.MOST_RANKED,
        "limit": min(max(limit, 1), statements.MOST_RANKED),
    }
    with connection.cursor() as cursor:
        cursor.execute(statements.found(clock.today()), facts)
        rows = cursor.fetchall()
    return Found([_hit(*row[:4]) for row in rows], json.loads(rows[0][4]) if rows else {})


def _hit(kind: str, record_id: UUID, day: date, title: str) -> Hit:
    found = known()[kind]
    return Hit(kind=kind, label=found.label, record_id=record_id, day=day, title=title, url=found.url_of(record_id))
