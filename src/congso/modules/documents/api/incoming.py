"""Incoming papers for programs."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from congso.kernel import clock
from congso.kernel.web import ActorRequest
from congso.modules.documents import commands, findable, permissions
from congso.modules.documents.api.asking import accepted, having, pdf, said
from congso.modules.documents.api.outgoing import told
from congso.modules.documents.api.schemas_incoming import (
    ArrivedGiven,
    ArrivedLine,
    DirectionTaken,
    IncomingSieve,
)
from congso.modules.documents.api.schemas_outgoing import HistoryGiven, ReasonTaken, named
from congso.modules.documents.filter_forms import IncomingFilter
from congso.modules.documents.forms import ReasonForm
from congso.modules.documents.incoming_forms import DirectionForm
from congso.modules.documents.queries import access_held, access_incoming, choices, filtering, lists
from congso.modules.documents.queries.incoming_page import incoming_page
from congso.modules.signing import public as signing
from congso.shared.api.schemas import Listed, Named, Place, PressKey
from congso.shared.authz import guarded, signed_in
from congso.shared.organs.queries import labels

router = Router(tags=["Văn bản đến"])


@router.get("", response=Listed[ArrivedLine], summary="Văn bản đến của cơ quan, hoặc được giao cho mình")
@signed_in
def list_incoming(request: ActorRequest, place: Query[Place], sieve: Query[IncomingSieve]) -> Listed[ArrivedLine]:
    asked = said(IncomingFilter, sieve.dict())
    papers = filtering.filtered_incoming(lists.incoming_papers(request.actor), asked, clock.today())
    papers = having(papers, asked["q"], findable.INCOMING, by=request.actor)
    found = place.of(papers.prefetch_related(None), lists.INCOMING_ORDER)
    return Listed[ArrivedLine].of([ArrivedLine.of(paper) for paper in found.rows], found)


@router.get("/{uuid:incoming_id}", response=ArrivedGiven, summary="Một văn bản đến")
@guarded(permissions.SEE_INCOMING)
def get_incoming(request: ActorRequest, incoming_id: UUID) -> ArrivedGiven:
    page = incoming_page(incoming_id, by=request.actor)
    organ_id = page.incoming.organ_id
    return ArrivedGiven.whole(page, labels([organ_id], on=clock.today()).get(organ_id))


@router.get("/{uuid:incoming_id}/file", summary="Tệp PDF, đúng từng byte như khi đến")
@guarded(permissions.SEE_INCOMING)
def incoming_file(request: ActorRequest, incoming_id: UUID) -> HttpResponse:
    return pdf(access_held(incoming_id, by=request.actor).file_id)


@router.get("/{uuid:incoming_id}/verdict", response=signing.VerdictGiven, summary="Kết quả kiểm tra chữ ký")
@guarded(permissions.SEE_INCOMING)
def incoming_verdict(request: ActorRequest, incoming_id: UUID) -> signing.VerdictGiven:
    paper = access_incoming(incoming_id, by=request.actor, to=permissions.SEE_INCOMING)
    return signing.VerdictGiven.of(paper.file_id, signing.kept_verdict(paper.file_id))


@router.get("/{uuid:incoming_id}/history", response=list[HistoryGiven], summary="Ai đã làm gì với văn bản, mới trước")
@guarded(permissions.SEE_INCOMING)
def incoming_history(request: ActorRequest, incoming_id: UUID) -> list[HistoryGiven]:
    return told(access_incoming(incoming_id, by=request.actor, to=permissions.SEE_INCOMING).id)


@router.get("/{uuid:incoming_id}/assignees", response=list[Named], summary="Người và đơn vị có thể giao xử lý")
@guarded(permissions.DIRECT)
def incoming_assignees(request: ActorRequest, incoming_id: UUID) -> list[Named]:
    paper = access_incoming(incoming_id, by=request.actor, to=permissions.DIRECT)
    return named(choices.assignees(paper.organ_id, clock.today()))


@router.post("/{uuid:incoming_id}/register", response=ArrivedLine, summary="Vào sổ: cấp số đến tiếp theo của năm")
@guarded(permissions.REGISTER)
def register_incoming(request: ActorRequest, incoming_id: UUID, key: PressKey = None) -> ArrivedLine:
    return ArrivedLine.of(commands.register_incoming(incoming_id, by=request.actor, now=clock.now(), key=key))


@router.post("/{uuid:incoming_id}/direct", response=ArrivedLine, summary="Giao xử lý (bút phê)")
@guarded(permissions.DIRECT)
def direct_incoming(
    request: ActorRequest, incoming_id: UUID, sent: DirectionTaken, key: PressKey = None
) -> ArrivedLine:
    paper = access_incoming(incoming_id, by=request.actor, to=permissions.DIRECT)
    form = accepted(DirectionForm(_typed(sent), offered=choices.assignees(paper.organ_id, clock.today())))
    order = form.order(clock.today(), only_to_know=sent.only_to_know)
    return ArrivedLine.of(commands.direct_incoming(incoming_id, order, by=request.actor, now=clock.now(), key=key))


@router.post("/{uuid:incoming_id}/return", response=ArrivedLine, summary="Trả lại nơi gửi khi chưa vào sổ, có lý do")
@guarded(permissions.RETURN_INCOMING)
def return_incoming(request: ActorRequest, incoming_id: UUID, sent: ReasonTaken, key: PressKey = None) -> ArrivedLine:
    reason = said(ReasonForm, sent.dict())["reason"]
    paper = commands.return_incoming(incoming_id, reason=reason, by=request.actor, now=clock.now(), key=key)
    return ArrivedLine.of(paper)


def _typed(sent: DirectionTaken) -> dict[str, Any]:
    """Return a program's order as the page's form would send it."""
    return {
        "lead": str(sent.lead or ""),
        "support": [str(one) for one in sent.support],
        "informed": [str(one) for one in sent.informed],
        "beside": sent.beside,
        "text": sent.text,
        "due_date": sent.due_date,
    }
