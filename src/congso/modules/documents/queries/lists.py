"""Lists of papers, as querysets filtered by who asks; the page gives them their order by ``KEYSET``."""

from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from congso.kernel.actor import Actor
from congso.modules.documents.kinds import (
    UNREGISTERED,
    AssignmentKind,
    DirectionKind,
    DocumentState,
    IncomingState,
    ReviewState,
)
from congso.modules.documents.models import Assignment, Direction, Document, Incoming, Recipient, Review
from congso.shared.ui.paging import Keyset

ISSUED_ORDER = Keyset[Document](("issued_date", "id"))
DRAFT_ORDER = Keyset[Document](("changed_at", "id"))
PERSONAL_ORDER = Keyset[Recipient](("id",))
INCOMING_ORDER = Keyset[Incoming](("arrived_at", "id"))

WITH_CLERK = (DocumentState.SIGNED, DocumentState.NUMBERED, DocumentState.SEALED)
ON_THE_DESK = (DocumentState.DRAFT, DocumentState.IN_REVIEW, DocumentState.APPROVED)
OPEN_STATES = (IncomingState.DIRECTED, IncomingState.IN_PROGRESS)

_SHOWN_IN_LISTS = (
    "subject",
    "type_code",
    "notation",
    "number_mark",
    "number",
    "issued_date",
    "signer_name",
    "recalled_at",
    "leader_validated",
    "organ_validated",
)


def register_organ(actor: Actor) -> UUID | None:
    """Return the organ whose registers an actor works with: the one that its own organ serves, else its own."""
    above = sorted(actor.serves - {actor.organ_id}) if actor.organ_id else []
    return above[0] if above else actor.organ_id


def issued_documents(by: Actor) -> QuerySet[Document]:
    """Return the issued papers of the organ that ``by`` works for, in ``ISSUED_ORDER``, without their bodies."""
    return Document.objects.filter(organ=register_organ(by), state=DocumentState.ISSUED).only(*_SHOWN_IN_LISTS)


def documents_with_clerk(by: Actor) -> QuerySet[Document]:
    """Return what waits for number, seal or issue in the organs where ``by`` is records clerk, the oldest first."""
    waiting = Document.objects.filter(organ__in=by.organs_where("records_clerk"), state__in=WITH_CLERK)
    return waiting.defer("body").order_by("signed_at", "id")


def drafts(by: Actor) -> QuerySet[Document]:
    """Return what ``by`` wrote, under any hat, and is not signed yet, in ``DRAFT_ORDER``."""
    return Document.objects.filter(author__person=by.person_id, state__in=ON_THE_DESK)


def returned(by: Actor) -> QuerySet[Document]:
    """Return the drafts of ``by`` that came back with a reason, the newest first."""
    return (
        Document.objects.filter(author=by.position_id, state=DocumentState.DRAFT)
        .exclude(return_reason="")
        .order_by("-changed_at", "-id")
    )


def documents_under_way(by: Actor) -> QuerySet[Document]:
    """Return the papers of ``by`` that others hold before the signature, the longest first."""
    return Document.objects.filter(
        author=by.position_id, state__in=(DocumentState.IN_REVIEW, DocumentState.APPROVED)
    ).order_by("changed_at", "id")


def directions_open(by: Actor) -> QuerySet[Direction]:
    """Return the work that ``by`` gave and that is not done, by due day."""
    return (
        Direction.objects.filter(given_by=by.position_id, closed_at=None)
        .select_related("incoming")
        .order_by("due_date", "given_at", "id")
    )


def reviews_waiting(by: Actor) -> QuerySet[Review]:
    """Return the turns that wait for ``by``, the oldest first."""
    return (
        Review.objects.filter(reviewer=by.position_id, state=ReviewState.WAITING)
        .select_related("document")
        .order_by("asked_at", "id")
    )


def documents_to_sign(by: Actor) -> QuerySet[Document]:
    """Return what waits for the signature of ``by``, the oldest first."""
    return Document.objects.filter(signatory=by.position_id, state=DocumentState.APPROVED).order_by("approved_at", "id")


def is_clerk(by: Actor) -> bool:
    """Say whether ``by`` is records clerk of an organ."""
    return bool(by.organs_where("records_clerk"))


def reads_the_register(by: Actor) -> bool:
    """Say whether ``by`` sees all that arrives at the organ, or only what was assigned."""
    return register_organ(by) in by.organs_where("records_clerk", "leader")


