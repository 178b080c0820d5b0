"""How papers are shown before they are signed, and which file of theirs is checked."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from congso.kernel.actor import Actor
from congso.kernel.errors import NotFound
from congso.modules.documents import permissions
from congso.modules.documents.kinds import DocumentState, ReviewState
from congso.modules.documents.models import Attachment, Copy, Document, ReadMark, Review
from congso.modules.documents.queries.access import access_attachment, access_copy, access_document
from congso.modules.signing import public as signing
from congso.shared.people.queries import labels as position_labels

KIND = "documents.document"
ATTACHMENT = "documents.attachment"
COPY = "documents.copy"


def describe(document_ids: Sequence[UUID], by: Actor) -> list[signing.SignableInfo]:
    """Return the papers that wait for a signature by ``by``: as their signatory, or as clerk with the organ's seal."""
    found = {
        document.id: document
        for document in Document.objects.visible_to(by).filter(
            id__in=document_ids, state__in=(DocumentState.APPROVED, DocumentState.NUMBERED)
        )
    }
    mine = [found[key] for key in document_ids if key in found and _may_sign(by, found[key])]
    read = _read_by(by, mine)
    reviewers = _reviewed_by(mine)
    attached = _attached_to(mine)
    return [
        signing.SignableInfo(
            order=order_for(document, by=by),
            title=document.subject,
            meta=_meta(document),
            pages=document.pages,
            url=reverse("documents:detail", args=[document.id]),
            reviewer=reviewers.get(document.id, ""),
            read_at=read.get((document.id, document.file_id)),
            changed_at=document.changed_at if _read_earlier(read, document) else None,
            capacity=" ".join(document.capacity_lines),
            companions=tuple(attached.get(document.id, ())),
        )
        for document in mine
    ]


def describe_attachments(attachment_ids: Sequence[UUID], by: Actor) -> list[signing.SignableInfo]:
    """Return files that go with sealed papers and still want the organ's mark, for the clerk who puts it there."""
    found = {
        attachment.id: attachment
        for attachment in Attachment.objects.filter(
            id__in=attachment_ids, gets_mark=True, sealed=None, document__state=DocumentState.SEALED
        )
        .kept()
        .select_related("document")
        if attachment.prepared_id and permissions.SEAL.allows(by, attachment.document)
    }
    return [
        signing.SignableInfo(
            order=_order_for_attachment(attachment, attachment.document),
            title=attachment.name,
            meta=_("tệp kèm theo %(number)s, %(pages)s trang")
            % {"number": attachment.document.number_text, "pages": attachment.pages},
            pages=attachment.pages,
            url=reverse("documents:attachment", args=[attachment.id]),
            # The clerk confirmed it with its paper; only the signature did not come.
            read_at=attachment.document.sealed_at,
        )
        for attachment in (found[key] for key in attachment_ids if key in found)
    ]


def describe_copies(copy_ids: Sequence[UUID], by: Actor) -> list[signing.SignableInfo]:
    """Return copies that want the organ's signature, for the records clerk."""
    waiting = Copy.objects.visible_to(by).filter(id__in=copy_ids, sealed=None).select_related("document", "incoming")
    found = {copy.id: copy for copy in waiting if by.has_role("records_clerk", in_organ=copy.organ_id)}
    return [
        signing.SignableInfo(
            order=signing.SignatureOrder(
                kind=COPY,
                subject_id=copy.id,
                file_sha256=copy.prepared_id,
                field="organ",
                owner_kind="organ",
                owner_id=copy.organ_id,
                reason=_("Chữ ký của cơ quan trên bản sao"),
                mark=copy.mark,
            ),
            title=copy.subject,
            meta=_("%(number)s, %(pages)s trang") % {"number": copy.number_text, "pages": copy.pages},
            pages=copy.pages,
            url=reverse("documents:copy", args=[copy.id]),
            # Drawn from pages of a paper that the clerk chose; nothing was typed.
            read_at=copy.made_at,
        )
        for copy in (found[key] for key in copy_ids if key in found)
    ]


def file_of_copy(copy_id: UUID, by: Actor) -> signing.SignedFile:
    """Return the copy's present file for who may see it."""
    copy = access_copy(copy_id, by=by)
    return signing.SignedFile(sha256=copy.file_id, title=copy.subject, url=reverse("documents:copy", args=[copy.id]))


