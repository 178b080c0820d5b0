"""The areas of Nông Cống before and after 1 July 2025, as installation data.

Codes, names and centres are the statistics office's; the villages' number is real, and of their names only those of
the town are known, so the others are generated and say so. Source of the units of 2025: Resolution
1686/NQ-UBTVQH15; every merger there takes whole communes.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from itertools import batched
from uuid import UUID, uuid5

from django.db.models import Model

from congso.kernel.vietnamese import sort_key
from congso.shared.areas.dated import DateRange, period
from congso.shared.areas.models import (
    Area,
    AreaCode,
    AreaExtent,
    AreaKind,
    AreaName,
    AreaPlace,
    AreaSuccession,
    CodeAuthority,
    SuccessionKind,
)
from congso.shared.areas.tables import rows_of

NAMESPACE = UUID("6d0c1f6e-5b0b-5f0e-9a53-7c1f0d38a404")
# Before this day the register does not go back; the units are older.
BEGINNING = date(2020, 1, 1)
MERGER = date(2025, 7, 1)
RESOLUTION = "1686/NQ-UBTVQH15"
BEFORE, AFTER, ALWAYS = period(BEGINNING, MERGER), period(MERGER), period(BEGINNING)

PROVINCE_CODE, DISTRICT_CODE, TOWN_CODE = "38", "404", "16279"
VILLAGES = 201
_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Unit:
    """One area as the locality's files describe it.

    :param unit: its full name, ``xã Thăng Long``.
    :param followed_by: code of the commune of 2025 that it went into.
    """

    id: UUID
    kind: AreaKind
    code: str
    name: str
    unit: str
    valid: DateRange
    followed_by: str = ""
    parent: UUID | None = None


def key(*parts: object) -> UUID:
    """Return the identity of what ``parts`` name: the same in every installation."""
    return uuid5(NAMESPACE, "/".join(map(str, parts)))


def read(package: str, name: str) -> list[dict[str, str]]:
    """Return the rows of one of our own data files."""
    text = files(package).joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def create_missing[M: Model](rows: Iterable[M]) -> int:
    """Store those of the ``rows`` (of one model, with ids of their own) that are not there yet; return how many."""
    created = 0
    for batch in batched(rows, _BATCH):
        rows_there = rows_of(type(batch[0]))
        known = set(rows_there.filter(pk__in=[row.pk for row in batch]).values_list("pk", flat=True))
        created += len(rows_there.bulk_create([row for row in batch if row.pk not in known]))
    return created


def province() -> Unit:
    return Unit(key("area", PROVINCE_CODE), AreaKind.PROVINCE, PROVINCE_CODE, "Thanh Hóa", "tỉnh Thanh Hóa", ALWAYS)


def district() -> Unit:
    return Unit(
        key("area", DISTRICT_CODE),
        AreaKind.DISTRICT,
        DISTRICT_CODE,
        "Nông Cống",
        "huyện Nông Cống",
        BEFORE,
        parent=province().id,
    )


def communes() -> list[Unit]:
    """Return the 29 communes and townships until 30 June 2025."""
    return [_commune(row, BEFORE, district().id) for row in read(__package__, "communes.csv")]


def successors() -> list[Unit]:
    """Return the seven communes since 1 July 2025."""
    return [_commune(row, AFTER, province().id) for row in read(__package__, "successors.csv")]


def _commune(row: dict[str, str], valid: DateRange, parent: UUID) -> Unit:
    return Unit(
        key("area", row["code"], valid.lower),
        AreaKind.COMMUNE,
        row["code"],
        row["name"],
        f"{row['type']} {row['name']}",
        valid,
        row.get("followed_by", ""),
        parent,
    )


def villages() -> list[tuple[Unit, Unit]]:
    """Return the 201 villages, each with its commune; the town's have names, the others are numbered."""
    town, *rural = sorted(communes(), key=lambda commune: commune.code != TOWN_CODE)
    known = [row["name"] for row in read(__package__, "neighbourhoods.csv")]
    found = [(_village(town, name, f"tiểu khu {name}"), town) for name in known]
    each, more = divmod(VILLAGES - len(known), len(rural))
    for place, commune in enumerate(rural):
        numbers = range(1, each + (place < more) + 1)
        found += [(_village(commune, f"Thôn {number}", f"thôn {number}"), commune) for number in numbers]
    return found


def _village(commune: Unit, name: str, unit: str) -> Unit:
    return Unit(key("village", commune.code, name), AreaKind.VILLAGE, "", name, unit, ALWAYS)


def load_areas() -> int:
    """Store the areas that are missing; return how many rows were new. Safe to repeat."""
    units = [province(), district(), *communes(), *successors()]
    hamlets = [village for village, _commune in villages()]
    return sum(
        create_missing(rows)
        for rows in (
            _areas(units, hamlets),
            (_name(unit) for unit in [*units, *hamlets]),
            (_code(unit) for unit in units),
            _places(units),
            _extents(),
            _successions(),
        )
    )


def _areas(units: Sequence[Unit], hamlets: Sequence[Unit]) -> Iterator[Area]:
    for unit in units:
        yield Area(id=unit.id, kind=unit.kind, valid=unit.valid)
    for unit in hamlets:
        yield Area(id=unit.id, kind=unit.kind, valid=unit.valid, is_generated=unit.name.startswith("Thôn "))


def _name(unit: Unit) -> AreaName:
    return AreaName(
        id=key("name", unit.id),
        area_id=unit.id,
        name=unit.name,
        full_name=unit.unit,
        sort_key=sort_key(unit.name),
        valid=unit.valid,
    )


def _code(unit: Unit) -> AreaCode:
    return AreaCode(
        id=key("code", unit.id), area_id=unit.id, authority=CodeAuthority.STATISTICS, code=unit.code, valid=unit.valid
    )


def _places(units: Sequence[Unit]) -> Iterator[AreaPlace]:
    for unit in units:
        if unit.parent is not None:
            yield AreaPlace(id=key("place", unit.id), area_id=unit.id, parent_id=unit.parent, valid=unit.valid)
    heirs = {heir.code: heir for heir in successors()}
    for village, commune in villages():
        for parent in (commune, heirs[commune.followed_by]):
            place = key("place", village.id, parent.id)
            yield AreaPlace(id=place, area_id=village.id, parent_id=parent.id, valid=parent.valid)


def _extents() -> Iterator[AreaExtent]:
    for name, units in (("communes.csv", communes()), ("successors.csv", successors())):
        for row, unit in zip(read(__package__, name), units, strict=True):
            yield AreaExtent(
                id=key("extent", unit.id),
                area_id=unit.id,
                km2=row.get("km2"),
                latitude=row["latitude"],
                longitude=row["longitude"],
                valid=unit.valid,
            )


def _successions() -> Iterator[AreaSuccession]:
    heirs = {heir.code: heir for heir in successors()}
    edges = [(commune, heirs[commune.followed_by], SuccessionKind.MERGE) for commune in communes()]
    edges += [(district(), heir, SuccessionKind.DISSOLUTION) for heir in heirs.values()]
    for old, new, kind in edges:
        yield AreaSuccession(
            id=key("succession", old.id, new.id),
            from_area_id=old.id,
            to_area_id=new.id,
            kind=kind,
            decision=RESOLUTION,
            date=MERGER,
        )
