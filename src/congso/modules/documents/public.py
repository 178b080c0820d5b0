"""All that other modules may import of documents."""

from congso.modules.documents.events import (
    DirectionClosed,
    DirectionGiven,
    DocumentDelivered,
    DocumentIssued,
    DocumentNumbered,
    DocumentSealed,
    DocumentSigned,
    DocumentWithdrawn,
    IncomingRegistered,
    IncomingReturned,
)

__all__ = [
    "DirectionClosed",
    "DirectionGiven",
    "DocumentDelivered",
    "DocumentIssued",
    "DocumentNumbered",
    "DocumentSealed",
    "DocumentSigned",
    "DocumentWithdrawn",
    "IncomingRegistered",
    "IncomingReturned",
]
