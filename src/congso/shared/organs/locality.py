"""The organs of Nông Cống before and after 1 July 2025, as installation data.

The bodies are those that the law and the press name. Their identifiers are not known, so each has a plainly
fictitious one (``H56.9x.yy``) in both written forms, marked as not verified.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from congso.kernel import clock
from congso.kernel.vietnamese import fold, sort_key
from congso.shared.areas import locality as areas
from congso.shared.areas.dated import DateRange, period
from congso.shared.areas.locality import MERGER, RESOLUTION, create_missing, key
from congso.shared.areas.models import SuccessionKind
from congso.shared.organs.models import (
    Organ,
    OrganArea,
    OrganCode,
    OrganCodeAuthority,
    OrganCustody,
    OrganKind,
    OrganName,
    OrganPlace,
    OrganSuccession,
    Relation,
)

# Old communes are numbered from 1 within their group of fictitious identifiers, those of 2025 from 31.
_FIRST_SUCCESSOR = 31


@dataclass(frozen=True, slots=True)
class Body:
    """One organ as the locality's files describe it.

    :param group: the line of ``organs.csv``; organs of one group are each other's superior and successor.
    """

    id: UUID
    group: str
    kind: OrganKind
    area: areas.Unit
    name: str
    short_name: str
    notation: str
    code: str
    serves: UUID | None


@dataclass(frozen=True, slots=True)
class Locality:
    """The units in charge on a day.

    :param committee: the People's Committee on top: the district's, and none since 1 July 2025.
    :param office: the office that serves it.
    :param commune_committees: the communes' People's Committees, in the order of their codes.
    """

    committee: UUID | None
    office: UUID | None
    commune_committees: tuple[UUID, ...]


@transaction.atomic
def load_locality(now: datetime) -> Locality:
    """Store province, district, communes, villages and organs that are missing. Safe to repeat.

    :return: the units in charge on the day of ``now``.
    """
    areas.load_areas()
    bodies = _all_bodies()
    province = _province_committee()
    for rows in (
        (Organ(id=body.id, kind=body.kind, valid=body.area.valid) for body in [province, *bodies]),
        (_name(body) for body in [province, *bodies]),
        _codes([province, *bodies]),
        _places(province, bodies),
        (_area(body) for body in [province, *bodies]),
        _successions(bodies),
        _custody(bodies),
    ):
        create_missing(rows)
    return locality_on(clock.day_of(now))


def locality_on(day: date) -> Locality:
    """Return the units in charge on a day."""
    if day >= MERGER:
        return Locality(None, None, tuple(organ_id("ubnd", unit) for unit in areas.successors()))
    return Locality(
        organ_id("ubnd", areas.district()),
        organ_id("van-phong", areas.district()),
        tuple(organ_id("ubnd", unit) for unit in areas.communes()),
    )


def organ_id(group: str, unit: areas.Unit) -> UUID:
    """Return the identity of a unit's organ: ``organ_id("ubnd", district())``."""
    return key("organ", group, unit.id)


def _all_bodies() -> list[Body]:
    found = _bodies_of(areas.district(), 0)
    for number, unit in enumerate(areas.communes(), 1):
        found += _bodies_of(unit, number)
    for number, unit in enumerate(areas.successors(), _FIRST_SUCCESSOR):
        found += _bodies_of(unit, number)
    return found


def _bodies_of(unit: areas.Unit, number: int) -> list[Body]:
    rows = areas.read(__package__, "organs.csv")
    return [_body(row, unit, number) for row in rows if unit.kind in row["levels"].split()]


def _body(row: dict[str, str], unit: areas.Unit, number: int) -> Body:
    names = {"unit": unit.unit, "place": unit.name}
    suffix = row["code_group"] if "." in row["code_group"] else f"{row['code_group']}.{number:02}"
    return Body(
        id=organ_id(row["key"], unit),
        group=row["group"],
        kind=OrganKind(row["kind"]),
        area=unit,
        name=row["name"].format(**names),
        short_name=row["short_name"].format(**names),
        notation=row["notation"],
        code=f"H56.{suffix}",
        serves=organ_id(row["serves"], unit) if row["serves"] else None,
    )


