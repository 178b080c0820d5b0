"""What each register holds: its columns, its papers in order, its lines."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Concat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.modules.documents import series
from congso.modules.documents.kinds import (
    NUMBERED_AND_LATER,
    AssignmentKind,
    DocumentState,
    IncomingState,
)
from congso.modules.documents.models import Assignment, Document, Incoming, Recall, Recipient, RegisterKind
from congso.modules.documents.registers.filters import RegisterFilter
from congso.shared.numbering.models import NumberState, NumberTaken
from congso.shared.ui.paging import Keyset
from congso.shared.ui.words import vn_date

type Cells = tuple[str, ...]

OPEN: Final = (IncomingState.REGISTERED, IncomingState.DIRECTED, IncomingState.IN_PROGRESS)
SIZE: Final = 100


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the decree names it; ``share`` of the page's width."""

    name: str | Promise
    share: float


@dataclass(frozen=True, slots=True)
class Book:
    """One register.

    :param papers: the papers of an organ's year that pass a filter, unordered; rows are read from them in ``order``.
    :param cells: a paper's line.
    """

    kind: RegisterKind
    columns: tuple[Column, ...]
    order: Keyset[Any]
    papers: Callable[[UUID, int, RegisterFilter], QuerySet[Any]]
    cells: Callable[[Any], Cells]

    def rows(self, papers: Iterable[Any]) -> list[Cells]:
        return [self.cells(paper) for paper in papers]

    def in_order(self, organ_id: UUID, year: int, asked: RegisterFilter) -> QuerySet[Any]:
        """Return the papers as a printed register lists them: the first of the year first."""
        return self.papers(organ_id, year, asked).order_by(*self.order.fields)


def cancelled_numbers(organ_id: UUID, year: int) -> list[NumberTaken]:
    """Return the numbers of a year that were given and not used: they stay in the register with their reason."""
    given = NumberTaken.objects.filter(series__in=series.keys_of(organ_id, year), state=NumberState.CANCELLED)
    return list(given.order_by("series", "number"))


def not_issued(organ_id: UUID, year: int) -> QuerySet[Document]:
    """Return the papers of a year that have a number and were not issued."""
    return _outgoing(organ_id, year, RegisterFilter()).exclude(state=DocumentState.ISSUED)


def _outgoing(organ_id: UUID, year: int, asked: RegisterFilter) -> QuerySet[Document]:
    since, until = asked.days_within(year)
    papers = Document.objects.filter(
        organ=organ_id, state__in=NUMBERED_AND_LATER, issued_date__gte=since, issued_date__lte=until
    )
    if asked.type_code:
        papers = papers.filter(type_code=asked.type_code)
    if asked.who:
        papers = papers.filter(signer_name__unaccent__icontains=asked.who)
    for word in asked.words:
        said = Q(subject__unaccent__icontains=word) | Q(notation__unaccent__icontains=word)
        papers = papers.filter(said | Q(number=int(word)) if word.isdecimal() and len(word) < _NUMBER else said)
    # Counted for the rows of the page only: a join would count for the whole year first.
    recipients = Recipient.objects.filter(document=OuterRef("pk")).order_by().values("document")
    recall = Recall.objects.filter(document=OuterRef("pk"))
    return papers.defer("body").annotate(
        recipients_count=Subquery(recipients.annotate(number=Count("id")).values("number")),
        copies=Subquery(recipients.annotate(number=Sum("copies")).values("number")),
        new_number=Subquery(recall.values("replaced_by__number")),
        new_notation=Subquery(recall.values(text=Concat("replaced_by__number_mark", "replaced_by__notation"))),
    )


_NUMBER: Final = 9


