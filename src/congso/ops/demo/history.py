"""Some months of papers, made by the real commands and signatures at past moments of the clock."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from uuid import NAMESPACE_URL, UUID, uuid5

import typst
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.modules.documents import body as bodies
from congso.modules.documents import commands, signables
from congso.modules.documents.commands import DirectionInput, DraftInput, ScanInput
from congso.modules.documents.kinds import NUMBERED_AND_LATER, DocumentState, IncomingState, RecipientRole
from congso.modules.documents.models import Document, Incoming
from congso.modules.signing import public as signing
from congso.ops import worker
from congso.ops.demo import papers
from congso.ops.demo.keys_to_the_door import PIN
from congso.ops.demo.papers import Paper
from congso.ops.telling import counting
from congso.shared.accounts.queries import actor_for
from congso.shared.areas import locality as areas
from congso.shared.notify import commands as notify
from congso.shared.organs.locality import organ_id
from congso.shared.people.models import Role
from congso.shared.people.queries import PositionLabel, positions_in

# Papers that arrived on the last days still wait at the door: there is work to do on 29/11/2023.
_LEFT_AT_THE_DOOR_SINCE = date(2023, 11, 27)
_LEFT_TO_DIRECT_SINCE = date(2023, 11, 14)
_REASON = "Đường truyền của xã hỏng cả ngày"


@dataclass(frozen=True, slots=True)
class Desk:
    """One committee with the positions that a paper passes."""

    organ: UUID
    author: UUID
    reviewer: UUID | None
    chair: UUID
    clerk: UUID

    def acting(self, position: UUID, on: date) -> Actor:
        return actor_for(position, on=on)


def write(written: Sequence[Paper]) -> None:
    """Write papers, given in the order of their days. Safe to repeat: what is issued already is not written again."""
    district, communes = desks()
    party = party_desk()
    last_read = max((paper.day for paper in written if paper.day < _LEFT_AT_THE_DOOR_SINCE), default=None)
    with counting("Viết văn bản từ tháng 8 đến tháng 11/2023", len(written)) as advance:
        for day, of_day in groupby(written, key=lambda paper: paper.day):
            todays = list(of_day)
            wanted = {
                id_of(paper): (paper, party if paper.is_of_party else _sender(paper, district, communes))
                for paper in todays
            }
            _issue(day, wanted, district, communes)
            _receive(day, [district, *communes])
            if day == last_read:
                _read_notices(day, [district, *communes])
            for _paper in todays:
                advance()


def _read_notices(day: date, read_by: Sequence[Desk]) -> None:
    """Let everybody read what came so far, so that the bell tells of the last days only."""
    moment = datetime.combine(day, time(16, 45), clock.HANOI)
    for desk in read_by:
        for position in (desk.author, desk.reviewer, desk.chair, desk.clerk):
            if position is not None:
                notify.mark_all_read(by=desk.acting(position, day), now=moment)


def do_jobs() -> None:
    """Do all jobs that wait and those that they defer, here and now, at the moment that the clock is held at."""
    while ProcrastinateJob.objects.filter(status="todo").exists():
        asyncio.run(worker.serve(app, wait=False))


def desks() -> tuple[Desk, list[Desk]]:
    """Return the district's desk and the communes', in the order of the codes."""
    district, communes = areas.district(), [organ_id("ubnd", unit) for unit in areas.communes()]
    committee, office = organ_id("ubnd", district), organ_id("van-phong", district)
    held: defaultdict[UUID, list[PositionLabel]] = defaultdict(list)
    for position in positions_in([committee, office, *communes], on=papers.history()[0].day):
        held[position.organ_id].append(position)
    top = Desk(
        committee,
        author=_first(held[office], Role.SPECIALIST),
        reviewer=_first(held[office], Role.HEAD),
        chair=_first(held[committee], Role.LEADER),
        clerk=_first(held[committee], Role.RECORDS_CLERK),
    )
    return top, [_desk_of(commune, held[commune]) for commune in communes]


def party_desk() -> Desk:
    """Return the desk of the district's Party committee: everybody sits in it."""
    committee = organ_id("huyen-uy", areas.district())
    return _desk_of(committee, list(positions_in([committee], on=papers.history()[0].day)))


def _desk_of(organ: UUID, held: Sequence[PositionLabel]) -> Desk:
    return Desk(
        organ,
        author=_first(held, Role.SPECIALIST),
        reviewer=None,
        chair=_first(held, Role.LEADER),
        clerk=_first(held, Role.RECORDS_CLERK),
    )


def _first(held: Iterable[PositionLabel], role: Role) -> UUID:
    # The list has heads before deputies.
    return next(position.id for position in held if position.role == role)


def id_of(paper: Paper) -> UUID:
    """Return the id that this paper has in every demo."""
    return uuid5(NAMESPACE_URL, f"congso-demo/{paper.day}/{paper.sender}/{paper.subject}")


def _sender(paper: Paper, district: Desk, communes: list[Desk]) -> Desk:
    return district if paper.sender is None else communes[paper.sender]


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), clock.HANOI)


