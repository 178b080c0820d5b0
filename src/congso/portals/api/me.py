"""Who asks, and what waits for them."""

from datetime import date
from typing import Self
from uuid import UUID

from ninja import Router

from congso.kernel import clock
from congso.kernel.web import ActorRequest
from congso.shared.accounts.hats import Seat
from congso.shared.accounts.queries import Hat
from congso.shared.api.schemas import Given
from congso.shared.authz import signed_in
from congso.shared.ui.work import WORK, Waiting, WorkItem

router = Router(tags=["Người hỏi"])


class RoleGiven(Given):
    role: str
    organ: UUID


class HatGiven(Given):
    """A position that the account may act under today (tư cách làm việc)."""

    position: UUID
    title: str
    role: str
    organ: UUID
    organ_name: str

    @classmethod
    def of(cls, hat: Hat) -> Self:
        return cls(
            position=hat.position_id, title=hat.title, role=hat.role, organ=hat.organ_id, organ_name=hat.organ_name
        )


class MeGiven(Given):
    """Who acts here, under which hat, and the hats that the account has besides."""

    person: UUID | None
    full_name: str
    hat: HatGiven | None
    hats: list[HatGiven]
    roles: list[RoleGiven]
    serves: list[UUID]


class WorkGiven(Given):
    """One act that waits; ``page`` is where a person does it."""

    kind: str
    verb: str
    title: str
    meta: str
    due_date: date | None
    page: str

    @classmethod
    def of(cls, item: WorkItem) -> Self:
        return cls(
            kind=item.kind,
            verb=str(item.verb),
            title=item.title,
            meta=item.meta,
            due_date=item.due_day,
            page=item.url,
        )


class WaitingGiven(Given):
    """Something that was given to others."""

    title: str
    meta: str
    is_late: bool
    page: str

    @classmethod
    def of(cls, item: Waiting) -> Self:
        return cls(title=item.title, meta=item.meta, is_late=item.is_late, page=item.url)


class MyWork(Given):
    items: list[WorkGiven]
    waiting: list[WaitingGiven]


@router.get("/me", response=MeGiven, summary="Mình là ai, đang làm việc với tư cách nào")
@signed_in
def get_me(request: ActorRequest) -> MeGiven:
    seat: Seat = request.seat  # type: ignore[attr-defined]  # given by the accounts' middleware
    actor = request.actor
    return MeGiven(
        person=actor.person_id,
        full_name=seat.account.person.full_name if seat.account else "",
        hat=HatGiven.of(seat.hat) if seat.hat else None,
        hats=[HatGiven.of(hat) for hat in seat.hats],
        roles=[RoleGiven(role=role, organ=organ_id) for role, organ_id in sorted(actor.roles)],
        serves=sorted(actor.serves),
    )


@router.get("/work", response=MyWork, summary="Việc của tôi, gấp nhất trước, và việc đang chờ người khác")
@signed_in
def get_work(request: ActorRequest) -> MyWork:
    today = clock.today()
    return MyWork(
        items=[WorkGiven.of(item) for item in WORK.items(request.actor, today)],
        waiting=[WaitingGiven.of(item) for item in WORK.waiting(request.actor, today)],
    )
