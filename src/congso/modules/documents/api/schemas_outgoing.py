"""What the API takes and gives of outgoing papers."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import Field

from congso.modules.documents.models import Document, Incoming, Recipient, Review
from congso.modules.documents.queries.pages import DocumentPage
from congso.shared.api.schemas import Given, Named, Taken
from congso.shared.organs.queries import OrganLabel
from congso.shared.people.queries import PositionLabel


class OutgoingSieve(Taken):
    """What the list is narrowed by, as the page's filter; words are found with or without their marks."""

    q: str = Field("", description="Tìm theo chữ trong số, trích yếu, nội dung.")
    type: str = Field("", description="Mã loại văn bản, ví dụ KH.")
    number: str = Field("", description="Số, ký hiệu.")
    signer: str = Field("", description="Người ký.")
    author: str = Field("", description="Người soạn.")
    to: str = Field("", description="Nơi nhận.")
    since: date | None = Field(None, description="Ban hành từ ngày.")
    until: date | None = Field(None, description="Ban hành đến hết ngày.")
    urgency: str = Field("", description="Độ khẩn, 0 đến 3.")
    signed: str = Field("", description="`digital` ký số, `paper` bản quét.")
    answered: str = Field("", description="`yes` đã có văn bản trả lời, `no` chưa có.")


class IssuedLine(Given):
    """A line of the list of issued papers."""

    id: UUID
    number: str
    issued_date: date | None
    type_code: str
    type_name: str
    subject: str
    signer_name: str
    is_digitally_signed: bool = Field(description="Chữ ký của lãnh đạo và của cơ quan đều đã kiểm tra hợp lệ.")

    @classmethod
    def of(cls, paper: Document) -> Self:
        return cls(
            id=paper.id,
            number=paper.number_text,
            issued_date=paper.issued_date,
            type_code=paper.type_code,
            type_name=paper.type_name,
            subject=paper.subject,
            signer_name=paper.signer_name,
            is_digitally_signed=paper.leader_validated and paper.organ_validated,
        )


class PaperState(Given):
    """Where a paper stands: what an act answers."""

    id: UUID
    type_code: str
    type_name: str
    subject: str
    state: str
    state_name: str
    version: int
    number: str
    issued_date: date | None
    return_reason: str
    changed_at: datetime

    @classmethod
    def of(cls, paper: Document) -> Self:
        return cls(**_state(paper))


class ReviewGiven(Given):
    reviewer: Named | None
    round: int
    state: str
    state_name: str
    comment: str
    decided_at: datetime | None

    @classmethod
    def of(cls, label: PositionLabel | None, review: Review) -> Self:
        return cls(
            reviewer=Named.position(label),
            round=review.round,
            state=review.state,
            state_name=review.get_state_display(),
            comment=review.comment,
            decided_at=review.decided_at,
        )


class RecipientGiven(Given):
    """Where the paper goes, and how far it has come there: an organ, a person by name, or an address on paper."""

    organ: Named | None
    person: UUID | None
    name: str
    address: str
    copies: int
    role: str
    state: str | None
    arrival_number: int | None

    @classmethod
    def of(cls, to: Recipient, label: OrganLabel | None) -> Self:
        return cls(
            organ=Named.organ(to.organ_id, label) if to.organ_id else None,
            person=to.position_id,
            name=to.name,
            address=to.address,
            copies=to.copies,
            role=to.role,
            state=getattr(to, "arrival_state", None),
            arrival_number=getattr(to, "arrival_number", None),
        )


class AnswerGiven(Given):
    id: UUID
    number: str
    document_date: date
    sender: str
    subject: str

    @classmethod
    def of(cls, paper: Incoming) -> Self:
        return cls(
            id=paper.id,
            number=paper.number_text,
            document_date=paper.document_date,
            sender=paper.sender_text,
            subject=paper.subject,
        )


class PaperGiven(PaperState):
    """An outgoing paper, whole."""

    organ: Named
    author: Named | None
    signatory: Named | None
    signer_name: str
    capacity: list[str]
    legal_bases: list[str]
    body: dict[str, Any]
    urgency: int
    reply_to: UUID | None
    reply_due_date: date | None
    withdrawal_reason: str
    file: str | None = Field(description="SHA-256 của tệp mới nhất.")
    pages: int
    reviews: list[ReviewGiven]
    recipients: list[RecipientGiven]
    answers: list[AnswerGiven]
    is_being_signed: bool
    acts: list[str] = Field(description="Những việc người hỏi làm được với văn bản lúc này.")
    created_at: datetime
    signed_at: datetime | None
    issued_at: datetime | None

    @classmethod
    def whole(cls, page: DocumentPage, recipients: Sequence[tuple[Recipient, OrganLabel | None]]) -> Self:
        paper = page.document
        return cls(
            **_state(paper),
            organ=Named.organ(paper.organ_id, page.organ),
            author=Named.position(page.people.get(paper.author_id)),
            signatory=Named.position(page.people.get(paper.signatory_id)) if paper.signatory_id else None,
            signer_name=paper.signer_name,
            capacity=paper.capacity_lines,
            legal_bases=paper.legal_bases,
            body=paper.body,
            urgency=paper.urgency,
            reply_to=paper.reply_to_id,
            reply_due_date=paper.reply_due_date,
            withdrawal_reason=paper.withdrawal_reason,
            file=paper.file_id,
            pages=paper.pages,
            reviews=[ReviewGiven.of(label, review) for label, review in page.reviews],
            recipients=[RecipientGiven.of(to, label) for to, label in recipients],
            answers=[AnswerGiven.of(answer) for answer in page.replies],
            is_being_signed=page.is_being_signed,
            acts=sorted(page.acts),
            created_at=paper.created_at,
            signed_at=paper.signed_at,
            issued_at=paper.issued_at,
        )


