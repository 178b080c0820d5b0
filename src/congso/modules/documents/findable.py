"""What of papers the search finds, and for whom."""

from uuid import UUID

from django.urls import reverse

from congso.kernel import clock
from congso.modules.documents import body as bodies
from congso.modules.documents.kinds import CameBy
from congso.modules.documents.models import Document, Incoming
from congso.modules.documents.queries.attachments import words_of_attachments, words_of_file
from congso.shared import search
from congso.shared.files import pages

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
        text=words_of(document),
        audience={document.organ_id, document.drafting_organ_id, document.author_id},
    )


def index_incoming(incoming: Incoming) -> None:
    """A registered paper is found by the desk of the organ (clerks, leaders) and by whoever a direction names.

    The desk is named by its roles: who holds them later finds it too.
    """
    audience = {search.role_key(incoming.organ_id, role) for role in ("records_clerk", "leader")}
    for part in incoming.assignments.filter(taken_back_at=None):
        audience |= {target for target in (part.position_id, part.organ_id) if target is not None}
    text = words_of(incoming.document) if incoming.document else _words(incoming)
    search.index(
        INCOMING,
        incoming.id,
        day=clock.day_of(incoming.arrived_at),
        title=f"{incoming.number_text} {incoming.subject}",
        text=f"{incoming.sender_text} {text}",
        audience=audience,
    )


def words_of(document: Document) -> str:
    """Return all that a paper says: its body or the file in its place, and the files that go with it."""
    words = words_of_file(document) if document.uploaded_pdf_id else bodies.to_text(document.body)
    return f"{words}\n{words_of_attachments(document)}"


def _words(incoming: Incoming) -> str:
    """Return the words of what came by post, by e-mail or by hand; of the rest the sender's record has them."""
    if incoming.came_by == CameBy.SYSTEM:
        return ""
    return "\n".join(pages.texts(incoming.file.sha256))


def document_url(record_id: UUID) -> str:
    return reverse("documents:detail", args=[record_id])


def incoming_url(record_id: UUID) -> str:
    return reverse("documents:incoming_detail", args=[record_id])
