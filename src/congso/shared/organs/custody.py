"""In whose row of a board acts are counted, by the day whose boundaries one looks in."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from congso.shared.areas.dated import in_force
from congso.shared.organs.models import OrganCustody, OrganPiece


class Piece(NamedTuple):
    """A part of what an organ did: number 0 is what no split divided."""

    organ_id: UUID
    number: int


def counted_with(organ_ids: Collection[UUID], on: date) -> dict[UUID, frozenset[Piece]]:
    """Return by organ which acts are counted in its row, if one looks in the boundaries of a day.

    Each piece stands in exactly one row: the one that a custody row of that day names, else that of the organ which
    acted. So a merged organ's own row is empty from the merger on, and what a split could not divide, or what happened
    after the day in boundaries that were not yet, stays in the row of an organ that does not live on that day.
    """
    rows = OrganCustody.objects.filter(in_force(on)).filter(Q(organ_id__in=organ_ids) | Q(holder_id__in=organ_ids))
    holders = {Piece(row.organ_id, row.piece): row.holder_id for row in rows.only("organ_id", "piece", "holder_id")}
    found: defaultdict[UUID, set[Piece]] = defaultdict(set)
    for piece in _own(organ_ids) - set(holders):
        found[piece.organ_id].add(piece)
    for piece, holder_id in holders.items():
        found[holder_id].add(piece)
    return {organ_id: frozenset(found[organ_id]) for organ_id in organ_ids}


def _own(organ_ids: Collection[UUID]) -> set[Piece]:
    cut = OrganPiece.objects.filter(organ_id__in=organ_ids).values_list("organ_id", "number")
    return {Piece(organ_id, 0) for organ_id in organ_ids} | {Piece(*row) for row in cut}
