"""The registers of a year for programs."""

from typing import Annotated

from ninja import Path, Query, Router

from congso.kernel.web import ActorRequest
from congso.modules.documents import permissions
from congso.modules.documents.api.schemas_incoming import CancelledGiven, IncomingRegisterLine, OutgoingRegisterLine
from congso.modules.documents.models import RegisterKind
from congso.modules.documents.queries.access import organ_of_registers
from congso.modules.documents.registers import books
from congso.modules.documents.registers.filters import RegisterFilter
from congso.shared.api.schemas import Listed, Place
from congso.shared.authz import guarded

router = Router(tags=["Sổ văn bản"])
Year = Annotated[int, Path(ge=2000, le=2999, description="Năm của sổ.")]
OUTGOING, INCOMING = books.BOOKS[RegisterKind.OUTGOING], books.BOOKS[RegisterKind.INCOMING]


@router.get("/outgoing/{int:year}", response=Listed[OutgoingRegisterLine], summary="Sổ văn bản đi của một năm")
@guarded(permissions.READ_REGISTER)
def outgoing_register(request: ActorRequest, place: Query[Place], year: Year) -> Listed[OutgoingRegisterLine]:
    found = place.of(OUTGOING.papers(organ_of_registers(request.actor), year, RegisterFilter()), OUTGOING.order)
    return Listed[OutgoingRegisterLine].of([OutgoingRegisterLine.of(paper) for paper in found.rows], found)


@router.get(
    "/outgoing/{int:year}/cancelled",
    response=list[CancelledGiven],
    summary="Số đã cấp rồi hủy trong năm: vẫn nằm trong sổ, có lý do",
)
@guarded(permissions.READ_REGISTER)
def cancelled_numbers(request: ActorRequest, year: Year) -> list[CancelledGiven]:
    return [CancelledGiven.of(taken) for taken in books.cancelled_numbers(organ_of_registers(request.actor), year)]


@router.get("/incoming/{int:year}", response=Listed[IncomingRegisterLine], summary="Sổ văn bản đến của một năm")
@guarded(permissions.READ_REGISTER)
def incoming_register(request: ActorRequest, place: Query[Place], year: Year) -> Listed[IncomingRegisterLine]:
    found = place.of(INCOMING.papers(organ_of_registers(request.actor), year, RegisterFilter()), INCOMING.order)
    return Listed[IncomingRegisterLine].of([IncomingRegisterLine.of(paper) for paper in found.rows], found)
