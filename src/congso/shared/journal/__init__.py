"""The journal (nhật ký): one line per act, in the transaction of the act, never changed afterwards.

Lines hold ids and codes only, never names, titles or text, so that personal data can be erased and the journal
cannot. Every minute the finished lines are sealed by a signed Merkle root (RFC 6962), each seal chained to the one
before; ``verification.verify`` finds a line or seal that was changed, removed, inserted or moved.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from congso.shared.journal.recording import record
else:

    def __getattr__(name):  # noqa: ANN001, ANN202 - typed by the branch above
        """Open the door at first use: models cannot be imported while Django still reads its list of apps."""
        if name in __all__:
            return getattr(import_module("congso.shared.journal.recording"), name)
        raise AttributeError(name)


__all__ = ["record"]
