"""Organs: who may be written to."""

from typing import Annotated, Self
from uuid import UUID

from ninja import Query, Router

from congso.kernel import clock
from congso.kernel.errors import NotFound
from congso.kernel.web import ActorRequest
from congso.shared.api.schemas import LONGEST_LIST, Given, Search
from congso.shared.authz import signed_in
from congso.shared.organs import queries
from congso.shared.organs.queries import OrganLabel

router = Router(tags=["Cơ quan"])
Limit = Annotated[int, Query(ge=1, le=LONGEST_LIST)]


class OrganGiven(Given):
    """An organ by its present names; an ended one by its last."""

    id: UUID
    code: str
    name: str
    short_name: str
    notation: str
    place_name: str
    kind: str

    @classmethod
    def of(cls, label: OrganLabel) -> Self:
        return cls(
            id=label.id,
            code=label.code,
            name=label.name,
            short_name=label.short_name,
            notation=label.notation,
            place_name=label.place_name,
            kind=label.kind,
        )


class OrganWithHeirs(OrganGiven):
    """``answered_by``: who answers today for what it did: itself, or its successors."""

    answered_by: list[UUID]


@router.get("", response=list[OrganGiven], summary="Tìm cơ quan theo tên, có dấu hoặc không dấu")
@signed_in
def find_organs(
    request: ActorRequest,  # noqa: ARG001 - every officer may look up organs
    q: Search = "",
    limit: Limit = 20,
) -> list[OrganGiven]:
    return [OrganGiven.of(label) for label in queries.find(q, clock.today(), limit)]


@router.get("/{uuid:organ_id}", response=OrganWithHeirs, summary="Một cơ quan")
@signed_in
def get_organ(request: ActorRequest, organ_id: UUID) -> OrganWithHeirs:  # noqa: ARG001 - as above
    label = queries.labels([organ_id], clock.today()).get(organ_id)
    if label is None:
        raise NotFound
    heirs = queries.who_answers(organ_id, clock.today())
    return OrganWithHeirs(**OrganGiven.of(label).dict(), answered_by=list(heirs))
