"""The one door from an id to a paper."""

from uuid import UUID

from congso.kernel.actor import Actor
from congso.kernel.errors import NotFound, NotPermitted
from congso.modules.documents.models import Document, Incoming
from congso.shared.authz import Permission


def access_document(document_id: UUID, *, by: Actor, to: Permission[Document], for_update: bool = False) -> Document:
    """Return the outgoing paper if ``by`` may do ``to`` with it.

    :raises NotFound: no such document, or one that ``by`` may not even see.
    :raises NotPermitted: ``by`` sees it but may not do this.
    """
    documents = Document.objects.visible_to(by).select_related("author")
    if for_update:
        documents = documents.select_for_update(of=("self",))
    try:
        document = documents.get(id=document_id)
    except Document.DoesNotExist:
        raise NotFound from None
    if not to.allows(by, document):
        raise NotPermitted
    return document


def access_incoming(incoming_id: UUID, *, by: Actor, to: Permission[Incoming], for_update: bool = False) -> Incoming:
    """Return the incoming paper if ``by`` may do ``to`` with it; errors as :func:`access_document`."""
    papers = Incoming.objects.visible_to(by)
    if for_update:
        papers = papers.select_for_update(of=("self",))
    try:
        incoming = papers.get(id=incoming_id)
    except Incoming.DoesNotExist:
        raise NotFound from None
    if not to.allows(by, incoming):
        raise NotPermitted
    return incoming
