"""Outgoing papers for programs. Signing and sealing need the PIN on a page: no program does them."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status

from congso.kernel import clock
from congso.kernel.ids import new_id
from congso.kernel.web import ActorRequest
from congso.modules.documents import commands, findable, permissions
from congso.modules.documents.api.asking import accepted, having, pdf, said
from congso.modules.documents.api.schemas_outgoing import (
    CommentTaken,
    DraftBegun,
    DraftSaved,
    DraftTaken,
    HistoryGiven,
    IssuedLine,
    Offered,
    OutgoingSieve,
    PaperGiven,
    PaperState,
    ReasonTaken,
)
from congso.modules.documents.filter_forms import OutgoingFilter
from congso.modules.documents.forms import DraftForm, InitialForm, ReasonForm
from congso.modules.documents.queries import access_document, drafting, filtering, history, lists
from congso.modules.documents.queries.deliveries import recipients_of
from congso.modules.documents.queries.pages import document_page
from congso.modules.signing import public as signing
from congso.shared.api.schemas import Listed, Place, PressKey
from congso.shared.authz import guarded, signed_in

router = Router(tags=["Văn bản đi"])


@router.get("", response=Listed[IssuedLine], summary="Văn bản đã phát hành của cơ quan mình, mới nhất trước")
@signed_in
def list_issued(request: ActorRequest, place: Query[Place], sieve: Query[OutgoingSieve]) -> Listed[IssuedLine]:
    asked = said(OutgoingFilter, sieve.dict())
    papers = filtering.filtered_outgoing(lists.issued_documents(request.actor), asked, clock.today())
    papers = having(papers, asked["q"], findable.OUTGOING, by=request.actor)
    found = place.of(papers, lists.ISSUED_ORDER)
    return Listed[IssuedLine].of([IssuedLine.of(paper) for paper in found.rows], found)


@router.post("", response={201: PaperState}, summary="Lập dự thảo; `Idempotency-Key` thành mã của dự thảo")
@guarded(permissions.DRAFT)
def create_draft(request: ActorRequest, sent: DraftBegun, key: PressKey = None) -> Status[PaperState]:
    offered = drafting.offered(request.actor, chosen=[*sent.to, *sent.informed])
    form = accepted(DraftForm(_typed(sent, version=0), offered=offered))
    paper = commands.create_draft(
        key or new_id(), form.draft(clock.today()), by=request.actor, now=clock.now(), reply_to=sent.reply_to
    )
    return Status(201, PaperState.of(paper))


@router.get("/drafts", response=Listed[PaperState], summary="Dự thảo và văn bản đang trình của mình")
@signed_in
def list_drafts(request: ActorRequest, place: Query[Place]) -> Listed[PaperState]:
    found = place.of(lists.drafts(request.actor), lists.DRAFT_ORDER)
    return Listed[PaperState].of([PaperState.of(paper) for paper in found.rows], found)


@router.get("/choices", response=Offered, summary="Cơ quan, người ký, người xem xét, nơi nhận để chọn khi soạn")
@guarded(permissions.DRAFT)
def draft_choices(request: ActorRequest) -> Offered:
    permissions.DRAFT.require(request.actor, None)
    return Offered.of(drafting.offered(request.actor))


@router.get("/{uuid:document_id}", response=PaperGiven, summary="Một văn bản đi")
@guarded(permissions.SEE)
def get_document(request: ActorRequest, document_id: UUID) -> PaperGiven:
    page = document_page(document_id, by=request.actor)
    return PaperGiven.whole(page, recipients_of(page.document))


@router.put("/{uuid:document_id}", response=PaperState, summary="Lưu dự thảo, toàn bộ nội dung")
@guarded(permissions.EDIT)
def save_draft(request: ActorRequest, document_id: UUID, sent: DraftSaved) -> PaperState:
    document = access_document(document_id, by=request.actor, to=permissions.EDIT)
    chosen = [*sent.to, *sent.informed]
    offered = drafting.offered(
        request.actor, as_position=document.author_id, chosen=chosen, type_code=document.type_code
    )
    # What the page's form holds besides stays as it is.
    values = drafting.typed(document) | _typed(sent, version=sent.version)
    draft = accepted(DraftForm(values, offered=offered)).draft(clock.today())
    return PaperState.of(
        commands.save_draft(document_id, draft, version=sent.version, by=request.actor, now=clock.now())
    )


@router.get("/{uuid:document_id}/file", summary="Tệp PDF mới nhất, đúng từng byte như khi ký")
@guarded(permissions.SEE)
def document_file(request: ActorRequest, document_id: UUID) -> HttpResponse:
    return pdf(access_document(document_id, by=request.actor, to=permissions.SEE).file_id)


@router.get("/{uuid:document_id}/verdict", response=signing.VerdictGiven, summary="Kết quả kiểm tra chữ ký")
@guarded(permissions.SEE)
def document_verdict(request: ActorRequest, document_id: UUID) -> signing.VerdictGiven:
    document = access_document(document_id, by=request.actor, to=permissions.SEE)
    # Number and date are filled in after the leader's signature; the whole is judged again with the seal.
    file_id = document.sealed_pdf_id or document.signed_pdf_id
    return signing.VerdictGiven.of(file_id, signing.kept_verdict(file_id) if file_id else None)


@router.get("/{uuid:document_id}/history", response=list[HistoryGiven], summary="Ai đã làm gì với văn bản, mới trước")
@guarded(permissions.SEE)
def document_history(request: ActorRequest, document_id: UUID) -> list[HistoryGiven]:
    document = access_document(document_id, by=request.actor, to=permissions.SEE)
    return told(document.id)


def told(subject_id: UUID) -> list[HistoryGiven]:
    """Return the history of a paper that the asker may see."""
    entries = history.entries_about(subject_id)
    return [HistoryGiven(at=line.at, text=line.text) for line in history.told(entries, history.people_in(entries))]


@router.post("/{uuid:document_id}/submit", response=PaperState, summary="Trình xem xét, hoặc trình ký")
@guarded(permissions.SUBMIT)
def submit_document(request: ActorRequest, document_id: UUID, key: PressKey = None) -> PaperState:
    return PaperState.of(commands.submit_for_review(document_id, by=request.actor, now=clock.now(), key=key))


@router.post("/{uuid:document_id}/initial", response=PaperState, summary="Ký nháy")
@guarded(permissions.REVIEW)
def initial_document(request: ActorRequest, document_id: UUID, sent: CommentTaken, key: PressKey = None) -> PaperState:
    comment = said(InitialForm, sent.dict())["comment"]
    return PaperState.of(commands.initial(document_id, comment=comment, by=request.actor, now=clock.now(), key=key))


@router.post("/{uuid:document_id}/return", response=PaperState, summary="Trả lại người soạn, có lý do")
@guarded(permissions.RETURN)
def return_document(request: ActorRequest, document_id: UUID, sent: ReasonTaken, key: PressKey = None) -> PaperState:
    reason = said(ReasonForm, sent.dict())["reason"]
    paper = commands.return_to_author(document_id, reason=reason, by=request.actor, now=clock.now(), key=key)
    return PaperState.of(paper)


@router.post("/{uuid:document_id}/number", response=PaperState, summary="Cấp số tiếp theo của sổ và ngày hôm nay")
@guarded(permissions.NUMBER)
def number_document(request: ActorRequest, document_id: UUID, key: PressKey = None) -> PaperState:
    return PaperState.of(commands.number_document(document_id, by=request.actor, now=clock.now(), key=key))


@router.post("/{uuid:document_id}/issue", response=PaperState, summary="Phát hành đến mọi nơi nhận")
@guarded(permissions.ISSUE)
def issue_document(request: ActorRequest, document_id: UUID, key: PressKey = None) -> PaperState:
    return PaperState.of(commands.issue_document(document_id, by=request.actor, now=clock.now(), key=key))


@router.post("/{uuid:document_id}/withdraw", response=PaperState, summary="Rút văn bản chưa phát hành, có lý do")
@guarded(permissions.WITHDRAW)
def withdraw_document(request: ActorRequest, document_id: UUID, sent: ReasonTaken, key: PressKey = None) -> PaperState:
    reason = said(ReasonForm, sent.dict())["reason"]
    return PaperState.of(commands.withdraw(document_id, reason=reason, by=request.actor, now=clock.now(), key=key))


def _typed(sent: DraftTaken, *, version: int) -> dict[str, Any]:
    """Return a program's draft as the page's form would send it."""
    return {
        "secret": "no",
        "organ": str(sent.organ),
        "type_code": sent.type_code,
        "subject": sent.subject,
        "legal_bases": "\n".join(sent.legal_bases),
        "body_json": "" if sent.body is None else json.dumps(sent.body, ensure_ascii=False),
        "body_text": sent.body_text,
        "signatory": str(sent.signatory or ""),
        "reviewers": [str(one) for one in sent.reviewers],
        "to": [str(one) for one in sent.to],
        "informed": [str(one) for one in sent.informed],
        "persons": [str(one) for one in sent.persons],
        "on_paper": "\n".join(f"{to.name}; {to.address}; {to.copies}" for to in sent.on_paper),
        "reply_due_date": sent.reply_due_date,
        "urgency": str(sent.urgency),
        "version": str(version),
    }