def _incoming(organ_id: UUID, year: int, asked: RegisterFilter) -> QuerySet[Incoming]:
    papers = Incoming.objects.filter(organ=organ_id, arrival_year=year)
    if asked.since or asked.until:
        since, until = asked.moments_within(year)
        papers = papers.filter(registered_at__gte=since, registered_at__lt=until)
    if asked.type_code:
        papers = papers.filter(type_code=asked.type_code)
    if asked.who:
        papers = papers.filter(sender_text__unaccent__icontains=asked.who)
    for word in asked.words:
        said = Q(subject__unaccent__icontains=word) | Q(number_text__unaccent__icontains=word)
        papers = papers.filter(said | Q(arrival_number=int(word)) if word.isdecimal() and len(word) < _NUMBER else said)
    standing = Assignment.objects.filter(taken_back_at=None)
    return _in_state(papers, asked).prefetch_related(
        Prefetch("assignments", standing.select_related("position__person").order_by("place"))
    )


def _in_state(papers: QuerySet[Incoming], asked: RegisterFilter) -> QuerySet[Incoming]:
    if asked.state == "open":
        return papers.filter(state__in=OPEN)
    if asked.state == "late":
        return papers.filter(state__in=OPEN, due_date__lt=asked.today)
    if asked.state == "done":
        return papers.exclude(state__in=OPEN)
    return papers


def _following(organ_id: UUID, year: int, asked: RegisterFilter) -> QuerySet[Incoming]:
    """Papers that somebody was given to settle; those for information only are not followed."""
    replies = Document.objects.filter(state__in=NUMBERED_AND_LATER).only(
        "number", "notation", "issued_date", "reply_to"
    )
    given = Assignment.objects.filter(incoming=OuterRef("pk"), kind=AssignmentKind.LEAD, taken_back_at=None)
    return (
        _incoming(organ_id, year, asked)
        .filter(Exists(given))
        .prefetch_related(Prefetch("replies", replies.order_by("issued_date", "id"), to_attr="numbered_replies"))
    )


def _outgoing_cells(paper: Document) -> Cells:
    return (
        paper.number_text,
        _day(paper.issued_date),
        f"{paper.type_name}: {paper.subject}",
        paper.signer_name,
        _("%(n)s nơi nhận") % {"n": getattr(paper, "recipients_count", 0) or 0},
        _("Văn thư"),
        str(getattr(paper, "copies", 0) or ""),
        _day(paper.issued_at),
        "",
        _outgoing_note(paper),
    )


def _outgoing_note(paper: Document) -> str:
    """Say of what kind the original is, and that the paper was recalled or replaced."""
    kind = _("Bản quét, ký giấy") if paper.paper_signed_reason else _("Bản điện tử")
    if paper.recalled_at is None:
        return kind
    number = getattr(paper, "new_number", None)
    said = _("thu hồi")
    if number is not None:
        said = _("thay thế bằng %(n)02d%(notation)s") % {"n": number, "notation": getattr(paper, "new_notation", "")}
    return f"{kind}; {said} {_day(paper.recalled_at)}"


def _incoming_note(paper: Incoming) -> str:
    """Say where the paper stands; of one that its sender took back, by whom, when and why; of a corrected one, that."""
    state = str(_STATES[paper.state])
    if paper.recalled_at is not None:
        return f"{paper.sender_text}: {_('thu hồi')} {_day(paper.recalled_at)}. {paper.recall_reason}"
    return f"{state}; {_('có đính chính')} {_day(paper.corrected_at)}" if paper.corrected_at else state


def _incoming_cells(paper: Incoming) -> Cells:
    return (
        _day(paper.registered_at),
        str(paper.arrival_number or ""),
        paper.sender_text,
        paper.number_text,
        _day(paper.document_date),
        f"{paper.type_name}: {paper.subject}",
        _receivers(paper) or _("Lãnh đạo"),
        _day(paper.registered_at),
        "",
        _incoming_note(paper),
    )


