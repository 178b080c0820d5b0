"""Whom a recall, a replacement or a correction is told: all who hold the paper, worked on it or read it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from congso.kernel import clock
from congso.modules.documents.kinds import DocumentState, IncomingState
from congso.modules.documents.models import Assignment, Document, Incoming, ReadMark
from congso.shared import notify
from congso.shared.people.queries import positions_in

_DESK = ("records_clerk", "leader")
_BEING_WRITTEN = (DocumentState.DRAFT, DocumentState.IN_REVIEW, DocumentState.APPROVED)


def tell_clerks_to_recall(document: Document, *, now: datetime) -> None:
    """The records clerks of the organ: a recall was ordered."""
    clerks = _holders([document.organ_id], ["records_clerk"], now=now)
    _tell(clerks, "documents.to_recall", _("Cần thu hồi: %(subject)s"), document, now=now)


def tell_senders_recalled(document: Document, *, now: datetime) -> None:
    """In the sender's organ: author, signatory, whoever read it; and the persons to whom it went by name."""
    persons = list(
        document.recipients.filter(position__isnull=False).values_list("position_id", flat=True).order_by("place")
    )
    readers = ReadMark.objects.filter(subject_id=document.id).exclude(position__in=persons)
    own = {document.author_id, *readers.values_list("position_id", flat=True)}
    own |= {document.signatory_id} if document.signatory_id else set()
    title = _("Đã thu hồi: %(subject)s")
    _tell(own, "documents.recalled", title, document, now=now)
    page = reverse("documents:personal_detail", args=[document.id])
    _tell(persons, "documents.recalled", title, document, now=now, url=page)


def tell_receivers_recalled(arrivals: Sequence[Incoming], *, now: datetime) -> None:
    """At each receiver: its desk, whoever has a part in it, answers it or read it."""
    _tell_each(arrivals, "documents.recalled", _("Nơi gửi đã thu hồi: %(subject)s"), now=now)


def tell_receivers_corrected(correction: Document, *, now: datetime) -> None:
    """At each receiver of the paper that is corrected; safe to repeat with the same ``now``."""
    if correction.corrects_id is None:
        return
    arrivals = list(Incoming.objects.filter(document=correction.corrects_id))
    _tell_each(arrivals, f"documents.corrected.{correction.id}", _("Có đính chính: %(subject)s"), now=now)


def tell_asker_reply_recalled(document: Document, *, now: datetime) -> None:
    """Who directed the paper that the recalled one had answered: the work counted as done."""
    incoming = document.reply_to
    if incoming is None:
        return
    askers = list(incoming.directions.values_list("given_by_id", flat=True))
    _tell_incoming(askers, "documents.reply_recalled", _("Văn bản trả lời bị thu hồi: %(subject)s"), incoming, now=now)


def tell_sender_all_destroyed(incoming: Incoming, *, now: datetime) -> None:
    """The sender's clerks, once no receiver holds the paper any more."""
    document = incoming.document
    if document is None:
        return
    held = Incoming.objects.filter(document=document, destroyed_at=None).exclude(state=IncomingState.RETURNED)
    if held.exists():
        return
    clerks = _holders([document.organ_id], ["records_clerk"], now=now)
    _tell(clerks, "documents.all_destroyed", _("Mọi nơi nhận đã hủy: %(subject)s"), document, now=now)


def _tell_each(arrivals: Sequence[Incoming], kind: str, title: str, *, now: datetime) -> None:
    told = _concerned(arrivals, now=now)
    for incoming in arrivals:
        _tell_incoming(told[incoming.id], kind, title, incoming, now=now)


def _concerned(arrivals: Sequence[Incoming], *, now: datetime) -> dict[UUID, set[UUID]]:
    """Return by arrival the positions that it concerns, in a fixed number of queries."""
    told: dict[UUID, set[UUID]] = {incoming.id: set() for incoming in arrivals}
    desk = positions_in({incoming.organ_id for incoming in arrivals}, clock.day_of(now), roles=_DESK)
    for incoming in arrivals:
        told[incoming.id] |= {label.id for label in desk if label.organ_id == incoming.organ_id}
    parts = list(Assignment.objects.filter(incoming__in=arrivals))
    heads = positions_in(
        {part.organ_id for part in parts if part.organ_id}, clock.day_of(now), roles=["head", "leader"]
    )
    for part in parts:
        named = {part.position_id} if part.position_id else set()
        told[part.incoming_id] |= named | {head.id for head in heads if head.organ_id == part.organ_id}
    readers = ReadMark.objects.filter(subject_id__in=told).values_list("subject_id", "position_id")
    writers = Document.objects.filter(reply_to__in=arrivals, state__in=_BEING_WRITTEN)
    for incoming_id, position_id in [*readers, *writers.values_list("reply_to_id", "author_id")]:
        told[incoming_id].add(position_id)
    return told


def _holders(organ_ids: Collection[UUID], roles: Collection[str], *, now: datetime) -> list[UUID]:
    return [label.id for label in positions_in(organ_ids, clock.day_of(now), roles=roles)]


def _tell(
    told: Iterable[UUID], kind: str, title: str, document: Document, *, now: datetime, url: str | None = None
) -> None:
    notify.tell(
        list(told),
        kind=kind,
        title=title % {"subject": document.subject},
        url=url or reverse("documents:detail", args=[document.id]),
        subject_id=document.id,
        at=now,
    )


def _tell_incoming(told: Iterable[UUID], kind: str, title: str, incoming: Incoming, *, now: datetime) -> None:
    notify.tell(
        list(told),
        kind=kind,
        title=title % {"subject": incoming.subject},
        url=reverse("documents:incoming_detail", args=[incoming.id]),
        subject_id=incoming.id,
        at=now,
    )
