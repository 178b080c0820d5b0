"""Who may change people and positions."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.shared.authz import permission
from congso.shared.people.models import Position, SigningDelegation


@permission("people.manage", _("Quản lý người và chức vụ"))
def MANAGE(actor: Actor, organs: frozenset[UUID]) -> bool:
    """An administrator of the organ, or of one that it serves."""
    return actor.is_system or not organs.isdisjoint(actor.organs_where("administrator"))


@permission("people.register", _("Ghi tên người"))
def REGISTER(actor: Actor, _nothing: None) -> bool:
    """An administrator of any organ."""
    return actor.is_system or bool(actor.organs_where("administrator"))


@permission("people.delegate_signing", _("Ủy quyền ký"))
def DELEGATE_SIGNING(actor: Actor, giver: Position) -> bool:
    """The head of the organ, for the head's own authority only."""
    return actor.is_system or actor.position_id == giver.id


@permission("people.revoke_signing", _("Chấm dứt ủy quyền ký"))
def REVOKE_SIGNING(actor: Actor, delegation: SigningDelegation) -> bool:
    """Who gave it, or a leader of the organ."""
    giver = delegation.from_position
    return actor.is_system or actor.position_id == giver.id or actor.has_role("leader", in_organ=giver.organ_id)
