"""What of papers the search finds, and for whom."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from congso.kernel import clock
from congso.modules.documents import body as bodies
from congso.modules.documents.models import Document, Incoming
from congso.shared import search
from congso.shared.people.queries import positions_in

OUTGOING = "documents.document"
INCOMING = "documents.incoming"


def index_document(document: Document) -> None:
    """An issued paper is found by everybody who serves its organ, and by its author."""
    if document.issued_date is None:
        return
    search.index(
        OUTGOING,
        document.id,
        day=document.issued_date,
        title=f"{document.number_text} {document.subject}",
        text=bodies.to_text(document.body),
        audience={document.organ_id, document.drafting_organ_id, document.author_id},
    )


def index_incoming(incoming: Incoming, *, now: datetime) -> None:
    """A registered paper is found by the desk of the organ (clerks, leaders) and by whoever a direction names."""
    today = clock.day_of(now)
    desk = positions_in([incoming.organ_id], today, roles=["records_clerk", "leader"])
    audience: set[UUID] = {label.id for label in desk}
    for part in incoming.assignments.all():
        audience |= {target for target in (part.position_id, part.organ_id) if target is not None}
    text = bodies.to_text(incoming.document.body) if incoming.document else ""
    search.index(
        INCOMING,
        incoming.id,
        day=clock.day_of(incoming.arrived_at),
        title=f"{incoming.number_text} {incoming.subject}",
        text=f"{incoming.sender_text} {text}",
        audience=audience,
    )


def document_url(record_id: UUID) -> str:
    return reverse("documents:detail", args=[record_id])


def incoming_url(record_id: UUID) -> str:
    return reverse("documents:incoming_detail", args=[record_id])
