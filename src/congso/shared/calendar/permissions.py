from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.shared.authz import permission


@permission("calendar.override", _("Đổi lịch làm việc"))
def OVERRIDE(actor: Actor, _calendar: None) -> bool:
    """An administrator: the calendar is the whole installation's."""
    return actor.is_system or bool(actor.organs_where("administrator"))
