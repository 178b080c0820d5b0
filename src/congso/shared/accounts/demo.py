"""Which positions the demo offers to step into with one click. What fills the door registers here too."""

from collections.abc import Callable, Collection
from uuid import UUID

type Offer = Callable[[], Collection[UUID]]

_offers: list[Offer] = []


def offer(positions: Offer) -> None:
    """Offer positions, asked anew at each sign-in. Called from ``AppConfig.ready``; safe to repeat."""
    if positions not in _offers:
        _offers.append(positions)


def is_offered(position_id: UUID) -> bool:
    return any(position_id in positions() for positions in _offers)
