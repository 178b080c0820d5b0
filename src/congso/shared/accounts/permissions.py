"""Who may manage accounts, and lend rights."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.shared.accounts.models import RightsDelegation
from congso.shared.authz import permission
from congso.shared.people.models import Position


@permission("accounts.manage", _("Quản lý tài khoản"))
def MANAGE(actor: Actor, organs: frozenset[UUID]) -> bool:
    """An administrator of an organ where the person works, or of one that it serves."""
    return actor.is_system or not organs.isdisjoint(actor.organs_where("administrator"))


@permission("accounts.lend_rights", _("Ủy quyền sử dụng hệ thống"))
def LEND(actor: Actor, lender: Position) -> bool:
    """Whose rights they are, or who heads or administers the organ."""
    return actor.is_system or actor.position_id == lender.id or _answers_for(actor, lender.organ_id)


@permission("accounts.return_rights", _("Chấm dứt ủy quyền sử dụng hệ thống"))
def RETURN(actor: Actor, loan: RightsDelegation) -> bool:
    """Either side, or who heads or administers the organ."""
    sides = {loan.from_position_id, loan.to_position_id}
    return actor.is_system or actor.position_id in sides or _answers_for(actor, loan.from_position.organ_id)


@permission("accounts.make_token", _("Lập khóa API"))
def MAKE_TOKEN(actor: Actor, _nothing: None) -> bool:
    """Whoever has signed in under a position of their own: the key gets just that one."""
    return actor.is_authenticated and actor.position_id is not None


def _answers_for(actor: Actor, organ_id: UUID) -> bool:
    return actor.has_role("leader", "administrator", in_organ=organ_id)
