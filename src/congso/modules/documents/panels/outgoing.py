"""The panels of an outgoing paper."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.ids import new_id
from congso.modules.documents import permissions
from congso.modules.documents.forms import ActForm, ReasonForm
from congso.modules.documents.kinds import DocumentState
from congso.modules.documents.models import Document
from congso.modules.documents.panels.registry import OUTGOING, Panel
from congso.modules.documents.queries.amendments import Amendments, amendments
from congso.modules.documents.queries.opened import opened_by
from congso.modules.documents.queries.whereabouts import whereabouts
from congso.modules.documents.queries.writing import passages, remarks_of, versions_of


def register() -> None:
    """Offer the panels; safe to repeat."""
    OUTGOING.add(
        Panel(
            key="gop-y",
            title=_("Góp ý vào đoạn"),
            template="documents/parts/remarks.html",
            context=_remarks,
            applies=_is_not_signed_yet,
        ),
        Panel(
            key="phien-ban",
            title=_("Các phiên bản"),
            template="documents/parts/versions.html",
            context=_versions,
            applies=_was_written_here,
        ),
        Panel(
            key="noi-nhan",
            title=_("Nơi nhận"),
            template="documents/parts/deliveries.html",
            context=_where_to,
            applies=_is_issued,
        ),
        Panel(
            key="thu-hoi",
            title=_("Thu hồi, thay thế, đính chính"),
            template="documents/parts/amendments.html",
            context=_amended,
            applies=_is_issued,
        ),
    )


def _is_not_signed_yet(document: Document, _by: Actor) -> bool:
    return document.state in {DocumentState.DRAFT, DocumentState.IN_REVIEW, DocumentState.APPROVED}


def _remarks(document: Document, by: Actor) -> Mapping[str, Any]:
    may_remark = permissions.REMARK.allows(by, document)
    return {
        "remarks": remarks_of(document),
        "passages": [(passage, new_id()) for passage in passages(document)] if may_remark else (),
        "may_resolve_all": permissions.EDIT.allows(by, document),
        "own_position": by.position_id,
    }


def _was_written_here(document: Document, _by: Actor) -> bool:
    return not document.paper_signed_reason


def _versions(document: Document, by: Actor) -> Mapping[str, Any]:
    may_keep = document.state == DocumentState.DRAFT and permissions.EDIT.allows(by, document)
    return {"versions": versions_of(document), "may_keep": may_keep, "is_draft": document.state == DocumentState.DRAFT}


def _is_issued(document: Document, _by: Actor) -> bool:
    return document.state == DocumentState.ISSUED


def _where_to(document: Document, _by: Actor) -> Mapping[str, Any]:
    return {"groups": whereabouts(document, today=clock.today())}


def _amended(document: Document, by: Actor) -> Mapping[str, Any]:
    found = amendments(document)
    may_see_readers = permissions.SEE_OPENED.allows(by, document)
    return {
        "amended": found,
        "acts": _acts(document, found, by),
        "may_see_readers": may_see_readers,
        "readers": opened_by(document).items() if may_see_readers else (),
        "order_form": ReasonForm(auto_id="recall_%s"),
        "replace_form": ReasonForm(auto_id="replace_%s"),
        "correct_form": ReasonForm(auto_id="correct_%s"),
        "act_form": ActForm(auto_id="recall_act_%s"),
    }


def _acts(document: Document, found: Amendments, by: Actor) -> frozenset[str]:
    recall = found.recall
    waits = recall is not None and recall.carried_out_at is None
    may_order = permissions.ORDER_RECALL.allows(by, document)
    may_amend = permissions.AMEND.allows(by, document)
    offered = {
        "order": may_order and recall is None,
        "drop": may_order and waits,
        "replace": may_amend and not found.is_being_replaced,
        "correct": may_amend and document.recalled_at is None,
    }
    return frozenset(name for name, is_offered in offered.items() if is_offered)
