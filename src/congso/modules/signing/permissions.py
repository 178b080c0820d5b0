"""Who may do what with signatures."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError
from congso.modules.signing.models import SignatureRequest
from congso.modules.signing.signables import UnknownKind, registry
from congso.shared.authz import permission
from congso.shared.keys import permissions as key_permissions

CONFIRM = key_permissions.USE


@permission("signing.follow", _("Theo dõi lượt ký"))
def FOLLOW(actor: Actor, request: SignatureRequest) -> bool:
    """Whoever confirmed it, under any hat."""
    return actor.person_id is not None and actor.person_id == request.person_id


@permission("signing.see_report", _("Xem kết quả kiểm tra chữ ký"))
def SEE_REPORT(actor: Actor, subject: tuple[str, UUID]) -> bool:
    """Whoever may see the record that holds the file: its own module decides."""
    kind, subject_id = subject
    try:
        registry.get(kind).file_of(subject_id, actor)
    except (DomainError, UnknownKind):
        return False
    return True
