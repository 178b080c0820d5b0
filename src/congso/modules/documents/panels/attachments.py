"""The files that go with a paper: «Tệp kèm theo», on the sender's page and on the receiver's."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.modules.documents import permissions
from congso.modules.documents.attachment_forms import AttachForm
from congso.modules.documents.kinds import DocumentState
from congso.modules.documents.models import Document, Incoming
from congso.modules.documents.panels.registry import INCOMING, OUTGOING, Panel
from congso.modules.documents.queries.attachments import attachment_rows, removed_attachments

KEY = "tep-kem"
TITLE = _("Tệp kèm theo")


def register() -> None:
    """Offer the panels; safe to repeat."""
    OUTGOING.add(
        Panel(
            key=KEY,
            title=TITLE,
            template="documents/parts/attachments.html",
            context=shown,
            applies=_has_some_or_may_get_some,
        )
    )
    INCOMING.add(
        Panel(
            key=KEY,
            title=TITLE,
            template="documents/parts/attachments_in.html",
            context=_arrived,
            applies=_came_with_some,
        )
    )


def shown(document: Document, by: Actor, *, form: AttachForm | None = None) -> Mapping[str, Any]:
    """Return what the panel shows; ``form`` with what went wrong."""
    may_change = _may_change(document, by)
    rows = attachment_rows(document.id)
    unsealed = [row.attachment.id for row in rows if row.attachment.awaits_seal]
    return {
        "rows": rows,
        "removed": removed_attachments(document.id) if may_change else [],
        "form": (form or AttachForm()) if may_change else None,
        "to_seal": unsealed if document.state == DocumentState.SEALED and permissions.SEAL.allows(by, document) else [],
        "is_issued": document.state == DocumentState.ISSUED,
    }


def _arrived(incoming: Incoming, _by: Actor) -> Mapping[str, Any]:
    return {"rows": attachment_rows(incoming.document_id) if incoming.document_id else []}


def _came_with_some(incoming: Incoming, _by: Actor) -> bool:
    return incoming.attachment_count > 0


def _has_some_or_may_get_some(document: Document, by: Actor) -> bool:
    return document.attachment_count > 0 or _may_change(document, by)


def _may_change(document: Document, by: Actor) -> bool:
    return document.state == DocumentState.DRAFT and permissions.EDIT.allows(by, document)