def incoming_papers(by: Actor) -> QuerySet[Incoming]:
    """Return the incoming papers of ``by``, in ``INCOMING_ORDER``.

    Clerks and leaders get all of the organ, others those that a direction gave them.
    """
    papers = Incoming.objects.assigned_to(by)
    if reads_the_register(by):
        papers = Incoming.objects.filter(organ=register_organ(by))
    leads = Assignment.objects.filter(
        kind=AssignmentKind.LEAD, direction__kind=DirectionKind.ORDER, taken_back_at=None
    ).select_related("position__person")
    return papers.prefetch_related(Prefetch("assignments", queryset=leads, to_attr="leads"))


def at_the_door(by: Actor) -> QuerySet[Incoming]:
    """Return what arrived and is not registered where ``by`` is records clerk, the oldest first."""
    return Incoming.objects.filter(organ__in=by.organs_where("records_clerk"), state__in=UNREGISTERED).order_by(
        "arrived_at", "id"
    )


def to_direct(by: Actor) -> QuerySet[Incoming]:
    """Return what waits for a direction where ``by`` is a leader, the oldest first."""
    return Incoming.objects.filter(organ__in=by.organs_where("leader"), state=IncomingState.REGISTERED).order_by(
        "registered_at", "id"
    )


def parts_to_do(by: Actor) -> QuerySet[Assignment]:
    """Return the parts that ``by`` leads or supports and has not finished, by due day."""
    return (
        Assignment.objects.awaited_from(by)
        .filter(incoming__state__in=OPEN_STATES)
        .select_related("incoming", "direction__given_by__person")
        .order_by("due_date", "id")
    )


def sent_to_me(by: Actor) -> QuerySet[Recipient]:
    """Return the papers that were sent to ``by`` by name, in ``PERSONAL_ORDER``."""
    return Recipient.objects.reaching(by).select_related("document").defer("document__body")


def to_read(by: Actor) -> QuerySet[Document]:
    """Return what was sent to ``by`` by name, still holds and was not opened, the oldest first."""
    unread = Recipient.objects.reaching(by).filter(read_at=None)
    return Document.objects.filter(id__in=unread.values("document"), recalled_at=None).order_by("issued_at", "id")


def documents_to_post(by: Actor) -> QuerySet[Document]:
    """Return the papers of which printed copies wait to be sent where ``by`` is records clerk, the oldest first."""
    waiting = _to_post().values("document")
    return Document.objects.filter(
        id__in=waiting, organ__in=by.organs_where("records_clerk"), state=DocumentState.ISSUED, recalled_at=None
    ).order_by("issued_at", "id")


def documents_to_recall(by: Actor) -> QuerySet[Document]:
    """Return the papers whose recall was ordered and waits where ``by`` is records clerk, the oldest order first."""
    return Document.objects.filter(
        organ__in=by.organs_where("records_clerk"), recall__isnull=False, recall__carried_out_at=None
    ).order_by("recall__ordered_at", "id")


def to_destroy(by: Actor) -> QuerySet[Incoming]:
    """Return what senders took back and whose copies wait to be destroyed where ``by`` is records clerk."""
    return Incoming.objects.filter(
        organ__in=by.organs_where("records_clerk"), state=IncomingState.RECALLED, destroyed_at=None
    ).order_by("recalled_at", "id")


def held_by_ended(today: date) -> list[UUID]:
    """Return the papers that wait for a reviewer or a signatory whose position has ended, in two queries."""
    reviewed = Review.objects.filter(state=ReviewState.WAITING).exclude(reviewer__valid__contains=today)
    signed = Document.objects.filter(state=DocumentState.APPROVED).exclude(signatory__valid__contains=today)
    return [*reviewed.values_list("document_id", flat=True), *signed.values_list("id", flat=True)]


def _to_post() -> QuerySet[Recipient]:
    return Recipient.objects.filter(sent_date=None).exclude(name="")


def to_send_on_paper(by: Actor) -> QuerySet[Recipient]:
    """Return who waits for printed copies of ``documents_to_post``, the oldest paper first."""
    waiting = _to_post().filter(document__in=documents_to_post(by))
    return waiting.select_related("document").defer("document__body").order_by("document__issued_at", "place", "id")


def sent_on_paper(by: Actor) -> QuerySet[Recipient]:
    """Return who got printed copies, the latest first."""
    sent = Recipient.objects.filter(
        sent_date__isnull=False, document__organ__in=by.organs_where("records_clerk")
    ).select_related("document")
    return sent.defer("document__body").order_by("-sent_date", "-document__issued_at", "place", "id")


def late(papers: QuerySet[Incoming], today: date) -> QuerySet[Incoming]:
    """Keep those whose day has passed and that are not done."""
    return papers.filter(state__in=OPEN_STATES, due_date__lt=today)
