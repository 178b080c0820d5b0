from datetime import UTC, datetime
from uuid import UUID

from congso.kernel.actor import Actor
from congso.shared import notify

NOON = datetime(2023, 11, 29, 5, 0, tzinfo=UTC)
PAPER = UUID(int=5)


def tell(*positions, kind="documents.arrived", title="Kế hoạch 15/KH-UBND đã đến", subject_id=PAPER, at=NOON):
    notify.tell(
        [position.id for position in positions],
        kind=kind,
        title=title,
        url=f"/van-ban/{subject_id}/",
        subject_id=subject_id,
        at=at,
    )


def actor_of(position):
    return Actor(account_id=UUID(int=1), position_id=position.id)
