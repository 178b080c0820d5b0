"""The one door from an id to a paper."""

from http import HTTPStatus
from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, NotFound, NotPermitted
from congso.kernel.prepared import prepared
from congso.modules.documents import permissions
from congso.modules.documents.kinds import DocumentState
from congso.modules.documents.models import Attachment, Copy, Document, Incoming, Recipient
from congso.modules.documents.queries.lists import register_organ
from congso.shared.authz import Permission
from congso.shared.ui.words import vn_datetime


class CopyDestroyed(DomainError):
    code = "documents.copy_destroyed"
    message = _("Nơi gửi đã thu hồi văn bản này; bản đã nhận được hủy lúc %(at)s nên không mở được nữa.")
    status: ClassVar[int] = HTTPStatus.GONE


class NotADraft(DomainError):
    code = "documents.not_a_draft"
    message = _("Văn bản “%(subject)s” không còn là dự thảo nên không sửa được. Lấy lại hoặc chờ trả lại rồi sửa.")


def access_document(document_id: UUID, *, by: Actor, to: Permission[Document], for_update: bool = False) -> Document:
    """Return the outgoing paper if ``by`` may do ``to`` with it.

    :raises NotFound: no such document, or one that ``by`` may not even see.
    :raises NotPermitted: ``by`` sees it but may not do this.
    """
    # Acts change where a paper stands, hardly ever its text: that is neither read nor written again unless asked for.
    found = (
        _documents(document_id, by).select_for_update(of=("self",)).defer("body")
        if for_update
        else _seen_document(document_id=document_id, by=by)
    )
    document = next(iter(found), None)
    if document is None:
        raise NotFound
    if not to.allows(by, document):
        raise NotPermitted
    return document


def access_draft(document_id: UUID, *, by: Actor) -> Document:
    """Return a draft to its author, locked; errors as :func:`access_document`.

    :raises NotADraft: it went on its way meanwhile.
    """
    document = access_document(document_id, by=by, to=permissions.EDIT, for_update=True)
    if document.state != DocumentState.DRAFT:
        raise NotADraft(subject=document.subject)
    return document


def access_incoming(incoming_id: UUID, *, by: Actor, to: Permission[Incoming], for_update: bool = False) -> Incoming:
    """Return the incoming paper if ``by`` may do ``to`` with it; errors as :func:`access_document`."""
    found = (
        _papers(incoming_id, by).select_for_update(of=("self",))
        if for_update
        else _seen_paper(incoming_id=incoming_id, by=by)
    )
    incoming = next(iter(found), None)
    if incoming is None:
        raise NotFound
    if not to.allows(by, incoming):
        raise NotPermitted
    return incoming


def access_held(incoming_id: UUID, *, by: Actor) -> Incoming:
    """Return an incoming paper whose content ``by`` may read; errors as :func:`access_document`.

    :raises CopyDestroyed: the sender took it back, and the receiver has destroyed its copy.
    """
    incoming = access_incoming(incoming_id, by=by, to=permissions.SEE_INCOMING)
    if incoming.destroyed_at is not None:
        raise CopyDestroyed(at=vn_datetime(incoming.destroyed_at))
    return incoming


def organ_of_registers(by: Actor, *, to: Permission[UUID] = permissions.READ_REGISTER) -> UUID:
    """Return the organ whose registers ``by`` works with, if ``by`` may do ``to`` there.

    :raises NotPermitted: there is none, or not that.
    """
    organ_id = register_organ(by)
    if organ_id is None or not to.allows(by, organ_id):
        raise NotPermitted
    return organ_id


def access_copy(copy_id: UUID, *, by: Actor) -> Copy:
    """Return a copy with the paper that it is of.

    :raises NotFound: no such copy, or of another organ.
    """
    copy = Copy.objects.visible_to(by).select_related("document", "incoming").filter(id=copy_id).first()
    if copy is None:
        raise NotFound
    return copy


def access_attachment(attachment_id: UUID, *, by: Actor) -> Attachment:
    """Return, with its paper and what is known of the file, a file that goes with a paper.

    :raises NotFound: no such file, or of a paper that ``by`` may not see.
    """
    found = Attachment.objects.visible_to(by).filter(id=attachment_id).kept()
    attachment = found.select_related("document", "file").first()
    if attachment is None:
        raise NotFound
    return attachment


def access_personal(document_id: UUID, *, by: Actor) -> Recipient:
    """Return, with the paper, the line of «Nơi nhận» that names ``by``.

    :raises NotFound: no such paper, one that is not issued, or that names somebody else.
    """
    found = Recipient.objects.reaching(by).select_related("document").filter(document=document_id)
    recipient = found.order_by("place").first()
    if recipient is None:
        raise NotFound
    return recipient


def _documents(document_id: UUID, by: Actor) -> QuerySet[Document]:
    return Document.objects.visible_to(by).select_related("author", "recall").filter(id=document_id)


def _papers(incoming_id: UUID, by: Actor) -> QuerySet[Incoming]:
    return Incoming.objects.visible_to(by).filter(id=incoming_id)


_seen_document, _seen_paper = prepared(_documents), prepared(_papers)
