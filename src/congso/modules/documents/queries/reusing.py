"""Templates and address groups: one's own and those shared in the organ."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from congso.kernel.actor import Actor
from congso.kernel.errors import NotFound, NotPermitted
from congso.modules.documents import permissions
from congso.modules.documents.models import AddressGroup, DraftTemplate
from congso.shared.authz import Permission
from congso.shared.organs.queries import labels

# Before a group's id among the choices of recipients.
GROUP = "nhom-"

type Saved = DraftTemplate | AddressGroup


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A template or a group as the list shows it."""

    saved: Any
    names: tuple[str, ...]
    is_own: bool
    may_share: bool


def access_template(template_id: UUID, *, by: Actor, to: Permission[Saved], for_update: bool = False) -> DraftTemplate:
    """Return the template if ``by`` may do ``to`` with it.

    :raises NotFound: no such template, or one that ``by`` does not see.
    :raises NotPermitted: ``by`` sees it but may not do this.
    """
    templates = DraftTemplate.objects.visible_to(by)
    found = templates.select_for_update() if for_update else templates
    return _checked(found.filter(id=template_id).first(), by, to)


def access_group(group_id: UUID, *, by: Actor, to: Permission[Saved], for_update: bool = False) -> AddressGroup:
    """Return the group if ``by`` may do ``to`` with it; errors as :func:`access_template`."""
    groups = AddressGroup.objects.visible_to(by)
    found = groups.select_for_update() if for_update else groups
    return _checked(found.filter(id=group_id).first(), by, to)


def templates_of(by: Actor) -> list[SavedRow]:
    """Return the templates that ``by`` may begin from, by name."""
    found = DraftTemplate.objects.visible_to(by).defer("body").order_by("name", "id")
    return [_row(template, by, ()) for template in found]


def groups_of(by: Actor, today: date) -> list[SavedRow]:
    """Return the groups that ``by`` may choose, by name, with the names of their organs."""
    found = list(AddressGroup.objects.visible_to(by).prefetch_related("members").order_by("name", "id"))
    names = labels({member.organ_id for group in found for member in group.members.all()}, on=today)
    return [
        _row(group, by, tuple(names[one].short_name for one in _organs_of(group) if one in names)) for group in found
    ]


def group_choices(by: Actor) -> list[tuple[str, str]]:
    """Return the groups as choices of recipients; the form puts their organs in their place."""
    found = AddressGroup.objects.visible_to(by).order_by("name", "id")
    return [(f"{GROUP}{group.id}", _("Nhóm: %(name)s") % {"name": group.name}) for group in found]


def organs_in_group(value: str) -> list[UUID]:
    """Return the organs that a choice of :func:`group_choices` stands for."""
    group = AddressGroup.objects.prefetch_related("members").filter(id=UUID(value.removeprefix(GROUP))).first()
    return _organs_of(group) if group else []


def _checked[S: (DraftTemplate, AddressGroup)](saved: S | None, by: Actor, to: Permission[Saved]) -> S:
    if saved is None:
        raise NotFound
    if not to.allows(by, saved):
        raise NotPermitted
    return saved


def _organs_of(group: AddressGroup) -> list[UUID]:
    return [member.organ_id for member in sorted(group.members.all(), key=lambda member: member.place)]


def _row(saved: Saved, by: Actor, names: Iterable[str]) -> SavedRow:
    return SavedRow(
        saved,
        tuple(names),
        is_own=permissions.CHANGE_SAVED.allows(by, saved),
        may_share=permissions.SHARE_SAVED.allows(by, saved),
    )
