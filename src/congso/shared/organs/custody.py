"""In whose row of a board acts are counted, by the day whose boundaries one looks in."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection


class Piece(NamedTuple):
    """A part of what an organ did: number 0 is what no split divided."""

    organ_id: UUID
    number: int


_ROWS = """
WITH asked(id) AS (SELECT unnest(%(organs)s::uuid[])),
held AS (
    SELECT organ_id, piece, holder_id FROM organs_organcustody
    WHERE valid @> %(on)s::date AND (organ_id IN (SELECT id FROM asked) OR holder_id IN (SELECT id FROM asked))
)
SELECT organ_id, piece, holder_id FROM held
UNION ALL
SELECT own.organ_id, own.piece, own.organ_id FROM (
    SELECT id, 0 FROM asked
    UNION
    SELECT organ_id, number FROM organs_organpiece WHERE organ_id IN (SELECT id FROM asked)
) AS own(organ_id, piece)
WHERE NOT EXISTS (SELECT FROM held WHERE (held.organ_id, held.piece) = (own.organ_id, own.piece))
"""


def counted_with(organ_ids: Collection[UUID], on: date) -> dict[UUID, frozenset[Piece]]:
    """Return by organ which acts are counted in its row, if one looks in the boundaries of a day.

    Each piece stands in exactly one row: the one that a custody row of that day names, else that of the organ which
    acted. So a merged organ's own row is empty from the merger on, and what a split could not divide, or what happened
    after the day in boundaries that were not yet, stays in the row of an organ that does not live on that day.
    """
    found: dict[UUID, set[Piece]] = {organ_id: set() for organ_id in organ_ids}
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"organs": list(organ_ids), "on": on})
        for organ_id, number, holder_id in cursor.fetchall():
            if holder_id in found:
                found[holder_id].add(Piece(organ_id, number))
    return {organ_id: frozenset(pieces) for organ_id, pieces in found.items()}
