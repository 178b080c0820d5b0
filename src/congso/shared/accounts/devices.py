"""What a browser is called, so that people recognise their own devices."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from django.utils.translation import gettext as _

from congso.shared.accounts.models import LoginSession

# The first that occurs wins: Cốc Cốc and Edge also call themselves Chrome, and Chrome calls itself Safari.
_BROWSERS = (
    ("coc_coc_browser", "Cốc Cốc"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Device:
    """One open session as its owner sees it; moments are real time."""

    id: UUID
    name: str
    address: str
    signed_in_at: datetime | None
    last_seen_at: datetime | None
    is_this: bool

    @classmethod
    def of(cls, session: LoginSession, *, this: UUID | None) -> Self:
        return cls(
            id=session.public_id,
            name=device_name(session.user_agent),
            address=session.address or "",
            signed_in_at=session.signed_in_at,
            last_seen_at=session.last_seen_at,
            is_this=session.public_id == this,
        )


def device_name(user_agent: str) -> str:
    """Return how to call a browser: “Chrome trên Windows”."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), _("Trình duyệt khác"))
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), _("máy khác"))
    return _("%(browser)s trên %(system)s") % {"browser": browser, "system": system}
