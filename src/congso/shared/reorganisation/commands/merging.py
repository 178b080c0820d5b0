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
from congso.shared.areas.dated import in_force, period
from congso.shared.areas.models import Area, AreaPlace, SuccessionKind
from congso.shared.reorganisation import closing, custody, opening, rules
from congso.shared.reorganisation.permissions import MERGE, reorganised
from congso.shared.reorganisation.units import Merger, Plan


class NotMergeable(DomainError):
    code = "areas.not_mergeable"
    message = _(
        "Chỉ sáp nhập được từ hai đơn vị cùng cấp, cùng thuộc một đơn vị cấp trên và đang hoạt động vào ngày "
        "%(first_day)s. Chưa có gì thay đổi."
    )


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
    MERGE.require(by, reorganised(merger.area_ids, merger.last_day))
    successor = Area(id=new_id(), kind=areas[0].kind, valid=period(merger.first_day))
    plan = Plan(merger, tuple(areas), successor, _common_parent(areas, merger), merger.first_day)
    opening.check_code(plan)

    opening.open_area(plan)
    branch = opening.open_organs(plan, opening.competent_for(plan))
    moved = rules.hand_over(branch.heirs, merger.first_day)
    closing.pass_places_on([branch], lambda _organ_id: branch, merger.first_day)
    custody.pass_on(branch)
    closing.close_organs([branch], SuccessionKind.MERGE, merger.decision, merger.first_day)
    closing.move_parts(areas, lambda _part: successor.id, merger.first_day)
    closing.close_areas([branch], SuccessionKind.MERGE, merger.decision, merger.first_day)

    journal.record(
        "areas.merged",
        subject_id=successor.id,
        by=by,
        at=now,
        areas=[area.id for area in areas],
        organs=sorted(branch.heirs),
        moved=moved,
        from_day=merger.first_day,
    )
    return successor


def _common_parent(areas: Sequence[Area], merger: Merger) -> UUID:
    places = AreaPlace.objects.filter(in_force(merger.first_day), area__in=areas).values_list("area_id", "parent_id")
    alive = Area.objects.filter(in_force(merger.first_day), in_force(merger.last_day), id__in=merger.area_ids).count()
    parents = set(dict(places).values())
    whole = alive == len(areas) == len(places) > 1
    if not whole or len(parents) != 1 or len({area.kind for area in areas}) != 1:
        raise NotMergeable(first_day=f"{merger.first_day:%d/%m/%Y}")
    return next(iter(parents))
