"""All that other modules may import of documents."""

from congso.modules.documents.events import (
    DirectionClosed,
    DirectionDueChanged,
    DirectionGiven,
    DirectionTakenBack,
    DocumentDelivered,
    DocumentIssued,
    DocumentNumbered,
    DocumentRecalled,
    DocumentSealed,
    DocumentSigned,
    DocumentWithdrawn,
    IncomingForwarded,
    IncomingRecalled,
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
    "DocumentRecalled",
    "DocumentSealed",
    "DocumentSigned",
    "DocumentWithdrawn",
    "IncomingForwarded",
    "IncomingRecalled",
    "IncomingRegistered",
    "IncomingReturned",
]
