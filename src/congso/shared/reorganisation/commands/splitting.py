"""The split of an area, with its organs, into several."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, NotFound
from congso.kernel.ids import new_id
from congso.shared import journal
from congso.shared.areas import queries as area_queries
from congso.shared.areas.dated import in_force, period
from congso.shared.areas.models import Area, AreaPlace, AreaSuccession, HousePlace, SuccessionKind
from congso.shared.organs import queries as organ_queries
from congso.shared.organs.models import OrganArea, OrganPlace, Relation
from congso.shared.reorganisation import closing, custody, opening, rules
from congso.shared.reorganisation.land import Land, land_of
from congso.shared.reorganisation.permissions import SPLIT, reorganised
from congso.shared.reorganisation.units import Branch, Plan, Split


class NotSplittable(DomainError):
    code = "areas.not_splittable"
    message = _(
        "Chỉ chia tách được đơn vị đang hoạt động, và còn nguyên các thôn, cả trước và trong ngày %(first_day)s, "
        "thành ít nhất hai đơn vị mà mỗi đơn vị nhận ít nhất một thôn hoặc một nhà. Chưa có gì thay đổi."
    )


class PartsNotDivided(DomainError):
    code = "areas.parts_not_divided"
    message = _(
        "Mỗi thôn, mỗi nhà thuộc thẳng đơn vị phải về đúng một đơn vị mới: %(missing)s chưa được xếp, %(twice)s xếp "
        "nhiều lần, %(foreign)s không thuộc đơn vị này. Chưa có gì thay đổi, xếp lại rồi chia tách."
    )


class OrganNotPlaced(DomainError):
    code = "areas.organ_not_placed"
    message = _(
        "%(organ)s là cơ quan cấp dưới nhưng chưa rõ về đơn vị mới nào. Chưa có gì thay đổi, ghi địa bàn của cơ quan "
        "đó rồi chia tách lại."
    )


@transaction.atomic(durable=True)
def split_area(split: Split, *, by: Actor, now: datetime) -> tuple[Area, ...]:
    """Split an area into the new ones of its shares, each with its own organs; return them in this order.

    Records stay with the organs that made them. Figures count those about a known house with the share on which it
    stands, the others in a row of their own; what is open moves to the organs of the first share. Safe to repeat: a
    split that was done is not done again.

    :raises NotFound: the area is unknown.
    :raises NotPermitted: see :data:`SPLIT`.
    :raises NotSplittable: less than two shares, an empty one, or the area is not alive on that day and before.
    :raises PartsNotDivided: the shares are not exactly what lies directly in the area.
    :raises OrganNotPlaced: an organ below those of the area lies in no share.
    :raises AreaCodeTaken: a code means an area that stays, or two shares have the same.
    """
    area = Area.objects.select_for_update().filter(id=split.area_id).first()
    if area is None:
        raise NotFound
    SPLIT.require(by, reorganised([area.id], split.last_day))
    if done := _done_before(split):
        return done
    plans = _plans(area, split)
    land = land_of(split)

    branches = _open(plans)
    moved = rules.hand_over(branches[0].heirs, split.first_day)
    closing.pass_places_on(branches, _branch_of(branches, land), split.first_day)
    cut = custody.divide(branches, land)
    closing.close_organs(branches, SuccessionKind.SPLIT, split.decision, split.first_day)
    closing.move_parts([area], lambda part: plans[land.share_of[part]].successor.id, split.first_day)
    closing.close_areas(branches, SuccessionKind.SPLIT, split.decision, split.first_day)
    custody.count_anew(cut)

    journal.record(
        "areas.split",
        subject_id=area.id,
        by=by,
        at=now,
        areas=[plan.successor.id for plan in plans],
        organs=sorted(branches[0].heirs),
        moved=moved,
        pieces=len(cut),
        from_day=split.first_day,
    )
    return tuple(plan.successor for plan in plans)


def _done_before(split: Split) -> tuple[Area, ...]:
    """Return the areas of the same split, if it was done."""
    edges = AreaSuccession.objects.filter(
        from_area_id=split.area_id, kind=SuccessionKind.SPLIT, decision=split.decision, date=split.first_day
    )
    areas = {edge.to_area_id: edge.to_area for edge in edges.select_related("to_area")}
    names = {label.full_name: label.id for label in area_queries.labels(areas, split.first_day).values()}
    ids = [names.get(share.full_name) for share in split.shares]
    return tuple(areas[found] for found in ids if found) if set(names.values()) == set(ids) else ()


def _plans(area: Area, split: Split) -> list[Plan]:
    place = AreaPlace.objects.filter(in_force(split.first_day), in_force(split.last_day), area=area).first()
    alive = Area.objects.filter(in_force(split.first_day), in_force(split.last_day), id=area.id).exists()
    empty = [share for share in split.shares if not (share.area_ids or share.house_ids)]
    if place is None or not alive or _changes_that_day(split) or len(split.shares) < 2 or empty:  # noqa: PLR2004 - less is no split
        raise NotSplittable(first_day=f"{split.first_day:%d/%m/%Y}")
    _check_parts(split)
    plans = [
        Plan(
            share,
            (area,),
            Area(id=new_id(), kind=area.kind, valid=period(split.first_day)),
            place.parent_id,
            split.first_day,
        )
        for share in split.shares
    ]
    taken = Counter(share.code for share in split.shares)
    for plan in plans:
        opening.check_code(plan)
        if taken[plan.unit.code] > 1:
            raise opening.AreaCodeTaken(area_code=plan.unit.code)
    return plans


def _changes_that_day(split: Split) -> bool:
    """Whether a part comes to the area on the very day of the split: its row cannot be closed before it begins."""
    comes = Q(valid__startswith=split.first_day)
    return (
        AreaPlace.objects.filter(comes, parent_id=split.area_id).exists()
        or HousePlace.objects.filter(comes, area_id=split.area_id).exists()
    )


def _check_parts(split: Split) -> None:
    """Look whether each part that lies directly in the area is in one share."""
    lying = AreaPlace.objects.filter(in_force(split.first_day), parent_id=split.area_id).values_list(
        "area_id", flat=True
    )
    standing = HousePlace.objects.filter(in_force(split.first_day), area_id=split.area_id).values_list(
        "house_id", flat=True
    )
    parts = {*lying, *standing}
    given = Counter(part for share in split.shares for part in (*share.area_ids, *share.house_ids))
    missing, twice, foreign = parts - set(given), given.total() - len(given), set(given) - parts
    if missing or twice or foreign:
        raise PartsNotDivided(missing=len(missing), twice=twice, foreign=len(foreign))


def _open(plans: Sequence[Plan]) -> list[Branch]:
    ended = opening.competent_for(plans[0])
    ended |= _serving(ended, plans[0])
    for plan in plans:
        opening.open_area(plan)
    return [opening.open_organs(plan, ended) for plan in plans]


def _serving(organ_ids: set[UUID], plan: Plan) -> set[UUID]:
    """Return the offices and departments of organs that have no area of their own."""
    found: set[UUID] = set()
    served = set(organ_ids)
    placed = OrganArea.objects.filter(in_force(plan.day)).values("organ_id")
    while served:
        places = OrganPlace.objects.filter(in_force(plan.day), relation=Relation.SERVES, parent_id__in=served)
        served = set(places.exclude(organ_id__in=placed).values_list("organ_id", flat=True)) - found
        found |= served
    return found


def _branch_of(branches: Sequence[Branch], land: Land) -> Callable[[UUID], Branch]:
    """Return how to find the branch of an organ that is under an ended one and stays: by the area that it acts for."""
    day = branches[0].plan.day

    def branch_of(organ_id: UUID) -> Branch:
        areas = OrganArea.objects.filter(in_force(day), organ_id=organ_id).values_list("area_id", flat=True)
        shares = {share for area in areas for share in land.shares(land.parts_of.get(area, frozenset()))}
        if len(shares) != 1:
            raise OrganNotPlaced(organ=organ_queries.labels([organ_id], day)[organ_id].name)
        return branches[next(iter(shares))]

    return branch_of
