"""What the pages show of the files that go with a paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError
from congso.modules.documents.models import Attachment, Document, Incoming
from congso.modules.signing import public as signing
from congso.shared.files import office_texts, pages
from congso.shared.files.keeping import read

# So much is put into the search of one paper; a word vector has a limit of its own.
MOST_SEARCHED = 200_000


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """One file. ``verdict``: what its signatures are worth, where it has some that were checked."""

    attachment: Attachment
    verdict: signing.Verdict | None


def attachment_rows(document_id: UUID) -> list[AttachmentRow]:
    """Return the files that go with a paper, in order; two queries."""
    attachments = list(Attachment.objects.filter(document=document_id).kept().select_related("file"))
    verdicts = signing.kept_verdicts([attachment.file_now_id for attachment in attachments])
    return [AttachmentRow(attachment, verdicts.get(attachment.file_now_id)) for attachment in attachments]


def removed_attachments(document_id: UUID) -> Sequence[Attachment]:
    """Return what was taken out and can be put back."""
    return list(Attachment.objects.filter(document=document_id).exclude(removed_at=None).order_by("-removed_at"))


def attached_files(document: Document) -> list[str]:
    """Return the SHA-256 of each file as it goes out, in order."""
    return [attachment.file_now_id for attachment in Attachment.objects.filter(document=document).kept()]


def address_of_paper(attachment: Attachment, *, by: Actor) -> str:
    """Return where ``by`` reads the paper that the file goes with: as sent, as arrived, or as sent to them by name."""
    document_id = attachment.document_id
    if Document.objects.visible_to(by).filter(id=document_id).exists():
        return reverse("documents:detail", args=[document_id])
    arrived = Incoming.objects.visible_to(by).filter(document=document_id).values_list("id", flat=True).first()
    if arrived is not None:
        return reverse("documents:incoming_detail", args=[arrived])
    return reverse("documents:personal_detail", args=[document_id])


def words_of_attachments(document: Document) -> str:
    """Return names and words of the files, for the search; no query where there are none."""
    if not document.attachment_count:
        return ""
    found: list[str] = []
    for attachment in Attachment.objects.filter(document=document).kept().select_related("file"):
        found += [attachment.name, _words(attachment)]
    return "\n".join(found)[:MOST_SEARCHED]


def words_of_file(document: Document) -> str:
    """Return the words of the file that the paper is, if it was not typed here."""
    if document.uploaded_pdf_id is None:
        return ""
    return "\n".join(pages.texts(document.uploaded_pdf_id))[:MOST_SEARCHED]


def _words(attachment: Attachment) -> str:
    try:
        if attachment.is_pdf:
            return "\n".join(pages.texts(attachment.file_id))
        if attachment.file.media_type in office_texts.READ:
            return office_texts.text_of(read(attachment.file_id), attachment.file.media_type)
    except (DomainError, office_texts.NotReadable):
        # A file that cannot be read is not found by its words; its paper goes out all the same.
        pass
    return ""
