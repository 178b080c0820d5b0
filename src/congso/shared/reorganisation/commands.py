"""The merger of whole areas with their organs."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, NotFound
from congso.kernel.ids import new_id
from congso.shared import journal
from congso.shared.areas import queries as area_queries
from congso.shared.areas.dated import in_force, period
from congso.shared.areas.models import Area, AreaPlace, CodeAuthority
from congso.shared.organs import queries as organ_queries
from congso.shared.organs.models import OrganArea, OrganKind
from congso.shared.reorganisation import rules, steps
from congso.shared.reorganisation.permissions import MERGE, Merged
from congso.shared.reorganisation.steps import Merger, Plan


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
    _check_code(merger)

    successor = Area(id=new_id(), kind=areas[0].kind, valid=period(merger.first_day))
    plan = Plan(merger, tuple(areas), successor, parent)
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


def _check_code(merger: Merger) -> None:
    holder = area_queries.by_code(CodeAuthority.STATISTICS, merger.code, merger.first_day)
    if holder is not None and holder not in merger.area_ids:
        raise AreaCodeTaken(area_code=merger.code)


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
