"""Opening what is new: an area with its dated rows, and its organs."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from congso.kernel.errors import DomainError
from congso.kernel.vietnamese import fold, sort_key
from congso.shared.areas import queries as area_queries
from congso.shared.areas.dated import close, in_force
from congso.shared.areas.models import AreaCode, AreaExtent, AreaName, AreaPlace, CodeAuthority
from congso.shared.organs.models import Organ, OrganArea, OrganName
from congso.shared.reorganisation.units import Branch, Plan


class AreaCodeTaken(DomainError):
    code = "areas.code_taken"
    message = _("Mã %(area_code)s đang là mã của một đơn vị khác. Chưa có gì thay đổi, chọn mã khác.")


def check_code(plan: Plan) -> None:
    """Look whether the new area's code is free.

    :raises AreaCodeTaken: it means an area that stays.
    """
    holder = area_queries.by_code(CodeAuthority.STATISTICS, plan.unit.code, plan.day)
    if holder is not None and holder not in {area.id for area in plan.areas}:
        raise AreaCodeTaken(area_code=plan.unit.code)


def open_area(plan: Plan) -> None:
    """Store the new area with its dated rows, closing those of the ended areas that would overlap."""
    close(AreaCode.objects.filter(area__in=plan.areas), plan.day)
    new, unit = plan.successor, plan.unit
    new.save(force_insert=True)
    AreaName.objects.create(
        area=new, name=unit.name, full_name=unit.full_name, sort_key=sort_key(unit.name), valid=plan.valid
    )
    AreaCode.objects.create(area=new, authority=CodeAuthority.STATISTICS, code=unit.code, valid=plan.valid)
    AreaPlace.objects.create(area=new, parent_id=plan.parent_id, valid=plan.valid)
    AreaExtent.objects.create(
        area=new, latitude=unit.latitude, longitude=unit.longitude, km2=unit.km2, valid=plan.valid
    )


def competent_for(plan: Plan) -> set[UUID]:
    """Return the organs that are competent for one of the areas which end."""
    rows = OrganArea.objects.filter(in_force(plan.day), area__in=plan.areas)
    return set(rows.values_list("organ_id", flat=True))


def open_organs(plan: Plan, ended: Collection[UUID]) -> Branch:
    """Store one heir for the ended organs of each kind and notation."""
    names = OrganName.objects.filter(in_force(plan.day), organ_id__in=ended).select_related("organ")
    alike: defaultdict[tuple[str, str], list[OrganName]] = defaultdict(list)
    for name in names.order_by("sort_key", "id"):
        alike[name.organ.kind, name.notation].append(name)
    heirs: dict[UUID, UUID] = {}
    units = [label.full_name for label in area_queries.labels([area.id for area in plan.areas], plan.day).values()]
    for group in alike.values():
        heir = _open_organ(plan, group[0], units)
        heirs |= {name.organ_id: heir.id for name in group}
    return Branch(plan, heirs)


def _open_organ(plan: Plan, like: OrganName, old_units: list[str]) -> Organ:
    heir = Organ.objects.create(kind=like.organ.kind, valid=plan.valid, is_fictitious=like.organ.is_fictitious)
    name, short_name = (_renamed(text, old_units, plan.unit.full_name) for text in (like.name, like.short_name))
    OrganName.objects.create(
        organ=heir,
        name=name,
        short_name=short_name,
        notation=like.notation,
        place_name=plan.unit.name,
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
