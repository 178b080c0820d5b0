"""Closing what ended, identities last: no dated row may outlive its unit."""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from congso.shared.areas.dated import close, in_force, period
from congso.shared.areas.models import (
    Area,
    AreaExtent,
    AreaName,
    AreaPlace,
    AreaSuccession,
    HousePlace,
    SuccessionKind,
)
from congso.shared.areas.tables import rows_of
from congso.shared.organs.models import Organ, OrganArea, OrganCode, OrganName, OrganPlace, OrganSuccession
from congso.shared.people.models import Position
from congso.shared.reorganisation.units import Branch


def close_organs(branches: Sequence[Branch], kind: SuccessionKind, decision: str, day: date) -> None:
    """End the organs that have heirs: their rows and positions close, edges are drawn."""
    ended = list(branches[0].heirs)
    OrganSuccession.objects.bulk_create(
        OrganSuccession(from_organ_id=old, to_organ_id=heir, kind=kind, decision=decision, date=day)
        for branch in branches
        for old, heir in branch.heirs.items()
    )
    for model in (OrganName, OrganCode, OrganArea):
        close(rows_of(model).filter(organ_id__in=ended), day)
    close(Position.objects.filter(organ_id__in=ended), day)
    close(Organ.objects.filter(id__in=ended), day)


def pass_places_on(branches: Sequence[Branch], branch_of: Callable[[UUID], Branch], day: date) -> None:
    """Close places of and under the ended organs; their heirs take them, one of each kind.

    :param branch_of: to whose heirs an organ comes that was under one of the ended and stays.
    """
    ended = set(branches[0].heirs)
    open_rows = OrganPlace.objects.filter(in_force(day))
    places = list(open_rows.filter(organ_id__in=ended) | open_rows.filter(parent_id__in=ended))
    close(OrganPlace.objects.filter(id__in=[place.id for place in places]), day)
    wanted: dict[tuple[UUID, str], UUID] = {}
    for place in sorted(places, key=lambda place: place.id):
        for branch in branches if place.organ_id in ended else [branch_of(place.organ_id)]:
            organ_id = branch.heirs.get(place.organ_id, place.organ_id)
            wanted[organ_id, place.relation] = branch.heirs.get(place.parent_id, place.parent_id)
    OrganPlace.objects.bulk_create(
        OrganPlace(organ_id=organ, parent_id=parent, relation=relation, valid=period(day))
        for (organ, relation), parent in wanted.items()
    )


def close_areas(branches: Sequence[Branch], kind: SuccessionKind, decision: str, day: date) -> None:
    """End the areas: their rows close, edges are drawn. What lay in them has been moved before."""
    areas = branches[0].plan.areas
    AreaSuccession.objects.bulk_create(
        AreaSuccession(from_area=area, to_area=branch.plan.successor, kind=kind, decision=decision, date=day)
        for branch in branches
        for area in areas
    )
    for model in (AreaName, AreaPlace, AreaExtent):
        close(rows_of(model).filter(area__in=areas), day)
    close(Area.objects.filter(id__in=[area.id for area in areas]), day)


def move_parts(areas: Sequence[Area], new_area_of: Callable[[UUID], UUID], day: date) -> None:
    """Let the areas and houses that lay directly in ``areas`` lie in the new ones.

    :param new_area_of: where an area or a house comes, given its id.
    """
    parts = AreaPlace.objects.filter(in_force(day), parent__in=areas)
    moved = list(parts.values_list("area_id", flat=True))
    close(parts, day)
    AreaPlace.objects.bulk_create(
        AreaPlace(area_id=part, parent_id=new_area_of(part), valid=period(day)) for part in moved
    )
    houses = HousePlace.objects.filter(in_force(day), area__in=areas)
    standing = list(houses.values_list("house_id", flat=True))
    close(houses, day)
    HousePlace.objects.bulk_create(
        (HousePlace(house_id=house, area_id=new_area_of(house), valid=period(day)) for house in standing),
        batch_size=2000,
    )
