"""Makers of people and positions for tests."""

from datetime import date

import factory

from congso.kernel.actor import Actor
from congso.kernel.vietnamese import name_sort_key
from congso.shared.areas.dated import period
from congso.shared.organs.models import OrganKind
from congso.shared.organs.queries import organs_served
from congso.shared.organs.tests.factories import OrganFactory
from congso.shared.people.models import Person, Position, Rank, Role, SigningDelegation

DAY = date(2023, 11, 29)


def actor_of(position: Position) -> Actor:
    """Return the actor that a position makes on ``DAY``, without an account."""
    return Actor(
        person_id=position.person_id,
        position_id=position.id,
        organ_id=position.organ_id,
        serves=organs_served(position.organ_id, DAY),
        roles=frozenset({(position.role, position.organ_id)}),
    )


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    full_name = factory.Sequence(lambda n: f"Nguyễn Văn Mẫu {n}")
    sort_key = factory.LazyAttribute(lambda person: name_sort_key(person.full_name))
    is_generated = True

    class Meta:
        model = Person


class PositionFactory(factory.django.DjangoModelFactory[Position]):
    """A specialist of a People's Committee; ``chair``, ``deputy``, ``clerk``, ``head`` and ``administrator`` differ."""

    person = factory.SubFactory(PersonFactory)
    organ = factory.SubFactory(OrganFactory, kind=OrganKind.PEOPLES_COMMITTEE)
    role = Role.SPECIALIST
    title = "Chuyên viên"
    rank = Rank.MEMBER
    valid = period(date(2021, 7, 1))

    class Meta:
        model = Position

    class Params:
        chair = factory.Trait(role=Role.LEADER, title="Chủ tịch", rank=Rank.HEAD)
        deputy = factory.Trait(role=Role.LEADER, title="Phó Chủ tịch", rank=Rank.DEPUTY)
        clerk = factory.Trait(role=Role.RECORDS_CLERK, title="Văn thư")
        head = factory.Trait(role=Role.HEAD, title="Chánh Văn phòng", rank=Rank.HEAD)
        administrator = factory.Trait(role=Role.ADMINISTRATOR, title="Quản trị hệ thống")


class SigningDelegationFactory(factory.django.DjangoModelFactory[SigningDelegation]):
    from_position = factory.SubFactory(PositionFactory, chair=True)
    to_position = factory.SubFactory(PositionFactory, head=True)
    type_codes = ["QĐ"]
    scope = "Quyết định khen thưởng theo công trạng"
    decision_number = "12/GUQ-UBND"
    decision_date = date(2023, 11, 1)
    valid = period(date(2023, 11, 1), date(2024, 1, 1))

    class Meta:
        model = SigningDelegation
