"""The panel by which the records clerk makes copies of a paper."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.modules.documents import permissions
from congso.modules.documents.forms import CopyForm
from congso.modules.documents.kinds import REGISTERED_AND_LATER, DocumentState
from congso.modules.documents.models import Copy, Document, Incoming
from congso.modules.documents.panels.registry import INCOMING, OUTGOING, Panel
from congso.modules.signing import public as signing

KEY, TITLE, TEMPLATE = "sao", _("Sao y, trích sao, sao lục"), "documents/parts/copies.html"


def register() -> None:
    """Offer the panels; safe to repeat."""
    OUTGOING.add(Panel(key=KEY, title=TITLE, template=TEMPLATE, context=_of_document, applies=_document_applies))
    INCOMING.add(Panel(key=KEY, title=TITLE, template=TEMPLATE, context=_of_incoming, applies=_incoming_applies))


def _document_applies(document: Document, by: Actor) -> bool:
    may = permissions.COPY_DOCUMENT.allows(by, document)
    return may and document.state == DocumentState.ISSUED and document.recalled_at is None


def _incoming_applies(incoming: Incoming, by: Actor) -> bool:
    return permissions.COPY_INCOMING.allows(by, incoming) and incoming.state in REGISTERED_AND_LATER


def _of_document(document: Document, by: Actor) -> Mapping[str, Any]:
    copies = Copy.objects.visible_to(by).filter(document=document)
    return {**_shown(list(copies.order_by("made_at")), document.file_id), "route": "documents:copy_document"}


def _of_incoming(incoming: Incoming, by: Actor) -> Mapping[str, Any]:
    copies = Copy.objects.visible_to(by).filter(incoming=incoming)
    return {**_shown(list(copies.order_by("made_at")), incoming.file_id), "route": "documents:copy_incoming"}


def _shown(copies: list[Copy], file_id: str | None) -> Mapping[str, Any]:
    return {
        "copies": copies,
        "verdict": signing.kept_verdict(file_id) if file_id else None,
        "form": CopyForm(auto_id="copy_%s"),
    }
