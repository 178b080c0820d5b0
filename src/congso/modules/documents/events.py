"""What happened with papers."""

from dataclasses import dataclass
from uuid import UUID

from congso.kernel.events import Event


@dataclass(frozen=True, slots=True)
class DocumentSigned(Event):
    """The leader's signature is in the file."""

    document_id: UUID


@dataclass(frozen=True, slots=True)
class DocumentNumbered(Event):
    """The paper has its number and date."""

    document_id: UUID


@dataclass(frozen=True, slots=True)
class DocumentSealed(Event):
    """The organ's signature is in the file."""

    document_id: UUID


@dataclass(frozen=True, slots=True)
class DocumentIssued(Event):
    """The paper is issued and goes to its recipients."""

    document_id: UUID


@dataclass(frozen=True, slots=True)
class DocumentWithdrawn(Event):
    """The paper was withdrawn before issue."""

    document_id: UUID


@dataclass(frozen=True, slots=True)
class DocumentRecalled(Event):
    """The paper was taken back after issue, or another one took its place."""

    document_id: UUID


@dataclass(frozen=True, slots=True)
class DocumentDelivered(Event):
    """Every recipient within the installation has the paper at its door."""

    document_id: UUID


@dataclass(frozen=True, slots=True)
class IncomingRegistered(Event):
    """An incoming paper has its arrival number."""

    incoming_id: UUID


@dataclass(frozen=True, slots=True)
class IncomingReturned(Event):
    """An incoming paper was refused at the door."""

    incoming_id: UUID


@dataclass(frozen=True, slots=True)
class IncomingRecalled(Event):
    """The sender took an incoming paper back; its open directions are closed."""

    incoming_id: UUID


@dataclass(frozen=True, slots=True)
class DirectionGiven(Event):
    """A leader said who leads, who supports, by when; or a head split a part of that onward to own staff."""

    direction_id: UUID
    incoming_id: UUID


@dataclass(frozen=True, slots=True)
class DirectionClosed(Event):
    """Who leads has finished: a reply was issued, or the work needed none; or nothing is awaited any more."""

    direction_id: UUID
    incoming_id: UUID


@dataclass(frozen=True, slots=True)
class DirectionDueChanged(Event):
    """The day of a direction was moved."""

    direction_id: UUID
    incoming_id: UUID


@dataclass(frozen=True, slots=True)
class DirectionTakenBack(Event):
    """Who gave a direction took it back before it was done."""

    direction_id: UUID
    incoming_id: UUID


@dataclass(frozen=True, slots=True)
class IncomingForwarded(Event):
    """An incoming paper was passed on to another organ, where it now stands at the door as ``arrival_id``."""

    incoming_id: UUID
    arrival_id: UUID