def _issue(day: date, wanted: dict[UUID, tuple[Paper, Desk]], district: Desk, communes: list[Desk]) -> None:
    """Take the papers of one day from draft to issue, the signatures of all in one go."""
    drawn = {document_id: pair for document_id, pair in wanted.items() if not pair[0].is_on_paper}
    with clock.at(_at(day, 8)):
        for document_id, (paper, desk) in drawn.items():
            _draft(document_id, paper, desk, _recipients(paper, district, communes))
    with clock.at(_at(day, 9, 30)):
        _sign([(document_id, desk.organ, desk.chair) for document_id, (_paper, desk) in drawn.items()])
    with clock.at(_at(day, 14)):
        for document_id, (_paper, desk) in drawn.items():
            if _state(document_id) not in NUMBERED_AND_LATER:
                commands.number_document(document_id, by=desk.acting(desk.clerk, day), now=clock.now())
        _sign([(document_id, desk.organ, desk.clerk) for document_id, (_paper, desk) in drawn.items()])
    with clock.at(_at(day, 15)):
        for document_id, (paper, desk) in wanted.items():
            if paper.is_on_paper:
                _send_scan(document_id, paper, desk, _recipients(paper, district, communes))
            elif _state(document_id) != DocumentState.ISSUED:
                commands.issue_document(document_id, by=desk.acting(desk.clerk, day), now=clock.now())
        do_jobs()


def _recipients(paper: Paper, district: Desk, communes: list[Desk]) -> list[tuple[UUID, str]]:
    to = [district] if paper.sender is not None or paper.is_of_party else communes[: paper.to_communes]
    return [(desk.organ, RecipientRole.TO) for desk in to]


def _draft(document_id: UUID, paper: Paper, desk: Desk, recipients: list[tuple[UUID, str]]) -> None:
    if Document.objects.filter(id=document_id).exclude(state=DocumentState.DRAFT).exists():
        return
    now, author = clock.now(), desk.acting(desk.author, paper.day)
    draft = DraftInput(
        organ_id=desk.organ,
        type_code=paper.type_code,
        subject=paper.subject,
        body=bodies.from_text(paper.text),
        signatory_id=desk.chair,
        reviewer_ids=[desk.reviewer] if desk.reviewer else [],
        recipients=recipients,
        reply_due_date=paper.day + timedelta(days=paper.reply_days) if paper.reply_days else None,
    )
    commands.create_draft(document_id, draft, by=author, now=now)
    commands.submit_for_review(document_id, by=author, now=now)
    if desk.reviewer:
        commands.initial(document_id, by=desk.acting(desk.reviewer, paper.day), now=now)


def _sign(wanted: list[tuple[UUID, UUID, UUID]]) -> None:
    """Let each position sign its papers, given as (document, organ, position), and do the jobs of it."""
    of_position: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for document_id, _organ, position in wanted:
        of_position[position].append(document_id)
    now = clock.now()
    for position, documents in of_position.items():
        by = actor_for(position, on=clock.today())
        for document in Document.objects.filter(id__in=documents):
            if document.file_id:
                commands.mark_read(document.id, document.file_id, by=by, now=now)
        orders = [info.order for info in signables.describe(documents, by)]
        if orders:
            signing.request_signatures(orders, pin=PIN, by=by, now=now)
    do_jobs()


def _state(document_id: UUID) -> str:
    return Document.objects.values_list("state", flat=True).get(id=document_id)


def _send_scan(document_id: UUID, paper: Paper, desk: Desk, recipients: list[tuple[UUID, str]]) -> None:
    said = ScanInput(desk.organ, paper.type_code, paper.subject, desk.chair, _REASON, recipients)
    scan = typst.Compiler(input=f"= {paper.subject}\n\n{paper.text}".encode()).compile(format="pdf")
    if not isinstance(scan, bytes):
        raise TypeError(scan)
    by = desk.acting(desk.clerk, paper.day)
    commands.issue_paper_signed(document_id, said, scan=scan, by=by, now=clock.now())


def _receive(day: date, desks: list[Desk]) -> None:
    """Register what arrived that day, direct it, and finish most of it."""
    if day >= _LEFT_AT_THE_DOOR_SINCE:
        return
    with clock.at(_at(day, 15, 30)):
        for desk in desks:
            arrived = Incoming.objects.filter(organ=desk.organ, state=IncomingState.VALIDATED).order_by("id")
            for incoming in arrived:
                _register(incoming, desk, day)
        do_jobs()


def _register(incoming: Incoming, desk: Desk, day: date) -> None:
    now = clock.now()
    commands.register_incoming(incoming.id, by=desk.acting(desk.clerk, day), now=now)
    if day >= _LEFT_TO_DIRECT_SINCE:
        return
    due = day + timedelta(days=10)
    order = DirectionInput(lead=desk.author, text="Giao đồng chí chủ trì, báo cáo đúng hạn.", due_date=due)
    commands.direct_incoming(incoming.id, order, by=desk.acting(desk.chair, day), now=now)
    # What asks for an answer stays open, the rest is done the same day.
    if incoming.reply_due_date is None:
        commands.finish_part(incoming.id, by=desk.acting(desk.author, day), now=now)


def leave_on_the_desk() -> None:
    """Leave a draft and a paper in review from the day before, so that no desk is empty."""
    day, (district, _communes) = date(2023, 11, 28), desks()
    text = papers.history()[0].text
    with clock.at(_at(day, 16)):
        for subject, is_submitted in (
            ("Về việc chuẩn bị tổng kết chuyển đổi số năm 2023", False),
            ("Lịch tiếp công dân tháng 12 năm 2023", True),
        ):
            document_id, now = uuid5(NAMESPACE_URL, f"congso-demo/{day}/{subject}"), clock.now()
            author = district.acting(district.author, day)
            draft = DraftInput(
                organ_id=district.organ,
                type_code="TB" if is_submitted else "CV",
                subject=subject,
                body=bodies.from_text(text),
                signatory_id=district.chair,
                reviewer_ids=[district.reviewer] if district.reviewer else [],
                recipients=[(organ_id("ubnd", unit), RecipientRole.TO) for unit in areas.communes()],
            )
            document = commands.create_draft(document_id, draft, by=author, now=now)
            if is_submitted and document.state == DocumentState.DRAFT:
                commands.submit_for_review(document_id, by=author, now=now)