def _meta(document: Document) -> str:
    said = _("%(type)s, %(pages)s trang") % {"type": document.type_name, "pages": document.pages}
    if document.attachment_count:
        said += _(", %(n)s tệp kèm theo") % {"n": document.attachment_count}
    return said


def _attached_to(documents: Sequence[Document]) -> dict[UUID, list[signing.SignatureOrder]]:
    """Return by paper the signatures of its files, made together with its seal; one query, or none."""
    sealing = {
        document.id: document
        for document in documents
        if document.state == DocumentState.NUMBERED and document.attachment_count
    }
    orders: dict[UUID, list[signing.SignatureOrder]] = {}
    if sealing:
        wanted = Attachment.objects.filter(document__in=sealing, gets_mark=True, sealed=None, prepared__isnull=False)
        for attachment in wanted.kept():
            order = _order_for_attachment(attachment, sealing[attachment.document_id])
            orders.setdefault(attachment.document_id, []).append(order)
    return orders


def _order_for_attachment(attachment: Attachment, document: Document) -> signing.SignatureOrder:
    if attachment.prepared_id is None:
        raise ValueError("A file to be signed is prepared")
    return signing.SignatureOrder(
        kind=ATTACHMENT,
        subject_id=attachment.id,
        file_sha256=attachment.prepared_id,
        field="organ",
        owner_kind="organ",
        owner_id=document.organ_id,
        reason=_("Dấu của cơ quan"),
        mark=document.number_text,
    )


def order_for(document: Document, *, by: Actor) -> signing.SignatureOrder:
    """Return the signature that the paper waits for: the leader's, or after numbering the organ's."""
    is_leader = document.state == DocumentState.APPROVED
    owner_id = by.person_id if is_leader else document.organ_id
    if document.file_id is None or owner_id is None:
        raise ValueError("A paper to be signed has a file and a signer")
    return signing.SignatureOrder(
        kind=KIND,
        subject_id=document.id,
        file_sha256=document.file_id,
        field="leader" if is_leader else "organ",
        owner_kind="person" if is_leader else "organ",
        owner_id=owner_id,
        reason=", ".join(document.capacity_lines) if is_leader else _("Dấu của cơ quan"),
    )


def file_of(document_id: UUID, by: Actor) -> signing.SignedFile:
    """Return the paper's present file for who may see it."""
    document = access_document(document_id, by=by, to=permissions.SEE)
    if document.file_id is None:
        raise NotFound
    return signing.SignedFile(
        sha256=document.file_id, title=document.subject, url=reverse("documents:detail", args=[document.id])
    )


def file_of_attachment(attachment_id: UUID, by: Actor) -> signing.SignedFile:
    """Return a file that goes with a paper, for who may see it."""
    attachment = access_attachment(attachment_id, by=by)
    return signing.SignedFile(
        sha256=attachment.file_now_id,
        title=attachment.name,
        url=reverse("documents:attachment", args=[attachment.id]),
    )


def copies_url() -> str:
    return reverse("documents:copies")


def done_url() -> str:
    return reverse("desk:home")


def is_being_signed(document: Document) -> bool:
    """Say whether a confirmed signature of the paper is still being made."""
    return signing.is_being_signed(KIND, document.id)


def _may_sign(by: Actor, document: Document) -> bool:
    if document.state == DocumentState.APPROVED:
        return permissions.SIGN.allows(by, document)
    return permissions.SEAL.allows(by, document)


def _read_by(by: Actor, documents: Sequence[Document]) -> dict[tuple[UUID, str | None], datetime]:
    marks = ReadMark.objects.filter(subject_id__in=[document.id for document in documents], position=by.position_id)
    return {(mark.subject_id, mark.file_id): mark.read_at for mark in marks}


def _read_earlier(read: Mapping[tuple[UUID, str | None], datetime], document: Document) -> bool:
    return (document.id, document.file_id) not in read and any(subject == document.id for subject, _file in read)


def _reviewed_by(documents: Sequence[Document]) -> dict[UUID, str]:
    """Say by paper who initialled it last, in two queries."""
    reviews = (
        Review.objects.filter(document__in=documents, state=ReviewState.INITIALLED)
        .order_by("decided_at")
        .values_list("document_id", "reviewer_id")
    )
    last = dict(reviews)
    names = position_labels(last.values())
    return {
        document_id: _("%(name)s đã xem xét") % {"name": names[reviewer_id].full_name}
        for document_id, reviewer_id in last.items()
    }
