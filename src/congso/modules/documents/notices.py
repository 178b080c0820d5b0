"""Whom the module tells what, in-app. A notice is one line and a link; the paper itself says the rest."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from congso.kernel import clock
from congso.modules.documents.models import Assignment, Direction, Document, Incoming, Review
from congso.shared import notify
from congso.shared.people.queries import positions_in
from congso.shared.ui.words import vn_date


def tell_reviewer(document: Document, turn: Review, *, now: datetime) -> None:
    _tell([turn.reviewer_id], "documents.to_review", _("Chờ xem xét: %(subject)s"), document, now=now)


def tell_reviewer_skipped(document: Document, turn: Review, *, now: datetime) -> None:
    """Who was passed over: the paper is no longer theirs to look at."""
    _tell([turn.reviewer_id], "documents.review_skipped", _("Đã bỏ qua lượt xem xét: %(subject)s"), document, now=now)


def tell_author_returned(document: Document, *, now: datetime) -> None:
    _tell([document.author_id], "documents.returned", _("Trả lại: %(subject)s"), document, now=now)


def tell_signatory(document: Document, *, now: datetime) -> None:
    if document.signatory_id is not None:
        _tell([document.signatory_id], "documents.to_sign", _("Chờ ký: %(subject)s"), document, now=now)


def tell_clerks_signed(document: Document, *, now: datetime) -> None:
    """The records clerks of the organ: a signed paper waits for its number."""
    clerks = _holders(document.organ_id, "records_clerk", now=now)
    _tell(clerks, "documents.to_number", _("Chờ cấp số: %(subject)s"), document, now=now)


def tell_signature_failed(document: Document, *, now: datetime) -> None:
    """Who confirmed the signature: the signatory, or, after numbering, the clerks."""
    if document.number is not None:
        told = _holders(document.organ_id, "records_clerk", now=now)
    else:
        told = [document.signatory_id] if document.signatory_id else []
    _tell(told, "documents.signature_failed", _("Chưa ký được: %(subject)s"), document, now=now)


def tell_persons(document: Document, *, now: datetime) -> None:
    """Those whom «Nơi nhận» names."""
    persons = document.recipients.filter(position__isnull=False).values_list("position_id", flat=True)
    notify.tell(
        list(persons),
        kind="documents.sent_to_you",
        title=_("Gửi đích danh: %(subject)s") % {"subject": document.subject},
        url=reverse("documents:personal_detail", args=[document.id]),
        subject_id=document.id,
        at=now,
    )


def tell_clerks_arrived(papers: Sequence[Incoming], *, now: datetime) -> None:
    """The records clerks of each receiver, in one query for all of them."""
    clerks = positions_in({paper.organ_id for paper in papers}, clock.day_of(now), roles=["records_clerk"])
    for paper in papers:
        told = [clerk.id for clerk in clerks if clerk.organ_id == paper.organ_id]
        _tell_incoming(told, "documents.arrived", _("Văn bản mới đến: %(subject)s"), paper, now=now)


def tell_leaders_registered(incoming: Incoming, *, now: datetime) -> None:
    leaders = _holders(incoming.organ_id, "leader", now=now)
    _tell_incoming(leaders, "documents.to_direct", _("Chờ chỉ đạo: %(subject)s"), incoming, now=now)


def tell_assigned(incoming: Incoming, assignments: Iterable[Assignment], *, now: datetime) -> None:
    """Each named position; of a named organ its head."""
    _tell_incoming(_reached(assignments, now=now), "documents.assigned", _("Được giao: %(subject)s"), incoming, now=now)


def tell_giver_closed(incoming: Incoming, direction: Direction, *, now: datetime) -> None:
    """The leader whose order is done; the head whose staff have done a part."""
    _tell_incoming([direction.given_by_id], "documents.closed", _("Đã xử lý xong: %(subject)s"), incoming, now=now)


def tell_due_changed(incoming: Incoming, parts: Iterable[Assignment], day: date, *, now: datetime) -> None:
    """Those who have not finished."""
    title = _("Hạn mới %(day)s: %(subject)s") % {"day": vn_date(day), "subject": incoming.subject}
    _tell_incoming(_reached(parts, now=now), "documents.due_changed", title, incoming, now=now)


def tell_taken_back(incoming: Incoming, parts: Iterable[Assignment], *, now: datetime) -> None:
    """Those who were named; the paper may be out of their sight, so the notice leads to their list."""
    notify.tell(
        _reached(parts, now=now),
        kind="documents.direction_taken_back",
        title=_("Rút lại việc đã giao: %(subject)s") % {"subject": incoming.subject},
        url=reverse("documents:incoming"),
        subject_id=incoming.id,
        at=now,
    )


def tell_to_read(incoming: Incoming, position_ids: Iterable[UUID], *, now: datetime) -> None:
    _tell_incoming(position_ids, "documents.remind_to_read", _("Nhắc đọc: %(subject)s"), incoming, now=now)


def tell_sender_returned(incoming: Incoming, *, now: datetime) -> None:
    """The records clerks of who sent it: on the paper that they forwarded, else on their own."""
    kind, title = f"documents.refused.{incoming.organ_id}", _("Nơi nhận trả lại: %(subject)s")
    if incoming.forwarded_from is not None:
        clerks = _holders(incoming.forwarded_from.organ_id, "records_clerk", now=now)
        _tell_incoming(clerks, kind, title, incoming.forwarded_from, now=now)
    elif incoming.document is not None:
        clerks = _holders(incoming.document.organ_id, "records_clerk", now=now)
        _tell(clerks, kind, title, incoming.document, now=now)


def _reached(parts: Iterable[Assignment], *, now: datetime) -> list[UUID]:
    """Return the named positions, and of each named organ its heads."""
    given = list(parts)
    organs = [part.organ_id for part in given if part.organ_id]
    heads = positions_in(organs, clock.day_of(now), roles=["head", "leader"]) if organs else []
    return [*(part.position_id for part in given if part.position_id), *(head.id for head in heads)]


def _holders(organ_id: UUID, role: str, *, now: datetime) -> list[UUID]:
    return [label.id for label in positions_in([organ_id], clock.day_of(now), roles=[role])]


def _tell(told: Iterable[UUID], kind: str, title: str, document: Document, *, now: datetime) -> None:
    notify.tell(
        list(told),
        kind=kind,
        title=title % {"subject": document.subject},
        url=reverse("documents:detail", args=[document.id]),
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
