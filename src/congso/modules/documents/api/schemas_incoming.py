"""What the API takes and gives of incoming papers and of the registers."""

from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from pydantic import Field

from congso.modules.documents.models import Assignment, Document, Incoming
from congso.modules.documents.queries.directions import Given as Order
from congso.modules.documents.queries.directions import Part
from congso.modules.documents.queries.incoming_page import IncomingPage
from congso.shared.api.schemas import Given, Named, Taken
from congso.shared.numbering.models import NumberTaken
from congso.shared.organs.queries import OrganLabel


class IncomingSieve(Taken):
    """What the list is narrowed by, as the page's filter; words are found with or without their marks."""

    q: str = Field("", description="Tìm theo chữ trong văn bản đã vào sổ.")
    state: str = Field("", description="`new` chưa vào sổ, `to_direct` chờ chỉ đạo, `open`, `late` quá hạn, `done`.")
    type: str = Field("", description="Mã loại văn bản, ví dụ KH.")
    sender: str = Field("", description="Nơi gửi.")
    number: str = Field("", description="Số, ký hiệu, hoặc số đến.")
    since: date | None = Field(None, description="Đến từ ngày.")
    until: date | None = Field(None, description="Đến hết ngày.")
    urgency: str = Field("", description="Độ khẩn, 0 đến 3.")
    verdict: str = Field("", description="`passed`, `failed`, `indeterminate`, `pending`.")
    who: str = Field("", description="Người được giao.")
    due_since: date | None = Field(None, description="Hạn xử lý từ ngày.")
    due_until: date | None = Field(None, description="Hạn xử lý đến hết ngày.")


class ArrivedLine(Given):
    """A line of the list of incoming papers; also where a paper stands, as acts answer it."""

    id: UUID
    sender: str
    number: str
    document_date: date
    type_code: str
    type_name: str
    subject: str
    urgency: int
    state: str
    state_name: str
    verdict: str
    arrived_at: datetime
    arrival_number: int | None
    arrival_year: int | None
    reply_due_date: date | None
    due_date: date | None

    @classmethod
    def of(cls, paper: Incoming) -> Self:
        return cls(**_line(paper))


class PartGiven(Given):
    """A part of a direction: whoever leads, supports or is informed."""

    name: str
    kind: str
    position: UUID | None
    organ: UUID | None
    due_date: date | None
    done_at: datetime | None

    @classmethod
    def of(cls, part: Part) -> Self:
        given: Assignment = part.assignment
        return cls(
            name=part.name,
            kind=given.kind,
            position=given.position_id,
            organ=given.organ_id,
            due_date=given.due_date,
            done_at=given.done_at,
        )


class DirectionGiven(Given):
    """The leader's order (bút phê)."""

    given_by: Named | None
    given_at: datetime
    text: str
    due_date: date | None
    closed_at: datetime | None
    parts: list[PartGiven]

    @classmethod
    def of(cls, order: Order) -> Self:
        direction = order.direction
        return cls(
            given_by=Named.position(order.giver),
            given_at=direction.given_at,
            text=direction.text,
            due_date=direction.due_date,
            closed_at=direction.closed_at,
            parts=[PartGiven.of(part) for part in order.parts],
        )


class ReplyGiven(Given):
    id: UUID
    number: str
    subject: str
    state: str

    @classmethod
    def of(cls, paper: Document) -> Self:
        return cls(id=paper.id, number=paper.number_text, subject=paper.subject, state=paper.state)


class ArrivedGiven(ArrivedLine):
    """An incoming paper, whole."""

    organ: Named
    sender_organ: UUID | None
    file: str = Field(description="SHA-256 của tệp.")
    pages: int
    registered_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    return_reason: str
    directions: list[DirectionGiven]
    replies: list[ReplyGiven]
    acts: list[str] = Field(description="Những việc người hỏi làm được với văn bản lúc này.")

    @classmethod
    def whole(cls, page: IncomingPage, organ: OrganLabel | None) -> Self:
        paper = page.incoming
        return cls(
            **_line(paper),
            organ=Named.organ(paper.organ_id, organ),
            sender_organ=paper.sender_id,
            file=paper.file_id,
            pages=paper.pages,
            registered_at=paper.registered_at,
            answered_at=paper.answered_at,
            closed_at=paper.closed_at,
            return_reason=paper.return_reason,
            directions=[DirectionGiven.of(order) for order in page.orders],
            replies=[ReplyGiven.of(reply) for reply in page.replies],
            acts=sorted(page.acts),
        )


class DirectionTaken(Taken):
    """Whom to give the work: ids of positions, or of organs that serve this one."""

    lead: UUID | None = Field(None, description="Chủ trì. Bỏ trống khi `only_to_know`.")
    support: list[UUID] = Field([], max_length=100, description="Phối hợp.")
    informed: list[UUID] = Field([], max_length=100, description="Để biết.")
    text: str = Field("", max_length=2000, description="Ý kiến chỉ đạo.")
    due_date: date | None = Field(None, description="Hạn xử lý.")
    only_to_know: bool = Field(False, description="Chỉ để biết: không ai phải làm gì.")
    beside: bool = Field(False, description="Ý kiến thêm, bên cạnh ý kiến mà lãnh đạo khác đã cho.")


class OutgoingRegisterLine(Given):
    """A line of the register of outgoing papers (Decree 30/2020, Phụ lục IV)."""

    id: UUID
    number: str
    issued_date: date | None
    type_name: str
    subject: str
    signer_name: str
    recipients: int
    issued_at: datetime | None
    is_scan: bool

    @classmethod
    def of(cls, paper: Document) -> Self:
        return cls(
            id=paper.id,
            number=paper.number_text,
            issued_date=paper.issued_date,
            type_name=paper.type_name,
            subject=paper.subject,
            signer_name=paper.signer_name,
            recipients=getattr(paper, "recipients_count", 0) or 0,
            issued_at=paper.issued_at,
            is_scan=bool(paper.paper_signed_reason),
        )


class IncomingRegisterLine(ArrivedLine):
    """A line of the register of incoming papers."""

    registered_at: datetime | None
    passed_to: list[str]

    @classmethod
    def of(cls, paper: Incoming) -> Self:
        names = [part.position.person.full_name for part in paper.assignments.all() if part.position]
        return cls(**_line(paper), registered_at=paper.registered_at, passed_to=names)


class CancelledGiven(Given):
    """A number that was given and not used: it stays in the register with its reason."""

    series: str
    number: int
    reason: str

    @classmethod
    def of(cls, taken: NumberTaken) -> Self:
        return cls(series=taken.series, number=taken.number, reason=taken.reason)


def _line(paper: Incoming) -> dict[str, Any]:
    return {
        "id": paper.id,
        "sender": paper.sender_text,
        "number": paper.number_text,
        "document_date": paper.document_date,
        "type_code": paper.type_code,
        "type_name": paper.type_name,
        "subject": paper.subject,
        "urgency": paper.urgency,
        "state": paper.state,
        "state_name": paper.get_state_display(),
        "verdict": paper.verdict,
        "arrived_at": paper.arrived_at,
        "arrival_number": paper.arrival_number,
        "arrival_year": paper.arrival_year,
        "reply_due_date": paper.reply_due_date,
        "due_date": paper.due_date,
    }
