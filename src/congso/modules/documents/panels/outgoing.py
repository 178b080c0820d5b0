"""The panels of an outgoing paper."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.modules.documents.kinds import DocumentState
from congso.modules.documents.models import Document
from congso.modules.documents.panels.registry import OUTGOING, Panel
from congso.modules.documents.queries.deliveries import deliveries


def register() -> None:
    """Offer the panels; safe to repeat."""
    OUTGOING.add(
        Panel(
            key="noi-nhan",
            title=_("Nơi nhận"),
            template="documents/parts/deliveries.html",
            context=_where_to,
            applies=_is_issued,
        ),
    )


def _is_issued(document: Document, _by: Actor) -> bool:
    return document.state == DocumentState.ISSUED


def _where_to(document: Document, _by: Actor) -> Mapping[str, Any]:
    return {"deliveries": deliveries(document)}
