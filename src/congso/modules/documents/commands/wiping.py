"""Make a draft that may be secret as if it had never been."""

from django.db import transaction

from congso.modules.documents.models import Document
from congso.shared.files import leftovers


@transaction.atomic(savepoint=False)
def wipe_draft_step(document: Document) -> None:
    """Delete the draft with all that belongs to it, and its files from the storage, as far as nobody else has them."""
    gone = {document.uploaded_pdf_id, *document.attachments.values_list("file_id", flat=True)}
    gone |= set(document.images.values_list("file_id", flat=True))
    for belonging in (
        document.reviews,
        document.recipients,
        document.remarks,
        document.versions,
        document.images,
        document.attachments,
    ):
        belonging.all().delete()
    document.delete()
    leftovers.forget(sha256 for sha256 in gone if sha256)