def _province_committee() -> Body:
    unit = areas.province()
    return Body(
        id=organ_id("ubnd", unit),
        group="ubnd",
        kind=OrganKind.PEOPLES_COMMITTEE,
        area=unit,
        name="Ủy ban nhân dân tỉnh Thanh Hóa",
        short_name="UBND tỉnh Thanh Hóa",
        notation="UBND",
        code="H56",
        serves=None,
    )


def _name(body: Body) -> OrganName:
    return OrganName(
        id=key("name", body.id),
        organ_id=body.id,
        name=body.name,
        short_name=body.short_name,
        notation=body.notation,
        place_name=body.area.name,
        sort_key=sort_key(body.name),
        search_key=fold(f"{body.name} {body.short_name}"),
        valid=body.area.valid,
    )


def _codes(bodies: list[Body]) -> Iterator[OrganCode]:
    for body in bodies:
        root, *groups = body.code.split(".")
        old_form = ".".join(["000", *reversed([*groups, "00", "00"][:2]), root])
        for authority, code in ((OrganCodeAuthority.QD20, body.code), (OrganCodeAuthority.QCVN102, old_form)):
            yield OrganCode(
                id=key("code", authority, body.id),
                organ_id=body.id,
                authority=authority,
                code=code,
                # Only the province's root is known.
                is_verified=not groups,
                valid=body.area.valid,
            )


def _area(body: Body) -> OrganArea:
    return OrganArea(id=key("area", body.id), organ_id=body.id, area_id=body.area.id, valid=body.area.valid)


def _places(province: Body, bodies: list[Body]) -> Iterator[OrganPlace]:
    superiors = {(body.group, body.area.id): body.id for body in [province, *bodies] if body.serves is None}
    for body in bodies:
        relation = Relation.SUBORDINATE if body.serves is None else Relation.SERVES
        parent = body.serves or superiors.get((body.group, body.area.parent or body.area.id))
        if parent is not None and parent != body.id:
            yield _place(body, parent, relation, body.area.valid)


def _place(body: Body, parent: UUID, relation: Relation, valid: DateRange) -> OrganPlace:
    return OrganPlace(
        id=key("place", relation, body.id), organ_id=body.id, parent_id=parent, relation=relation, valid=valid
    )


def _heirs(bodies: list[Body]) -> Iterator[tuple[Body, Body, SuccessionKind]]:
    """Yield who took over from whom: a commune's organ one heir, the district's all seven of its own kind.

    What served the district's People's Committee is followed by the seven People's Committees. The labour federation
    has no organ below the province any more.
    """
    new = [body for body in bodies if body.area.valid == areas.AFTER]
    for old in bodies:
        group = "ubnd" if old.serves else old.group
        for heir in new:
            if old.area.valid == areas.AFTER or heir.group != group:
                continue
            if not old.area.followed_by:
                yield old, heir, SuccessionKind.DISSOLUTION
            elif old.area.followed_by == heir.area.code:
                yield old, heir, SuccessionKind.MERGE


def _successions(bodies: list[Body]) -> Iterator[OrganSuccession]:
    for old, heir, kind in _heirs(bodies):
        yield OrganSuccession(
            id=key("succession", old.id, heir.id),
            from_organ_id=old.id,
            to_organ_id=heir.id,
            kind=kind,
            decision=RESOLUTION,
            date=MERGER,
        )


def _custody(bodies: list[Body]) -> Iterator[OrganCustody]:
    for old, heir, kind in _heirs(bodies):
        if kind == SuccessionKind.MERGE:
            yield OrganCustody(id=key("custody", old.id), organ_id=old.id, holder_id=heir.id, valid=period(MERGER))