class HistoryGiven(Given):
    """One act on a paper: a whole sentence without its full stop, and when."""

    at: datetime
    text: str


class TypeGiven(Given):
    code: str
    name: str


class Offered(Given):
    """What may be chosen in a draft, by field: codes or ids with names."""

    type_code: list[TypeGiven]
    organ: list[Named]
    signatory: list[Named]
    reviewers: list[Named]
    to: list[Named]
    persons: list[Named]

    @classmethod
    def of(cls, offered: dict[str, Any]) -> Self:
        return cls(
            type_code=[TypeGiven(code=code, name=str(name)) for code, name in _flat(offered["type_code"])],
            **{name: named(offered[name]) for name in cls.model_fields if name != "type_code"},
        )


def named(choices: Sequence[tuple[str, str]]) -> list[Named]:
    """Return the choices that are ids: a box for many at once is the pages' own."""
    return [Named(id=UUID(value), name=str(name)) for value, name in choices if len(value) == len(str(UUID(int=0)))]


class OnPaper(Taken):
    """Who gets printed copies."""

    name: str = Field(max_length=200, pattern="^[^;\\n\\r]+$")
    address: str = Field("", max_length=300, pattern="^[^;\\n\\r]*$")
    copies: int = Field(1, ge=1, le=999)


class DraftTaken(Taken):
    """A draft, whole at each save: what is missing is emptied."""

    is_not_secret: Literal[True] = Field(
        description="Người gửi khẳng định văn bản không có bí mật nhà nước. Văn bản mật không được gửi lên đây."
    )
    organ: UUID = Field(description="Cơ quan ban hành.")
    type_code: str = Field(max_length=16, description="Mã loại văn bản, ví dụ KH, CV, BC, QĐ, TB.")
    subject: str = Field("", max_length=500, description="Trích yếu.")
    legal_bases: list[str] = Field([], max_length=100, description="Căn cứ, mỗi căn cứ một dòng.")
    body: dict[str, Any] | None = Field(None, description="Nội dung theo cây của trình soạn thảo (ProseMirror).")
    body_text: str = Field("", description="Nội dung là chữ thường, mỗi dòng một đoạn; dùng khi không có `body`.")
    urgency: int = Field(0, ge=0, le=3, description="Độ khẩn: 0 thường, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc.")
    signatory: UUID | None = Field(None, description="Vị trí của người ký.")
    reviewers: list[UUID] = Field([], max_length=50, description="Vị trí của người xem xét, theo thứ tự.")
    to: list[UUID] = Field([], max_length=500, description="Cơ quan nhận để thực hiện.")
    informed: list[UUID] = Field([], max_length=500, description="Cơ quan nhận để biết.")
    persons: list[UUID] = Field([], max_length=500, description="Vị trí của người nhận đích danh.")
    on_paper: list[OnPaper] = Field([], max_length=100, description="Nơi nhận bản giấy.")
    reply_due_date: date | None = Field(None, description="Hạn trả lời.")


class DraftBegun(DraftTaken):
    reply_to: UUID | None = Field(None, description="Văn bản đến được trả lời.")


class DraftSaved(DraftTaken):
    version: int = Field(ge=1, le=2**31 - 1, description="`version` của bản vừa đọc: bản khác đã lưu thì bị từ chối.")


class ReasonTaken(Taken):
    reason: str = Field(max_length=500)


class CommentTaken(Taken):
    comment: str = Field("", max_length=1000)


def _flat(choices: Sequence[tuple[Any, Any]]) -> list[tuple[str, str]]:
    """Return choices without their groups."""
    return [
        one
        for value, name in choices
        for one in (_flat(name) if isinstance(name, list | tuple) else [(str(value), name)])
        if one[0]
    ]


def _state(paper: Document) -> dict[str, Any]:
    return {
        "id": paper.id,
        "type_code": paper.type_code,
        "type_name": paper.type_name,
        "subject": paper.subject,
        "state": paper.state,
        "state_name": paper.get_state_display(),
        "version": paper.edit_version,
        "number": paper.number_text,
        "issued_date": paper.issued_date,
        "return_reason": paper.return_reason,
        "changed_at": paper.changed_at,
    }
