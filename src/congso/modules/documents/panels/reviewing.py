"""The panel of a paper under review: who comes after whom, and what keeps it going."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.modules.documents import permissions
from congso.modules.documents.commands.review_chain import addable, may_skip_after
from congso.modules.documents.forms import ActForm, AddReviewerForm, ReasonForm
from congso.modules.documents.kinds import DocumentState, ReviewState
from congso.modules.documents.models import Document, Review
from congso.modules.documents.panels.registry import OUTGOING, Panel
from congso.shared.people.queries import labels


def register() -> None:
    """Offer the panel; safe to repeat."""
    OUTGOING.add(
        Panel(
            key="xem-xet",
            title=_("Thứ tự xem xét, thêm người xem"),
            template="documents/parts/review_chain.html",
            context=_chain,
            applies=_is_reviewed,
        ),
    )


def _is_reviewed(document: Document, _by: Actor) -> bool:
    return document.state == DocumentState.IN_REVIEW


def _chain(document: Document, by: Actor) -> Mapping[str, Any]:
    today = clock.today()
    turns = list(document.reviews.filter(round=document.review_round).select_related("reviewer").order_by("place"))
    people = labels(turn.reviewer_id for turn in turns)
    waiting = next((turn for turn in turns if turn.state == ReviewState.WAITING), None)
    is_author = permissions.EDIT.allows(by, document)
    add_form = None
    if is_author or (waiting is not None and waiting.reviewer_id == by.position_id):
        there = {str(turn.reviewer_id) for turn in turns}
        offered = [choice for choice in addable(document, today=today) if choice[0] not in there]
        add_form = AddReviewerForm(offered=offered, auto_id="add_%s")
    planned = [turn for turn in turns if turn.state == ReviewState.PLANNED]
    return {
        "turns": [(people.get(turn.reviewer_id), turn, is_author and turn in planned[1:]) for turn in turns],
        "has_ended": waiting is not None and today not in waiting.reviewer.valid,
        "until": may_skip_after(waiting) if waiting else None,
        "skip_form": ReasonForm(auto_id="skip_%s") if is_author and _may_be_skipped(waiting) else None,
        "is_author": is_author,
        "add_form": add_form,
        "act_form": ActForm(auto_id="forward_%s"),
    }


def _may_be_skipped(waiting: Review | None) -> bool:
    if waiting is None:
        return False
    today, until = clock.today(), may_skip_after(waiting)
    return today not in waiting.reviewer.valid or until is None or today > until
