"""The steps of a merger, each inside its transaction: open what is new, close what ended, identities last."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from congso.kernel.vietnamese import fold, sort_key
from congso.shared.areas import queries as area_queries
from congso.shared.areas.dated import DateRange, close, in_force, period
from congso.shared.areas.models import (
    Area,
    AreaCode,
    AreaExtent,
    AreaName,
    AreaPlace,
    AreaSuccession,
    CodeAuthority,
    SuccessionKind,
)
from congso.shared.areas.tables import rows_of
from congso.shared.organs.models import (
    Organ,
    OrganArea,
    OrganCode,
    OrganCustody,
    OrganName,
    OrganPlace,
    OrganSuccession,
)
from congso.shared.people.models import Position


@dataclass(frozen=True, slots=True)
class Merger:
    """What a resolution decides.

    :param unit_type: what the successor is called before its name: ``xã``.
    :param code: its code by the statistics office; may be that of a merged area.
    :param first_day: its first day; the day before is the last of the merged ones.
    """

    area_ids: tuple[UUID, ...]
    unit_type: str
    name: str
    code: str
    decision: str
    first_day: date
    latitude: Decimal
    longitude: Decimal
    km2: Decimal | None = None

    @property
    def last_day(self) -> date:
        """The last day of the merged areas."""
        return self.first_day - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """A merger that was found possible."""

    merger: Merger
    areas: tuple[Area, ...]
    successor: Area
    parent_id: UUID

    @property
    def day(self) -> date:
        """The successor's first day."""
        return self.merger.first_day

    @property
    def valid(self) -> DateRange:
        return period(self.day)

    @property
    def unit(self) -> str:
        """The successor's full name, ``xã Thăng Bình``."""
        return f"{self.merger.unit_type} {self.merger.name}"


def open_area(plan: Plan) -> None:
    """Store the successor with its dated rows, closing those of the merged areas that would overlap."""
    close(AreaCode.objects.filter(area__in=plan.areas), plan.day)
    new = plan.successor
    new.save(force_insert=True)
    AreaName.objects.create(
        area=new, name=plan.merger.name, full_name=plan.unit, sort_key=sort_key(plan.merger.name), valid=plan.valid
    )
    AreaCode.objects.create(area=new, authority=CodeAuthority.STATISTICS, code=plan.merger.code, valid=plan.valid)
    AreaPlace.objects.create(area=new, parent_id=plan.parent_id, valid=plan.valid)
    AreaExtent.objects.create(
        area=new,
        latitude=plan.merger.latitude,
        longitude=plan.merger.longitude,
        km2=plan.merger.km2,
        valid=plan.valid,
    )


def open_organs(plan: Plan) -> dict[UUID, UUID]:
    """Store one successor for the organs of each kind and notation; return by ended organ its heir."""
    competent = OrganArea.objects.filter(in_force(plan.day), area__in=plan.areas).values("organ_id")
    names = OrganName.objects.filter(in_force(plan.day), organ_id__in=competent).select_related("organ")
    alike: defaultdict[tuple[str, str], list[OrganName]] = defaultdict(list)
    for name in names.order_by("sort_key", "id"):
        alike[name.organ.kind, name.notation].append(name)
    heirs: dict[UUID, UUID] = {}
    units = [label.full_name for label in area_queries.labels([area.id for area in plan.areas], plan.day).values()]
    for group in alike.values():
        heir = _open_organ(plan, group[0], units)
        heirs |= {name.organ_id: heir.id for name in group}
    return heirs


def _open_organ(plan: Plan, like: OrganName, old_units: list[str]) -> Organ:
    heir = Organ.objects.create(kind=like.organ.kind, valid=plan.valid, is_fictitious=like.organ.is_fictitious)
    name, short_name = (_renamed(text, old_units, plan.unit) for text in (like.name, like.short_name))
    OrganName.objects.create(
        organ=heir,
        name=name,
        short_name=short_name,
        notation=like.notation,
        place_name=plan.merger.name,
        sort_key=sort_key(name),
        search_key=fold(f"{name} {short_name}"),
        valid=plan.valid,
    )
    OrganArea.objects.create(organ=heir, area=plan.successor, valid=plan.valid)
    return heir


def _renamed(text: str, old_units: list[str], new_unit: str) -> str:
    for unit in sorted(old_units, key=len, reverse=True):
        if text.endswith(unit):
            return text.removesuffix(unit) + new_unit
    return text


def close_organs(plan: Plan, heirs: Mapping[UUID, UUID]) -> None:
    """End the merged organs: their places pass to the heirs, their rows and positions close, edges are drawn."""
    ended = list(heirs)
    _pass_places_on(plan, heirs)
    _pass_custody_on(plan, heirs)
    OrganSuccession.objects.bulk_create(
        OrganSuccession(
            from_organ_id=old, to_organ_id=heir, kind=SuccessionKind.MERGE, decision=plan.merger.decision, date=plan.day
        )
        for old, heir in heirs.items()
    )
    for model in (OrganName, OrganCode, OrganArea):
        close(rows_of(model).filter(organ_id__in=ended), plan.day)
    close(Position.objects.filter(organ_id__in=ended), plan.day)
    close(Organ.objects.filter(id__in=ended), plan.day)


def _pass_places_on(plan: Plan, heirs: Mapping[UUID, UUID]) -> None:
    """Close places of and under the ended organs; the heirs take them, one of each kind."""
    open_rows = OrganPlace.objects.filter(in_force(plan.day))
    places = list(open_rows.filter(organ_id__in=heirs) | open_rows.filter(parent_id__in=heirs))
    close(OrganPlace.objects.filter(id__in=[place.id for place in places]), plan.day)
    wanted = {
        (heirs.get(place.organ_id, place.organ_id), place.relation): heirs.get(place.parent_id, place.parent_id)
        for place in sorted(places, key=lambda place: place.id)
    }
    OrganPlace.objects.bulk_create(
        OrganPlace(organ_id=organ, parent_id=parent, relation=relation, valid=plan.valid)
        for (organ, relation), parent in wanted.items()
    )


def _pass_custody_on(plan: Plan, heirs: Mapping[UUID, UUID]) -> None:
    """Count the ended organs, and whom they had taken over before, with the heirs from the merger on."""
    held = OrganCustody.objects.filter(in_force(plan.day), holder_id__in=heirs)
    holders = {organ: heirs[holder] for organ, holder in held.values_list("organ_id", "holder_id")} | dict(heirs)
    close(held, plan.day)
    OrganCustody.objects.bulk_create(
        OrganCustody(organ_id=organ, holder_id=holder, valid=plan.valid) for organ, holder in holders.items()
    )


def close_areas(plan: Plan) -> None:
    """End the merged areas: their parts lie in the successor, their rows close, edges are drawn."""
    parts = AreaPlace.objects.filter(in_force(plan.day), parent__in=plan.areas)
    villages = list(parts.values_list("area_id", flat=True))
    close(parts, plan.day)
    AreaPlace.objects.bulk_create(
        AreaPlace(area_id=village, parent=plan.successor, valid=plan.valid) for village in villages
    )
    AreaSuccession.objects.bulk_create(
        AreaSuccession(
            from_area=area,
            to_area=plan.successor,
            kind=SuccessionKind.MERGE,
            decision=plan.merger.decision,
            date=plan.day,
        )
        for area in plan.areas
    )
    for model in (AreaName, AreaPlace, AreaExtent):
        close(rows_of(model).filter(area__in=plan.areas), plan.day)
    close(Area.objects.filter(id__in=[area.id for area in plan.areas]), plan.day)
