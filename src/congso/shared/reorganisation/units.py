"""What a resolution decides, and what was found possible of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from congso.shared.areas.dated import DateRange, period
from congso.shared.areas.models import Area


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUnit:
    """What a new area is called and where it is.

    :param unit_type: what it is called before its name: ``xã``.
    :param code: its code by the statistics office; may be that of an area which ends.
    """

    unit_type: str
    name: str
    code: str
    latitude: Decimal
    longitude: Decimal
    km2: Decimal | None = None

    @property
    def full_name(self) -> str:
        """Its full name, ``xã Thăng Bình``."""
        return f"{self.unit_type} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merger(NewUnit):
    """Whole areas become one.

    :param first_day: its first day; the day before is the last of the merged ones.
    """

    area_ids: tuple[UUID, ...]
    decision: str
    first_day: date

    @property
    def last_day(self) -> date:
        """The last day of the merged areas."""
        return self.first_day - timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(NewUnit):
    """One of the areas into which an area is split.

    :param area_ids: the areas that lay directly in the split one, its villages, and lie in this one now.
    :param house_ids: the houses that stood directly in it: all of a village, else those of no known village.
    """

    area_ids: tuple[UUID, ...] = ()
    house_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """One area becomes several; the organs of the first share take over what is open.

    :param first_day: their first day; the day before is the last of the split one.
    """

    area_id: UUID
    shares: tuple[Share, ...]
    decision: str
    first_day: date

    @property
    def last_day(self) -> date:
        """The last day of the split area."""
        return self.first_day - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """A new area that was found possible.

    :param areas: those that end for it.
    :param parent_id: in which area it lies.
    :param day: its first day.
    """

    unit: NewUnit
    areas: tuple[Area, ...]
    successor: Area
    parent_id: UUID
    day: date

    @property
    def valid(self) -> DateRange:
        return period(self.day)


@dataclass(frozen=True, slots=True)
class Branch:
    """A new area with its organs.

    :param heirs: its organ by each organ that ends.
    """

    plan: Plan
    heirs: Mapping[UUID, UUID]
