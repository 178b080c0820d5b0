"""The merger of whole areas with their organs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, NotFound
from congso.kernel.ids import new_id
from congso.shared import journal
from congso.shared.areas import queries as area_queries
from congso.shared.areas.dated import in_force
from congso.shared.areas.models import Area, AreaPlace, CodeAuthority
from congso.shared.organs import queries as organ_queries
from congso.shared.organs.models import OrganArea, OrganKind
from congso.shared.reorganisation import rules, steps
from congso.shared.reorganisation.permissions import MERGE, Merged


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


class NotMergeable(DomainError):
    code = "areas.not_mergeable"
    message = _(
        "Chỉ sáp nhập được từ hai đơn vị cùng cấp, cùng thuộc một đơn vị cấp trên và đang hoạt động vào ngày "
        "%(first_day)s. Chưa có gì thay đổi."
    )


class AreaCodeTaken(DomainError):
    code = "areas.code_taken"
    message = _("Mã %(area_code)s đang là mã của một đơn vị khác. Chưa có gì thay đổi, chọn mã khác.")


@transaction.atomic(durable=True)
def merge_areas(merger: Merger, *, by: Actor, now: datetime) -> Area:
    """Merge whole areas into a new one, and their organs kind by kind into its organs.

    Records stay with the organs that made them; what is open moves by the modules' rules. The successors' identifiers
    are issued later, positions in the ended organs end with them.

    :raises NotFound: one of the areas is unknown.
    :raises NotPermitted: see :data:`MERGE`.
    :raises NotMergeable: they are less than two, of different levels or places, or not alive on that day and before.
    :raises AreaCodeTaken: the code means an area that stays.
    """
    areas = list(Area.objects.select_for_update().filter(id__in=merger.area_ids).order_by("id"))
    if len(areas) != len(set(merger.area_ids)):
        raise NotFound
    MERGE.require(by, _merged(areas, merger))
    parent = _common_parent(areas, merger)
    holder = area_queries.by_code(CodeAuthority.STATISTICS, merger.code, merger.first_day)
    if holder is not None and holder not in merger.area_ids:
        raise AreaCodeTaken(area_code=merger.code)

    successor = Area(id=new_id(), kind=areas[0].kind, valid=steps.since(merger.first_day))
    plan = steps.Plan(
        areas=tuple(areas),
        successor=successor,
        parent_id=parent,
        unit=f"{merger.unit_type} {merger.name}",
        name=merger.name,
        code=merger.code,
        centre=(merger.latitude, merger.longitude, merger.km2),
        decision=merger.decision,
        day=merger.first_day,
    )
    steps.open_area(plan)
    heirs = steps.open_organs(plan)
    moved = rules.hand_over(heirs, merger.first_day)
    steps.close_organs(plan, heirs)
    steps.close_areas(plan)

    journal.record(
        "areas.merged",
        subject_id=successor.id,
        by=by,
        at=now,
        areas=[area.id for area in areas],
        organs=sorted(heirs),
        moved=moved,
        from_day=merger.first_day,
    )
    return successor


def _merged(areas: Sequence[Area], merger: Merger) -> Merged:
    committees = OrganArea.objects.filter(
        in_force(merger.last_day), area__in=areas, organ__kind=OrganKind.PEOPLES_COMMITTEE
    )
    ids = list(committees.values_list("organ_id", flat=True))
    above = organ_queries.overseers(ids, merger.last_day)
    return Merged(tuple(found - {organ_id} for organ_id, found in above.items()))


def _common_parent(areas: Sequence[Area], merger: Merger) -> UUID:
    places = AreaPlace.objects.filter(in_force(merger.first_day), area__in=areas).values_list("area_id", "parent_id")
    alive = Area.objects.filter(in_force(merger.first_day), in_force(merger.last_day), id__in=merger.area_ids).count()
    parents = set(dict(places).values())
    whole = alive == len(areas) == len(places) > 1
    if not whole or len(parents) != 1 or len({area.kind for area in areas}) != 1:
        raise NotMergeable(first_day=f"{merger.first_day:%d/%m/%Y}")
    return next(iter(parents))
