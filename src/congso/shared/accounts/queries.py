"""Who acts: the hats of a person on a day, and the actor that a hat makes."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, JSONObject

from congso.kernel.actor import Actor
from congso.kernel.errors import NotFound, NotPermitted
from congso.kernel.prepared import prepared
from congso.shared.accounts.models import Account, RightsDelegation
from congso.shared.areas.dated import in_force
from congso.shared.organs import queries as organs
from congso.shared.organs.models import OrganName
from congso.shared.people.models import Position, Rank, Role

_HIGHEST_FIRST = [Role.LEADER, Role.HEAD, Role.RECORDS_CLERK, Role.SPECIALIST, Role.ADMINISTRATOR]
_RANKS = [Rank.HEAD, Rank.DEPUTY, Rank.MEMBER]


@dataclass(frozen=True, slots=True)
class Hat:
    """A position that a person may act under today (tư cách làm việc), ready to be shown.

    :param borrowed: roles lent by other positions, as pairs of role and organ.
    """

    position_id: UUID
    organ_id: UUID
    person_id: UUID
    account_id: UUID | None
    title: str
    role: str
    rank: str
    organ_name: str
    borrowed: frozenset[tuple[str, UUID]] = frozenset()

    def actor(self, on: date) -> Actor:
        """Return the actor of this hat; one query."""
        return Actor(
            account_id=self.account_id,
            person_id=self.person_id,
            position_id=self.position_id,
            organ_id=self.organ_id,
            serves=organs.organs_served(self.organ_id, on),
            roles=frozenset({(self.role, self.organ_id)}) | self.borrowed,
        )


def locked(by: Actor) -> Account:
    """Return the actor's own account for a change, its row locked until the transaction ends.

    :raises NotPermitted: ``by`` has none.
    """
    account = Account.objects.select_for_update().filter(id=by.account_id).first() if by.account_id else None
    if account is None:
        raise NotPermitted
    return account


def hats_of(account: Account, *, on: date) -> tuple[Hat, ...]:
    """Return the hats of an account on that day, the highest first, in one query."""
    hats = [_hat(row) for row in _hats_of_person(person_id=account.person_id, on=on)]
    return tuple(
        sorted(
            hats, key=lambda hat: (_HIGHEST_FIRST.index(Role(hat.role)), _RANKS.index(Rank(hat.rank)), hat.organ_name)
        )
    )


def actor_for(position_id: UUID, *, on: date) -> Actor:
    """Return the actor under that position on that day, in two queries.

    :raises NotFound: no such position, or it does not hold on that day.
    """
    row = _hat_rows(Position.objects.filter(id=position_id), on).first()
    if row is None:
        raise NotFound
    return _hat(row).actor(on)


def accounts_in(organ_id: UUID, *, on: date) -> QuerySet[Account]:
    """Return the accounts of who holds a position in that organ on that day, in order of names."""
    staff = Position.objects.filter(in_force(on), organ=organ_id).values("person")
    return Account.objects.filter(person__in=staff).select_related("person").order_by("person__sort_key", "id")


def organs_of_person(person_id: UUID, *, on: date) -> frozenset[UUID]:
    """Return the organs in which a person holds a position on that day, and those that these serve."""
    own = Position.objects.filter(in_force(on), person=person_id).values_list("organ_id", flat=True).distinct()
    return frozenset().union(*(organs.organs_served(organ_id, on) for organ_id in own))


@prepared
def _hats_of_person(*, person_id: UUID, on: date) -> QuerySet[Any, Any]:
    return _hat_rows(Position.objects.filter(person=person_id), on)


def _hat_rows(positions: QuerySet[Position], on: date) -> QuerySet[Any, Any]:
    names = OrganName.objects.filter(in_force(on), organ=OuterRef("organ_id"))
    borrowed = RightsDelegation.objects.filter(
        in_force(on), in_force(on, "from_position__"), to_position=OuterRef("pk"), revoked_at=None
    )
    pair = JSONObject(role="from_position__role", organ=Cast("from_position__organ_id", CharField()))
    return (
        positions.filter(in_force(on))
        .annotate(
            organ_name=Coalesce(Subquery(names.values("short_name")[:1]), Value("")),
            borrowed=ArraySubquery(borrowed.values(pair=pair)),
        )
        .values("id", "organ_id", "person_id", "person__account__id", "title", "role", "rank", "organ_name", "borrowed")
    )


def _hat(row: dict[str, Any]) -> Hat:
    return Hat(
        position_id=row["id"],
        organ_id=row["organ_id"],
        person_id=row["person_id"],
        account_id=row["person__account__id"],
        title=row["title"],
        role=row["role"],
        rank=row["rank"],
        organ_name=row["organ_name"],
        borrowed=frozenset((pair["role"], UUID(pair["organ"])) for pair in row["borrowed"]),
    )
