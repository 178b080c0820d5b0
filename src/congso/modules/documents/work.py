"""What of papers waits for an actor: rows of «Việc của tôi», numbers in the side bar."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.prepared import prepared
from congso.modules.documents.kinds import AssignmentKind, DocumentState
from congso.modules.documents.models import Direction, Document
from congso.modules.documents.queries import lists
from congso.shared.ui.words import vn_date, vn_relative
from congso.shared.ui.work import Lead, Waiting, WorkItem

AT_MOST, FEW = 50, 8
# Heads sign by order or by delegation; specialists and clerks never sign.
SIGNERS = ("leader", "head")
CLERK_ACTS: Mapping[str, tuple[str, str | Promise, str, str | Promise]] = {
    DocumentState.SIGNED: ("number", gettext_lazy("Cấp số"), "number", gettext_lazy("Cấp số")),
    DocumentState.NUMBERED: ("seal", gettext_lazy("Đóng dấu"), "rubber-stamp", gettext_lazy("Đóng dấu")),
    DocumentState.SEALED: ("issue", gettext_lazy("Phát hành"), "send", gettext_lazy("Phát hành")),
    "recall": ("recall", gettext_lazy("Thu hồi"), "ban", gettext_lazy("Thu hồi")),
    "send_on_paper": ("send_on_paper", gettext_lazy("Gửi bản giấy"), "printer", gettext_lazy("Xem danh sách")),
}


def items(by: Actor, today: date) -> list[WorkItem]:
    """Return all that waits for ``by``, in at most six queries."""
    if by.position_id is None:
        return []
    found = [*_to_review(by), *_own(by), *_parts(by)]
    if by.organs_where(*SIGNERS):
        found += _to_sign(by)
    if by.organs_where("records_clerk"):
        found += [*_with_clerk(by, today), *_at_the_door(by, today)]
    if by.organs_where("leader"):
        found += _to_direct(by)
    return found


def counts(by: Actor, _today: date) -> dict[str, int]:
    """Return numbers for the side bar in one query: what waits in all, and what newly arrived."""
    if by.position_id is None:
        return {}
    found: dict[str, int] = {"work": 0, "documents.incoming": 0}
    for row in _counts(by=by):
        found[row["key"]] += row["number"]
    found["work"] += found["documents.incoming"]
    return found


def lead(by: Actor, _today: date) -> Lead | None:
    """Return, for who signs, the signing of all that waits."""
    waiting = lists.documents_to_sign(by).count() if by.organs_where(*SIGNERS) else 0
    if not waiting:
        return None
    return Lead(
        count=waiting,
        title=_("%(n)s văn bản chờ ký") % {"n": waiting},
        url=reverse("documents:to_sign"),
        button=_("Xem và ký"),
        icon="writing-sign",
    )


def waiting(by: Actor, today: date) -> list[Waiting]:
    """Return what ``by`` waits for from others, in one query: leaders the work they gave, others their papers."""
    if by.position_id is None:
        return []
    if by.organs_where("leader"):
        return [_given(direction, today) for direction in lists.directions_open(by)[:FEW]]
    return [
        Waiting(
            title=document.subject,
            url=reverse("documents:detail", args=[document.id]),
            meta=f"{document.get_state_display()} · {_since(document.changed_at)}",
        )
        for document in lists.documents_under_way(by)[:FEW]
    ]


def _given(direction: Direction, today: date) -> Waiting:
    is_late = direction.due_date is not None and direction.due_date < today
    due = _("hạn %(day)s") % {"day": vn_date(direction.due_date)} if direction.due_date else _("không có hạn")
    return Waiting(
        title=direction.incoming.subject,
        url=reverse("documents:incoming_detail", args=[direction.incoming_id]),
        meta=due,
        is_late=is_late,
    )


@prepared
def _counts(*, by: Actor) -> QuerySet[Any, dict[str, Any]]:
    counted: QuerySet[Any, dict[str, Any]] = _counted("work", lists.reviews_waiting(by)).union(
        _counted("work", lists.documents_to_sign(by)),
        _counted("work", lists.parts_to_do(by)),
        _counted("work", lists.returned(by)),
        _counted("work", lists.documents_with_clerk(by)),
        _counted("documents.incoming", lists.at_the_door(by)),
        _counted("work", lists.to_direct(by)),
        _counted("work", lists.to_read(by)),
        _counted("work", lists.documents_to_post(by)),
        _counted("work", lists.documents_to_recall(by)),
        _counted("work", lists.to_destroy(by)),
        all=True,
    )
    return counted


def _counted(key: str, rows: QuerySet[Any]) -> Any:
    return rows.order_by().select_related(None).values(key=Value(key)).annotate(number=Count("id"))


def _to_review(by: Actor) -> Iterator[WorkItem]:
    for turn in lists.reviews_waiting(by)[:AT_MOST]:
        yield WorkItem(
            kind="review",
            verb=_("Xem xét"),
            icon="eye-check",
            title=turn.document.subject,
            url=reverse("documents:detail", args=[turn.document_id]),
            button=_("Xem xét"),
            meta=f"{turn.document.type_name} · {_since(turn.asked_at)}",
        )


def _to_sign(by: Actor) -> Iterator[WorkItem]:
    for document in lists.documents_to_sign(by)[:AT_MOST]:
        yield WorkItem(
            kind="sign",
            verb=_("Ký"),
            icon="writing-sign",
            title=document.subject,
            url=reverse("documents:detail", args=[document.id]),
            button=_("Đọc để ký"),
            meta=f"{document.type_name} · {_since(document.approved_at)}",
        )


def _own(by: Actor) -> Iterator[WorkItem]:
    """What came back to its author, and what was sent to the person by name."""
    for document in _together(_first("revise", lists.returned(by)), _first("read", lists.to_read(by))):
        yield _to_revise(document) if document.todo == "revise" else _to_read(document)


def _to_revise(document: Document) -> WorkItem:
    return WorkItem(
        kind="revise",
        verb=_("Sửa lại"),
        icon="arrow-back-up",
        title=document.subject,
        url=reverse("documents:edit", args=[document.id]),
        button=_("Sửa"),
        meta=_("Trả lại: %(reason)s") % {"reason": document.return_reason},
    )


def _to_read(document: Document) -> WorkItem:
    return WorkItem(
        kind="read",
        verb=_("Đọc"),
        icon="eye-check",
        title=document.subject,
        url=reverse("documents:personal_detail", args=[document.id]),
        button=_("Đọc văn bản"),
        meta=f"{document.number_text}, {_('gửi đích danh')} · {_since(document.issued_at)}",
    )


def _parts(by: Actor) -> Iterator[WorkItem]:
    for part in lists.parts_to_do(by)[:AT_MOST]:
        leads = part.kind == AssignmentKind.LEAD
        giver = part.direction.given_by
        yield WorkItem(
            kind="handle",
            verb=_("Xử lý"),
            icon="list-check",
            title=part.incoming.subject,
            url=reverse("documents:incoming_detail", args=[part.incoming_id]),
            button=_("Xử lý") if leads else _("Phối hợp"),
            meta=_("%(title)s %(name)s giao %(time)s")
            % {"title": giver.title, "name": giver.person.full_name, "time": _since(part.direction.given_at)},
            due=part.due_date,
        )


def _with_clerk(by: Actor, today: date) -> Iterator[WorkItem]:
    """A paper is issued on the day it was signed, at the latest on the next working day (Decree 30/2020)."""
    waiting = _together(
        _first("next", lists.documents_with_clerk(by)),
        _first("recall", lists.documents_to_recall(by)),
        _first("send_on_paper", lists.documents_to_post(by)),
    )
    for document in waiting:
        act = document.state if document.todo == "next" else document.todo
        kind, verb, icon, button = CLERK_ACTS[act]
        yield WorkItem(
            kind=kind,
            verb=verb,
            icon=icon,
            title=document.subject,
            url=reverse("documents:despatch") if kind == "send_on_paper" else _page_of(document),
            button=button,
            meta=f"{document.number_text or document.type_name} · {_since(document.signed_at)}",
            due=clock.day_of(document.signed_at) if document.signed_at else today,
        )


def _at_the_door(by: Actor, _today: date) -> Iterator[WorkItem]:
    """An incoming paper is registered on the day it arrives (Decree 30/2020); one that was recalled is destroyed."""
    arrived = lists.at_the_door(by).annotate(todo=Value("register"))[:AT_MOST]
    for incoming in _together(arrived, lists.to_destroy(by).annotate(todo=Value("destroy"))[:AT_MOST]):
        is_new = incoming.todo == "register"
        verb = _("Vào sổ") if is_new else _("Báo đã hủy")
        since = incoming.arrived_at if is_new else incoming.recalled_at
        yield WorkItem(
            kind=incoming.todo,
            verb=verb,
            icon="inbox" if is_new else "ban",
            title=incoming.subject,
            url=reverse("documents:incoming_detail", args=[incoming.id]),
            button=verb,
            meta=f"{incoming.number_text}, {incoming.sender_text} · {_since(since)}",
            due=clock.day_of(since),
        )


def _to_direct(by: Actor) -> Iterator[WorkItem]:
    for incoming in lists.to_direct(by)[:AT_MOST]:
        yield WorkItem(
            kind="direct",
            verb=_("Chỉ đạo"),
            icon="message-2",
            title=incoming.subject,
            url=reverse("documents:incoming_detail", args=[incoming.id]),
            button=_("Giao xử lý"),
            meta=f"{incoming.number_text}, {incoming.sender_text} · {_since(incoming.registered_at)}",
            due=clock.day_of(incoming.registered_at) if incoming.registered_at else None,
        )


def _first(todo: str, rows: QuerySet[Document]) -> QuerySet[Document]:
    return rows.defer("body").annotate(todo=Value(todo))[:AT_MOST]


def _together(first: QuerySet[Any], *more: QuerySet[Any]) -> QuerySet[Any]:
    """Return all in one query; each row says in ``todo`` which list it is of."""
    return first.union(*more, all=True)


def _page_of(document: Document) -> str:
    return reverse("documents:detail", args=[document.id])


def _since(moment: datetime | None) -> str:
    return vn_relative(moment, clock.now()) if moment else ""
