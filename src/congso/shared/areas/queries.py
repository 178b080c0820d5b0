"""What is asked about areas."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from congso.shared.areas.dated import in_force, last_known
from congso.shared.areas.models import AreaCode, AreaName, AreaPlace


@dataclass(frozen=True, slots=True)
class AreaLabel:
    """What to print for an area.

    :param name: ``Thăng Long``.
    :param full_name: ``xã Thăng Long``.
    """

    id: UUID
    kind: str
    name: str
    full_name: str


def labels(area_ids: Collection[UUID], on: date) -> dict[UUID, AreaLabel]:
    """Return the names by area, in one query: that of ``on``, else the last one before it, else the first."""
    rows = last_known(AreaName.objects.filter(area_id__in=area_ids), "area_id", on).select_related("area")
    return {row.area_id: AreaLabel(row.area_id, row.area.kind, row.name, row.full_name) for row in rows}


def by_code(authority: str, code: str, on: date) -> UUID | None:
    """Return the area that ``code`` of that authority meant on a day."""
    rows = AreaCode.objects.filter(in_force(on), authority=authority, code=code)
    return rows.values_list("area_id", flat=True).first()


def parts_of(area_id: UUID, on: date, *, kind: str | None = None) -> list[AreaLabel]:
    """Return the areas that lie directly in another on a day, in Vietnamese order."""
    places = AreaPlace.objects.filter(in_force(on), parent_id=area_id)
    names = AreaName.objects.filter(in_force(on), area_id__in=places.values("area_id")).select_related("area")
    if kind is not None:
        names = names.filter(area__kind=kind)
    return [
        AreaLabel(row.area_id, row.area.kind, row.name, row.full_name) for row in names.order_by("sort_key", "area_id")
    ]


def areas_under(area_id: UUID, on: date) -> frozenset[UUID]:
    """Return an area and all areas within it on a day."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE tree(id) AS (
                SELECT %(area)s::uuid
                UNION
                SELECT p.area_id FROM areas_areaplace p JOIN tree ON p.parent_id = tree.id WHERE p.valid @> %(on)s::date
            )
            SELECT id FROM tree
            """,
            {"area": area_id, "on": on},
        )
        return frozenset(row[0] for row in cursor.fetchall())


def living(kind: str, on: date) -> list[UUID]:
    """Return the areas of a kind that exist on a day, in Vietnamese order."""
    names = AreaName.objects.filter(in_force(on), in_force(on, "area__"), area__kind=kind)
    return list(names.order_by("sort_key", "area_id").values_list("area_id", flat=True))
