"""Who may do what with keys."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.shared.authz import permission
from congso.shared.keys.models import Key, OwnerKind


@permission("keys.issue", _("Cấp, thu hồi chứng thư tập huấn"))
def ISSUE(actor: Actor, organ_id: UUID) -> bool:
    """The administrator of the organ that the key is for, and the installation itself."""
    return actor.is_system or actor.has_role("administrator", in_organ=organ_id)


@permission("keys.use", _("Ký bằng khóa"))
def USE(actor: Actor, key: Key) -> bool:
    """Use a key for whom it belongs to: the person, or a records clerk (văn thư) for the organ."""
    if key.owner_kind == OwnerKind.PERSON:
        return key.owner_id is not None and actor.person_id == key.owner_id
    return key.owner_kind == OwnerKind.ORGAN and actor.has_role("records_clerk", in_organ=key.owner_id)