def _following_cells(paper: Incoming) -> Cells:
    replies: Sequence[Document] = getattr(paper, "numbered_replies", ())
    return (
        str(paper.arrival_number or ""),
        _("%(type)s %(number)s ngày %(day)s, %(sender)s: %(subject)s")
        % {
            "type": paper.type_name,
            "number": paper.number_text,
            "day": _day(paper.document_date),
            "sender": paper.sender_text,
            "subject": paper.subject,
        },
        _receivers(paper),
        _day(paper.due_date),
        str(_STATES[paper.state]),
        "; ".join(f"{reply.number_text} {_('ngày')} {_day(reply.issued_date)}" for reply in replies),
        "",
    )


_STATES: Final[Mapping[str, str | Promise]] = dict(IncomingState.choices)


def _receivers(paper: Incoming) -> str:
    """Name who has the paper: who leads first."""
    parts = sorted(paper.assignments.all(), key=lambda part: (part.kind != AssignmentKind.LEAD, part.place))
    names = [part.position.person.full_name for part in parts if part.position]
    return ", ".join(dict.fromkeys(names))


def _day(moment: date | None) -> str:
    return vn_date(moment) if moment else ""


_OUTGOING: Final = (
    Column(gettext_lazy("Số, ký hiệu văn bản"), 1.1),
    Column(gettext_lazy("Ngày tháng văn bản"), 0.9),
    Column(gettext_lazy("Tên loại và trích yếu nội dung văn bản"), 3.2),
    Column(gettext_lazy("Người ký"), 1.3),
    Column(gettext_lazy("Nơi nhận văn bản"), 1.2),
    Column(gettext_lazy("Đơn vị, người nhận bản lưu"), 1),
    Column(gettext_lazy("Số lượng bản"), 0.7),
    Column(gettext_lazy("Ngày chuyển"), 0.9),
    Column(gettext_lazy("Ký nhận"), 0.8),
    Column(gettext_lazy("Ghi chú"), 1),
)
_INCOMING: Final = (
    Column(gettext_lazy("Ngày đến"), 0.9),
    Column(gettext_lazy("Số đến"), 0.6),
    Column(gettext_lazy("Tác giả"), 1.5),
    Column(gettext_lazy("Số, ký hiệu văn bản"), 1.1),
    Column(gettext_lazy("Ngày tháng văn bản"), 0.9),
    Column(gettext_lazy("Tên loại và trích yếu nội dung văn bản"), 3),
    Column(gettext_lazy("Đơn vị hoặc người nhận"), 1.3),
    Column(gettext_lazy("Ngày chuyển"), 0.9),
    Column(gettext_lazy("Ký nhận"), 0.8),
    Column(gettext_lazy("Ghi chú"), 1),
)
_FOLLOWING: Final = (
    Column(gettext_lazy("Số đến"), 0.6),
    Column(gettext_lazy("Tên loại, số và ký hiệu, ngày tháng và tác giả văn bản"), 4),
    Column(gettext_lazy("Đơn vị hoặc người nhận"), 1.5),
    Column(gettext_lazy("Thời hạn giải quyết"), 1),
    Column(gettext_lazy("Tiến độ giải quyết"), 1.1),
    Column(gettext_lazy("Số, ký hiệu văn bản trả lời"), 1.5),
    Column(gettext_lazy("Ghi chú"), 1),
)
_BY_ISSUE: Final = Keyset[Document](("issued_date", "id"), size=SIZE)
_BY_ARRIVAL: Final = Keyset[Incoming](("arrival_number", "id"), size=SIZE)

BOOKS: Final[Mapping[str, Book]] = {
    book.kind: book
    for book in (
        Book(RegisterKind.OUTGOING, _OUTGOING, _BY_ISSUE, _outgoing, _outgoing_cells),
        Book(RegisterKind.INCOMING, _INCOMING, _BY_ARRIVAL, _incoming, _incoming_cells),
        Book(RegisterKind.FOLLOWING, _FOLLOWING, _BY_ARRIVAL, _following, _following_cells),
    )
}
