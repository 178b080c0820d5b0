"""Draw the agreed text as the paper that will be signed."""

from datetime import datetime

from django.db import transaction

from congso.kernel.actor import Actor
from congso.modules.documents import notices, papers
from congso.modules.documents.commands.sealing_attachments import freeze_attachments_step
from congso.modules.documents.commands.versions import mark_version_step
from congso.modules.documents.kinds import DocumentState
from congso.modules.documents.models import Document, VersionKind
from congso.shared import files, journal

PDF = "application/pdf"
MAX_PAPER_BYTES = 50 * 1024 * 1024


@transaction.atomic(savepoint=False)
def approve_step(document: Document, *, by: Actor, now: datetime) -> Document:
    """Fix capacity, notation and file of a paper that its reviewers agreed to, inside their command.

    The file has empty fields for number, date and both signatures; from here on no letter of the text changes.

    :raises congso.shared.people.capacity.MayNotSign: the signatory lost, or never had, the competence to sign it.
    """
    paper = papers.prepared(document, now=now)
    attached = freeze_attachments_step(document)
    document.signer_name = paper.signer_name
    document.capacity_code, document.capacity_lines = paper.capacity_code, list(paper.capacity_lines)
    document.notation, document.number_mark, document.pages = paper.notation, paper.number_mark, paper.pages
    stored = files.store(paper.pdf, name=f"{document.id}.pdf", media_types={PDF}, max_bytes=MAX_PAPER_BYTES)
    document.approved_pdf = stored
    document.approved_at = document.changed_at = now
    document.state = DocumentState.APPROVED
    document.save()
    facts = {"attachments": attached} if attached else {}
    journal.record("documents.approved", subject_id=document.id, by=by, at=now, file=stored.sha256, **facts)
    mark_version_step(document, VersionKind.APPROVED)
    notices.tell_signatory(document, now=now)
    return document
