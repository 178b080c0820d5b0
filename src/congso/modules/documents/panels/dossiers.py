"""«Hồ sơ công việc» on the page of a paper: where it is filed, and the means to file it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.modules.documents.dossier_forms import PutInForm
from congso.modules.documents.dossiers.listing import my_open_dossiers
from congso.modules.documents.dossiers.pages import dossiers_of_paper
from congso.modules.documents.kinds import REGISTERED_AND_LATER, DocumentState
from congso.modules.documents.models import Document, Incoming
from congso.modules.documents.panels.registry import INCOMING, OUTGOING, Panel
from congso.modules.documents.permissions import DRAFT

KEY = "ho-so"
TITLE = _("Hồ sơ công việc")
TEMPLATE = "documents/parts/dossiers_of_paper.html"


def register() -> None:
    """Offer the panels; safe to repeat."""
    OUTGOING.add(Panel(key=KEY, title=TITLE, template=TEMPLATE, context=_filed, applies=_is_kept))
    INCOMING.add(Panel(key=KEY, title=TITLE, template=TEMPLATE, context=_filed, applies=_is_registered))


def _filed(paper: Document | Incoming, by: Actor) -> Mapping[str, Any]:
    held_by = dossiers_of_paper(paper, by=by)
    there = {dossier.id for dossier in held_by}
    return {
        "held_by": held_by,
        "form": PutInForm(dossiers=[one for one in my_open_dossiers(by) if one.id not in there], auto_id="file_%s"),
        "kind": "document" if isinstance(paper, Document) else "incoming",
    }


def _is_kept(document: Document, by: Actor) -> bool:
    return document.state != DocumentState.WITHDRAWN and DRAFT.allows(by, None)


def _is_registered(incoming: Incoming, by: Actor) -> bool:
    return incoming.state in REGISTERED_AND_LATER and DRAFT.allows(by, None)
