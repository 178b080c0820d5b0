"""All that other modules may import of documents."""

from congso.modules.documents.events import (
    DirectionClosed,
    DirectionDueChanged,
    DirectionGiven,
    DirectionTakenBack,
    DocumentDelivered,
    DocumentIssued,
    DocumentNumbered,
    DocumentSealed,
    DocumentSigned,
    DocumentWithdrawn,
    IncomingForwarded,
    IncomingRegistered,
    IncomingReturned,
)

__all__ = [
    "DirectionClosed",
    "DirectionDueChanged",
    "DirectionGiven",
    "DirectionTakenBack",
    "DocumentDelivered",
    "DocumentIssued",
    "DocumentNumbered",
    "DocumentSealed",
    "DocumentSigned",
    "DocumentWithdrawn",
    "IncomingForwarded",
    "IncomingRegistered",
    "IncomingReturned",
]
