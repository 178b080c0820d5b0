"""Whether the register of a year is closed."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from congso.kernel.errors import DomainError
from congso.modules.documents.models import RegisterClosing, RegisterKind


class RegisterIsClosed(DomainError):
    code = "documents.register_is_closed"
    message = _("Sổ văn bản đi năm %(year)s đã khóa nên không hủy được số trong sổ. Chưa có gì thay đổi.")


def closing_of(organ_id: UUID, kind: str, year: int) -> RegisterClosing | None:
    """Return how the register of a year was closed, if it was."""
    return RegisterClosing.objects.filter(organ=organ_id, kind=kind, year=year).first()


def refuse_if_closed(organ_id: UUID, year: int) -> None:
    """Keep the outgoing register of a closed year as it is.

    :raises RegisterIsClosed: it was closed.
    """
    if closing_of(organ_id, RegisterKind.OUTGOING, year) is not None:
        raise RegisterIsClosed(year=year)
