"""Keys for tests."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from congso.kernel.actor import Actor
from congso.kernel.clock import HANOI
from congso.kernel.ids import new_id
from congso.shared.keys import commands
from congso.shared.keys.models import Key

NOW = datetime(2023, 11, 29, 9, 0, tzinfo=HANOI)
PIN = "123456"


def enrolled_key(
    owner_kind: Literal["person", "organ"] = "person",
    owner_id: UUID | None = None,
    *,
    common_name: str = "Nguyễn Văn Thử",
    now: datetime = NOW,
) -> Key:
    """A key whose pair is not made yet; its PIN is ``PIN``."""
    return commands.enrol_key(
        owner_kind,
        owner_id or new_id(),
        common_name=common_name,
        organization="UBND xã Thăng Long",
        organ_id=new_id(),
        pin=PIN,
        by=Actor.system(),
        now=now,
    )


def made_key(
    owner_kind: Literal["person", "organ"] = "person", owner_id: UUID | None = None, *, now: datetime = NOW
) -> Key:
    """A key ready to sign."""
    return commands.make_pair(enrolled_key(owner_kind, owner_id, now=now).id, now=now)


def clerk_of(organ_id: UUID, role: str = "records_clerk") -> Actor:
    return Actor(
        account_id=new_id(),
        person_id=new_id(),
        position_id=new_id(),
        organ_id=organ_id,
        serves=frozenset({organ_id}),
        roles=frozenset({(role, organ_id)}),
    )
