"""Everything that the page of one paper shows, in a known number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.prepared import prepared
from congso.modules.documents import permissions, signables
from congso.modules.documents.kinds import AssignmentKind, DocumentState, IncomingState, ReviewState, Verdict
from congso.modules.documents.models import Assignment, Direction, Document, Incoming, Review
from congso.modules.documents.queries import history
from congso.modules.documents.queries.access import access_document, access_incoming
from congso.modules.documents.queries.history import HistoryLine
from congso.modules.documents.queries.steps import Step, steps_of, steps_of_incoming
from congso.modules.signing import public as signing
from congso.shared.organs.queries import OrganLabel
from congso.shared.organs.queries import labels as organ_labels
from congso.shared.people.queries import PositionLabel

AT_MOST_ANSWERS = 60


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """The page of an outgoing paper.

    :param acts: what ``by`` may do now, by name: edit, submit, initial, return, take_back, sign, number, seal, issue,
        cancel_number, withdraw.
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


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a direction: who, as what, until when, done or not."""

    name: str
    assignment: Assignment


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the ĐẾN stamp says (Decree 30/2020, Phụ lục IV); the reader draws it, the file never holds it."""

    organ: str
    number: int
    day: datetime
    passed_to: str


@dataclass(frozen=True, slots=True)
class IncomingPage:
    """The page of an incoming paper.

    :param acts: what ``by`` may do now: register, return, direct, answer, take_on, finish_part.
    :param replies: drafts and issued papers that answer it, as far as ``by`` may see them.
    """

    incoming: Incoming
    direction: Direction | None
    director: PositionLabel | None
    parts: Sequence[Part]
    stamp: Stamp | None
    replies: Sequence[Document]
    verdict: signing.Verdict | None
    history: Sequence[HistoryLine]
    steps: Sequence[Step]
    acts: frozenset[str]


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
        verdict=_verdict(document.sealed_pdf_id or document.signed_pdf_id),
        history=history.told(entries, people),
        steps=steps_of(document, waiting_for=_waited_for(document, reviews, people)),
        acts=frozenset() if is_being_signed else _acts(document, reviews, by),
        is_being_signed=is_being_signed,
    )


def incoming_page(incoming_id: UUID, *, by: Actor) -> IncomingPage:
    """Return the page of an incoming paper for who may see it.

    :raises NotFound: see :func:`access_incoming`.
    """
    incoming = access_incoming(incoming_id, by=by, to=permissions.SEE_INCOMING)
    entries = history.entries_about(incoming.id)
    direction, assignments = _direction_of(incoming)
    people = history.people_in(
        entries, direction.given_by_id if direction else None, *(part.position_id for part in assignments)
    )
    organ_ids = {incoming.organ_id, *(part.organ_id for part in assignments if part.organ_id)}
    organs = organ_labels(organ_ids, on=clock.today())
    waiting_for = _waited_for_incoming(incoming, assignments, people, organs)
    return IncomingPage(
        incoming=incoming,
        direction=direction,
        director=people.get(direction.given_by_id) if direction else None,
        parts=[Part(_name(part, people, organs), part) for part in assignments],
        stamp=_stamp(incoming, organs, assignments, people),
        replies=list(Document.objects.visible_to(by).filter(reply_to=incoming).order_by("created_at", "id")),
        verdict=_verdict(incoming.file_id),
        history=history.told(entries, people),
        steps=steps_of_incoming(
            incoming, waiting_for=waiting_for, directed_at=direction.given_at if direction else None
        ),
        acts=_incoming_acts(incoming, assignments, by),
    )


def _direction_of(incoming: Incoming) -> tuple[Direction | None, list[Assignment]]:
    """Return the direction and its parts: no query before there can be one, a second only where it names nobody."""
    if incoming.state not in _DIRECTED_AND_LATER:
        return None, []
    parts = list(incoming.assignments.select_related("direction").order_by("-direction__given_at", "place"))
    if not parts:
        return incoming.directions.order_by("-given_at").first(), []
    newest = parts[0].direction
    return newest, [part for part in parts if part.direction_id == newest.id]


_DIRECTED_AND_LATER = (
    IncomingState.DIRECTED,
    IncomingState.IN_PROGRESS,
    IncomingState.ANSWERED,
    IncomingState.CLOSED,
)
_ON_ITS_WAY = (DocumentState.DRAFT, DocumentState.IN_REVIEW, DocumentState.APPROVED)
_SIGNABLE = (DocumentState.APPROVED, DocumentState.NUMBERED)


def _verdict(file_id: str | None) -> signing.Verdict | None:
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
    }
    return frozenset(name for allowed, name in by_state.get(document.state, []) if allowed)


def _incoming_acts(incoming: Incoming, assignments: Sequence[Assignment], by: Actor) -> frozenset[str]:
    is_clerk = permissions.REGISTER.allows(by, incoming)
    mine = [part for part in assignments if part.done_at is None and _reaches(part, by)]
    leads = any(part.kind == AssignmentKind.LEAD for part in mine)
    has_part = any(part.kind != AssignmentKind.INFORMED for part in mine)
    is_leader = permissions.DIRECT.allows(by, incoming)
    by_state: dict[str, list[tuple[bool, str]]] = {
        IncomingState.ARRIVED: [(is_clerk, "return")],
        IncomingState.VALIDATED: [
            (is_clerk and incoming.verdict != Verdict.FAILED, "register"),
            (is_clerk, "return"),
        ],
        IncomingState.REGISTERED: [(is_leader, "direct")],
        IncomingState.DIRECTED: [(leads, "answer"), (leads, "take_on"), (has_part, "finish_part")],
        IncomingState.IN_PROGRESS: [(leads, "answer"), (has_part, "finish_part")],
    }
    return frozenset(name for allowed, name in by_state.get(incoming.state, []) if allowed)


def _reaches(part: Assignment, by: Actor) -> bool:
    return (part.position_id is not None and part.position_id == by.position_id) or (
        part.organ_id is not None and part.organ_id == by.organ_id
    )


def _stamp(
    incoming: Incoming,
    organs: dict[UUID, OrganLabel],
    assignments: Sequence[Assignment],
    people: dict[UUID, PositionLabel],
) -> Stamp | None:
    if incoming.arrival_number is None or incoming.registered_at is None:
        return None
    lead = next((part for part in assignments if part.kind == AssignmentKind.LEAD), None)
    organ = organs.get(incoming.organ_id)
    return Stamp(
        organ=organ.short_name if organ else "",
        number=incoming.arrival_number,
        day=incoming.registered_at,
        passed_to=_name(lead, people, organs).split(",")[0] if lead else "",
    )


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


def _waited_for_incoming(
    incoming: Incoming,
    assignments: Sequence[Assignment],
    people: dict[UUID, PositionLabel],
    organs: dict[UUID, OrganLabel],
) -> str:
    if incoming.state in {IncomingState.ARRIVED, IncomingState.VALIDATED}:
        return _("đang chờ Văn thư")
    if incoming.state == IncomingState.REGISTERED:
        return _("đang chờ Lãnh đạo")
    lead = next((part for part in assignments if part.kind == AssignmentKind.LEAD), None)
    return _("đang chờ %(name)s") % {"name": _name(lead, people, organs)} if lead else ""


def _name(part: Assignment, people: dict[UUID, PositionLabel], organs: dict[UUID, OrganLabel]) -> str:
    if part.position_id is not None and part.position_id in people:
        label = people[part.position_id]
        return f"{label.full_name}, {label.title}"
    if part.organ_id is not None and part.organ_id in organs:
        return organs[part.organ_id].short_name
    return ""
