"""Everything that the page of an outgoing paper shows, in a known number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.prepared import prepared
from congso.modules.documents import permissions, signables
from congso.modules.documents.kinds import DocumentState, ReviewState
from congso.modules.documents.models import Document, Incoming, Review
from congso.modules.documents.queries import history
from congso.modules.documents.queries.access import access_document
from congso.modules.documents.queries.history import HistoryLine
from congso.modules.documents.queries.steps import Step, steps_of
from congso.modules.signing import public as signing
from congso.shared.organs.queries import OrganLabel
from congso.shared.organs.queries import labels as organ_labels
from congso.shared.people.queries import PositionLabel

AT_MOST_ANSWERS = 60


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """The page of an outgoing paper.

    :param acts: what ``by`` may do now, by name: edit, submit, initial, return, take_back, sign, number, seal, issue,
        cancel_number, withdraw, carry_out_recall.
    :param replies: what came back to the organ as an answer.
    """

    document: Document
    organ: OrganLabel | None
    people: dict[UUID, PositionLabel]
    reviews: Sequence[tuple[PositionLabel | None, Review]]
    replies: Sequence[Incoming]
    verdict: signing.Verdict | None
    history: Sequence[HistoryLine]
    steps: Sequence[Step]
    acts: frozenset[str]
    is_being_signed: bool


def document_page(document_id: UUID, *, by: Actor) -> DocumentPage:
    """Return the page of an outgoing paper for who may see it.

    :raises NotFound: see :func:`access_document`.
    """
    document = access_document(document_id, by=by, to=permissions.SEE)
    entries = history.entries_about(document.id)
    # Later the history says who initialled.
    reviews = list(document.reviews.order_by("round", "place")) if document.state in _ON_ITS_WAY else []
    organs = organ_labels({document.organ_id}, on=clock.today())
    people = history.people_in(
        entries, document.author_id, document.signatory_id, *(review.reviewer_id for review in reviews)
    )
    is_being_signed = document.state in _SIGNABLE and signables.is_being_signed(document)
    return DocumentPage(
        document=document,
        organ=organs.get(document.organ_id),
        people=people,
        reviews=[(people.get(review.reviewer_id), review) for review in reviews],
        replies=_answers(document_id=document.id, by=by) if document.state == DocumentState.ISSUED else [],
        # Number and date are filled in after the leader's signature; the whole is judged again with the seal.
        verdict=kept_verdict(document.sealed_pdf_id or document.signed_pdf_id),
        history=history.told(entries, people),
        steps=steps_of(document, waiting_for=_waited_for(document, reviews, people)),
        acts=frozenset() if is_being_signed else _acts(document, reviews, by),
        is_being_signed=is_being_signed,
    )


_ON_ITS_WAY = (DocumentState.DRAFT, DocumentState.IN_REVIEW, DocumentState.APPROVED)
_SIGNABLE = (DocumentState.APPROVED, DocumentState.NUMBERED)


def kept_verdict(file_id: str | None) -> signing.Verdict | None:
    return signing.kept_verdict(file_id) if file_id else None


@prepared
def _answers(*, document_id: UUID, by: Actor) -> QuerySet[Incoming]:
    return Incoming.objects.visible_to(by).filter(answers=document_id).order_by("arrived_at", "id")[:AT_MOST_ANSWERS]


def _acts(document: Document, reviews: Sequence[Review], by: Actor) -> frozenset[str]:
    is_author = permissions.EDIT.allows(by, document)
    is_clerk = permissions.NUMBER.allows(by, document)
    is_signatory = permissions.SIGN.allows(by, document)
    my_turn = any(review.reviewer_id == by.position_id and review.state == ReviewState.WAITING for review in reviews)
    by_state: dict[str, list[tuple[bool, str]]] = {
        DocumentState.DRAFT: [(is_author, "edit"), (is_author, "submit"), (is_author, "withdraw")],
        DocumentState.IN_REVIEW: [(my_turn, "initial"), (my_turn, "return"), (is_author, "take_back")],
        DocumentState.APPROVED: [(is_signatory, "sign"), (is_signatory, "return"), (is_author, "take_back")],
        DocumentState.SIGNED: [(is_clerk, "number"), (is_clerk, "withdraw")],
        DocumentState.NUMBERED: [(is_clerk, "seal"), (is_clerk, "cancel_number"), (is_clerk, "withdraw")],
        DocumentState.SEALED: [(is_clerk, "issue"), (is_clerk, "withdraw")],
        DocumentState.ISSUED: [(is_clerk and _waits_for_recall(document), "carry_out_recall")],
    }
    return frozenset(name for allowed, name in by_state.get(document.state, []) if allowed)


def _waits_for_recall(document: Document) -> bool:
    """Say whether a recall was ordered and not carried out; the paper was read together with it."""
    recall = getattr(document, "recall", None)
    return recall is not None and recall.carried_out_at is None


def _waited_for(document: Document, reviews: Sequence[Review], people: dict[UUID, PositionLabel]) -> str:
    waited: UUID | None = None
    if document.state == DocumentState.DRAFT:
        waited = document.author_id
    elif document.state == DocumentState.IN_REVIEW:
        waited = next((review.reviewer_id for review in reviews if review.state == ReviewState.WAITING), None)
    elif document.state == DocumentState.APPROVED:
        waited = document.signatory_id
    elif document.state in {DocumentState.SIGNED, DocumentState.NUMBERED, DocumentState.SEALED}:
        return _("đang chờ Văn thư")
    if waited is None or waited not in people:
        return ""
    return _("đang chờ %(name)s") % {"name": people[waited].full_name}
