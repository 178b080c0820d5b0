"""The types of papers and the styles of organs: what the product ships, and above it what an administrator corrected.

A process keeps the types that it shows by name, so that a row of a list costs no query; it reads them again when one
was edited in it, and every ``settings.CONGSO_CATALOGUE_SECONDS`` to notice the edits of others. What is printed on a
paper is never taken from there: ``type_now`` and ``style_now`` read the rows.
"""

import csv
import threading
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID, uuid5

from django.conf import settings
from django.db import models

from congso.modules.documents.kinds import Family, TypeCode, TypeGroup
from congso.modules.documents.models.wording import StyleVersion, TypeVersion
from congso.shared.organs.models import OrganKind

type Choices = list[tuple[str, list[tuple[str, str]]]]

_NOT_VERIFIED: Final = "chưa kiểm chứng"
_YES: Final = "yes"
_SUBJECTS: Final = UUID("6f0c1c1e-3c39-4c5b-9a52-0f2d9b1f7a11")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperType:
    """A type of paper (loại văn bản).

    :param abbreviation: as in the notation; empty for a công văn and a thư công.
    :param title: printed above the subject, in capitals; empty where none is.
    :param resolves: between the legal bases and the text: ``QUYẾT ĐỊNH:``.
    :param is_addressed: «Kính gửi:» names its recipients above the text.
    :param used_by: kinds of organs that write it; empty for all.
    :param is_verified: name and abbreviation are compared with ``source``; ``is_layout_verified``: its layout too.
    :param edited_at: when an administrator last corrected it; nothing for a row as shipped.
    """

    code: str
    name: str
    abbreviation: str
    family: str
    title: str
    resolves: str
    is_addressed: bool
    used_by: tuple[str, ...]
    group: str
    is_offered: bool
    is_verified: bool
    is_layout_verified: bool
    source: str
    edited_at: datetime | None = None
    edited_by_id: UUID | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it is left to compare with a source."""
        return self.is_verified and self.is_layout_verified

    @property
    def is_drafted(self) -> bool:
        """Whether a new draft may take it: copies are made otherwise."""
        return self.is_offered and self.group != TypeGroup.COPY

    @property
    def group_name(self) -> str:
        return str(TypeGroup(self.group).label)

    @property
    def family_name(self) -> str:
        return str(Family(self.family).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperStyle:
    """How papers of one kind of organ look (thể thức); see ``models.StyleVersion`` for the fields."""

    organ_kind: str
    country: str
    motto: str
    under_organ: str
    number_words: str
    notation: str
    letter_notation: str
    for_collective: str
    acting: str
    for_head: str
    by_order: str
    by_delegation: str
    archive: str
    is_verified: bool
    source: str
    edited_at: datetime | None = None
    edited_by_id: UUID | None = None

    @property
    def kind_name(self) -> str:
        label = str(OrganKind(self.organ_kind).label)
        return label[:1].upper() + label[1:]


@dataclass(frozen=True, slots=True)
class _Kept:
    types: Mapping[str, PaperType]
    styles: Mapping[str, PaperStyle]
    read_at: float


_lock = threading.Lock()
_kept: list[_Kept] = []


def types() -> Mapping[str, PaperType]:
    """Return all types by code, in the order in which they are offered; as this process knows them."""
    return _known().types


def styles() -> Mapping[str, PaperStyle]:
    """Return the style of each kind of organ, as this process knows them."""
    return _known().styles


def forget() -> None:
    """Read the types again when they are next asked for."""
    with _lock:
        _kept.clear()


def keep_shipped() -> None:
    """Start from what the product ships, without a query; for tests, whose edits are rolled back."""
    with _lock:
        _kept[:] = [_Kept(shipped_types(), shipped_styles(), time.monotonic())]


def name_of(code: str) -> str:
    """Return the Vietnamese name of a type, or the code of an unknown one."""
    known = types().get(code)
    return known.name if known else code


def offered(kinds: Collection[str], *, also: str = "") -> list[PaperType]:
    """Return the types that organs of these kinds may choose, copies apart.

    :param also: a code that stays on offer because a draft has it.
    """
    return [
        one
        for one in types().values()
        if one.code == also or (one.is_drafted and (not one.used_by or not kinds or {*one.used_by} & {*kinds}))
    ]


def choices(kinds: Collection[str] = (), *, also: str = "") -> Choices:
    """Return ``offered`` as the choices of a form, grouped, common ones first; what is not verified says so."""
    is_style_verified = all(styles()[kind].is_verified for kind in kinds if kind in styles())
    by_group: dict[str, list[tuple[str, str]]] = {str(group.label): [] for group in TypeGroup}
    for one in offered(kinds, also=also):
        is_whole = one.is_whole and is_style_verified
        by_group[one.group_name].append((one.code, one.name if is_whole else f"{one.name} ({_NOT_VERIFIED})"))
    return [(group, found) for group, found in by_group.items() if found]


def filter_choices() -> list[tuple[str, str]]:
    """Return every type by name, for the filter of a list."""
    return [(one.code, one.name) for one in types().values() if one.group != TypeGroup.COPY]


def subject_of(key: str) -> UUID:
    """Return under which id the journal keeps what was done to a type or to the style of a kind of organ."""
    return uuid5(_SUBJECTS, key)


def types_now() -> Mapping[str, PaperType]:
    """Read all types from the rows."""
    found = dict(shipped_types())
    for row in _newest(TypeVersion.objects.all(), "code"):
        found[row.code] = _from_row(PaperType, row)
    return MappingProxyType(found)


def type_now(code: str) -> PaperType:
    """Read one type from the rows; an unknown one is drawn by its code, plainly not verified."""
    row = TypeVersion.objects.filter(code=code).order_by("-edited_at", "-id").first()
    if row is not None:
        return _from_row(PaperType, row)
    return shipped_types().get(code) or _unknown(code)


def styles_now() -> Mapping[str, PaperStyle]:
    """Read the styles of all kinds of organs from the rows."""
    found = dict(shipped_styles())
    for row in _newest(StyleVersion.objects.all(), "organ_kind"):
        found[row.organ_kind] = _from_row(PaperStyle, row)
    return MappingProxyType(found)


def style_now(organ_kind: str) -> PaperStyle:
    """Read the style of one kind of organ from the rows."""
    row = StyleVersion.objects.filter(organ_kind=organ_kind).order_by("-edited_at", "-id").first()
    return _from_row(PaperStyle, row) if row else shipped_styles()[organ_kind]


@cache
def shipped_types() -> dict[str, PaperType]:
    """Return the types as the product ships them, by code."""
    return {row["code"]: _shipped_type(row) for row in _read("types.csv")}


@cache
def shipped_styles() -> dict[str, PaperStyle]:
    """Return the styles as the product ships them, by kind of organ."""
    return {row["organ_kind"]: _shipped_style(row) for row in _read("styles.csv")}


def _shipped_type(row: dict[str, str]) -> PaperType:
    is_for_party = row.pop("used_by") == "party"
    facts: dict[str, Any] = {
        "is_addressed": row.pop("addressed") == _YES,
        "used_by": (OrganKind.PARTY_COMMITTEE.value,) if is_for_party else (),
        "is_offered": True,
        "is_verified": row.pop("verified") == _YES,
        "is_layout_verified": row.pop("layout_verified") == _YES,
    }
    return PaperType(**(facts | row))


def _shipped_style(row: dict[str, str]) -> PaperStyle:
    facts: dict[str, Any] = {"is_verified": row.pop("verified") == _YES}
    return PaperStyle(**(facts | row))


def _unknown(code: str) -> PaperType:
    return replace(
        shipped_types()[TypeCode.PLAN],
        code=code,
        name=code,
        abbreviation=code,
        title=code.upper(),
        source="",
        is_offered=False,
        is_verified=False,
        is_layout_verified=False,
    )


def _known() -> _Kept:
    with _lock:
        if not _kept or _is_old(_kept[0]):
            _kept[:] = [_Kept(types_now(), styles_now(), time.monotonic())]
        return _kept[0]


def _read(name: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _newest[M: models.Model](rows: models.QuerySet[M], key: str) -> Sequence[M]:
    return list(rows.order_by(key, "-edited_at", "-id").distinct(key))


def _from_row[T: (PaperType, PaperStyle)](make: type[T], row: models.Model) -> T:
    values: dict[str, Any] = {name: getattr(row, name) for name in make.__slots__}
    if "used_by" in values:
        values["used_by"] = tuple(values["used_by"])
    return make(**values)


def _is_old(kept: _Kept) -> bool:
    seconds: float | None = settings.CONGSO_CATALOGUE_SECONDS
    return seconds is not None and time.monotonic() - kept.read_at > seconds
