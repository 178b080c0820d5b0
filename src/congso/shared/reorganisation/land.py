"""The land of an area that is split: where its parts go, and which of them older units and pieces stood on.

A part is an area that lies directly in the split one on the last day, or a house that stands directly in it. Areas that
were merged or split on the way are followed, so the land of a commune that ended long ago is known in today's parts.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db import connection

from congso.shared.areas.dated import last_known
from congso.shared.areas.models import AreaPlace, HousePlace
from congso.shared.organs.custody import Piece
from congso.shared.organs.models import OrganArea, OrganPiece
from congso.shared.reorganisation.units import Split

type Parts = frozenset[UUID]

# Downwards what lies in a part today; backwards what it followed.
_LAND = """
WITH RECURSIVE land(part, id) AS (
    SELECT p.id, p.id FROM unnest(%(parts)s::uuid[]) AS p(id)
    UNION
    SELECT land.part, next.id FROM land CROSS JOIN LATERAL (
        SELECT p.area_id AS id FROM areas_areaplace p WHERE p.parent_id = land.id AND p.valid @> %(on)s::date
        UNION ALL
        SELECT s.from_area_id FROM areas_areasuccession s WHERE s.to_area_id = land.id
    ) AS next
)
SELECT id, array_agg(part) FROM land GROUP BY id
"""


@dataclass(frozen=True)
class Land:
    """The parts of a split area.

    :param share_of: to which share each part goes.
    :param parts_of: on which parts an area of today or of the past lies.
    """

    split: Split
    share_of: Mapping[UUID, int]
    parts_of: Mapping[UUID, Parts]

    def shares(self, parts: Parts) -> frozenset[int]:
        """Return the shares to which some parts go."""
        return frozenset(self.share_of[part] for part in parts)

    @cached_property
    def houses(self) -> Mapping[UUID, Sequence[UUID]]:
        """The houses that stand or last stood on each part; one that could be on several is nowhere."""
        near = HousePlace.objects.filter(area_id__in=[*self.parts_of, self.split.area_id])
        places = last_known(
            HousePlace.objects.filter(house_id__in=near.values("house_id")), "house_id", self.split.first_day
        )
        found: defaultdict[UUID, list[UUID]] = defaultdict(list)
        for house, area in places.values_list("house_id", "area_id"):
            parts = self.parts_of.get(house) or self.parts_of.get(area, frozenset())
            if len(parts) == 1:
                found[next(iter(parts))].append(house)
        return found

    def of_pieces(self, pieces: Collection[Piece]) -> dict[Piece, Parts]:
        """Return on which parts the land of pieces of organs lies: at least these, all of them where it is unknown."""
        organ_ids = {piece.organ_id for piece in pieces}
        areas: defaultdict[UUID, set[UUID]] = defaultdict(set)
        for organ_id, area_id in OrganArea.objects.filter(organ_id__in=organ_ids).values_list("organ_id", "area_id"):
            areas[organ_id].add(area_id)
        cuts = {Piece(cut.organ_id, cut.number): cut for cut in OrganPiece.objects.filter(organ_id__in=organ_ids)}
        of_area = self._of_areas({*(cut.area_id for cut in cuts.values())}.union(*areas.values()))
        everything = frozenset(self.share_of)

        def of(piece: Piece) -> Parts:
            cut = cuts.get(piece)
            if cut is None:
                return frozenset().union(*(of_area[area] for area in areas[piece.organ_id])) or everything
            return of(Piece(piece.organ_id, cut.cut_from)) & of_area[cut.area_id] or everything

        return {piece: of(piece) for piece in pieces}

    def _of_areas(self, area_ids: Collection[UUID]) -> dict[UUID, Parts]:
        found = {area_id: set(self.parts_of.get(area_id, ())) for area_id in area_ids}
        within = AreaPlace.objects.filter(parent_id__in=area_ids).values_list("parent_id", "area_id")
        standing = HousePlace.objects.filter(area_id__in=area_ids).values_list("area_id", "house_id")
        for area_id, part in [*within, *standing]:
            found[area_id].update(self.parts_of.get(part, ()))
        return {area_id: frozenset(parts) for area_id, parts in found.items()}


def land_of(split: Split) -> Land:
    """Return the land of a split whose shares divide the area."""
    areas = {area: share for share, taken in enumerate(split.shares) for area in taken.area_ids}
    houses = {house: share for share, taken in enumerate(split.shares) for house in taken.house_ids}
    with connection.cursor() as cursor:
        cursor.execute(_LAND, {"parts": list(areas), "on": split.last_day})
        parts_of = {area: frozenset(parts) for area, parts in cursor.fetchall()}
    return Land(split, areas | houses, parts_of | {house: frozenset({house}) for house in houses})
