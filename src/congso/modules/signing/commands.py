"""Every write of signing."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from congso.kernel.actor import Actor
from congso.modules.signing.orders import SignatureOrder
from congso.modules.signing.verdict import Verdict


def request_signatures(
    orders: Sequence[SignatureOrder],
    *,
    pin: str,
    by: Actor,
    now: datetime,
    confirmation: UUID | None = None,
) -> UUID:
    """Check the PIN and let the worker sign exactly these files; return the request.

    Each order ends in one event, ``SignatureMade`` or ``SignatureFailed``. With a ``confirmation`` seen before,
    nothing happens again and the same request is returned.
    """
    raise NotImplementedError


def validate_file(sha256: str, *, now: datetime) -> Verdict:
    """Return the verdict of a stored file, from its kept report or by a fresh check, which is then kept."""
    raise NotImplementedError
