"""What became of a paper after its issue: recalled, replaced, corrected; seen from the sender and from a receiver."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from congso.kernel.actor import Actor
from congso.modules.documents.kinds import DocumentState
from congso.modules.documents.models import Document, Incoming, Recall
from congso.shared.people.queries import PositionLabel
from congso.shared.people.queries import labels as position_labels

AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Amendments:
    """An outgoing paper's. ``is_being_replaced``: somebody writes, or has issued, the paper that takes its place."""

    recall: Recall | None
    ordered_by: PositionLabel | None
    carried_out_by: PositionLabel | None
    replaced_by: Document | None
    replaces: Document | None
    corrects: Document | None
    corrections: Sequence[Document]
    is_being_replaced: bool


@dataclass(frozen=True, slots=True)
class Link:
    """Another paper by its number; ``url`` is empty where the actor does not see it, or it has not arrived."""

    text: str
    subject: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedAmendments:
    """An incoming paper's: what replaced it, what corrects it, which earlier one it replaces or corrects."""

    replaced_by: Link | None
    corrected_by: Sequence[Link]
    replaces: Link | None
    corrects: Link | None


def amendments(document: Document) -> Amendments:
    """Return what became of an issued paper, in at most six queries."""
    recall: Recall | None = getattr(document, "recall", None)
    named = {recall.ordered_by_id, recall.carried_out_by_id} if recall else set()
    people = position_labels([position_id for position_id in named if position_id])
    return Amendments(
        recall=recall,
        ordered_by=people.get(recall.ordered_by_id) if recall else None,
        carried_out_by=people.get(recall.carried_out_by_id) if recall and recall.carried_out_by_id else None,
        replaced_by=recall.replaced_by if recall else None,
        replaces=document.replaces,
        corrects=document.corrects,
        corrections=list(document.corrections.filter(state=DocumentState.ISSUED).order_by("issued_at")[:AT_MOST]),
        is_being_replaced=document.replacements.exclude(state=DocumentState.WITHDRAWN).exists(),
    )


def received_amendments(incoming: Incoming, *, by: Actor) -> ReceivedAmendments:
    """Return what became of a paper that arrived from a sender of this installation, in few queries."""
    document = incoming.document
    if document is None:
        return ReceivedAmendments(None, (), None, None)
    recall = Recall.objects.select_related("replaced_by").filter(document=document).first()
    new = recall.replaced_by if recall is not None and incoming.recalled_at is not None else None
    letters = list(document.corrections.filter(state=DocumentState.ISSUED).order_by("issued_at")[:AT_MOST])
    others = [paper for paper in (new, document.replaces, document.corrects, *letters) if paper is not None]
    here = Incoming.objects.visible_to(by).filter(organ=incoming.organ_id, document__in=others)
    urls = {arrival.document_id: reverse("documents:incoming_detail", args=[arrival.id]) for arrival in here}

    def link(paper: Document | None) -> Link | None:
        return Link(paper.number_text, paper.subject, urls.get(paper.id, "")) if paper else None

    return ReceivedAmendments(
        replaced_by=link(new),
        corrected_by=[found for found in map(link, letters) if found],
        replaces=link(document.replaces),
        corrects=link(document.corrects),
    )
