"""Makers of accounts for tests, and a browser that is signed in."""

from datetime import UTC, datetime

import factory
from django.contrib.auth.hashers import make_password
from django.test import Client

from congso.shared.accounts import sessions
from congso.shared.accounts.models import Account, RightsDelegation
from congso.shared.areas.dated import period
from congso.shared.people.models import Position
from congso.shared.people.tests.factories import DAY, PersonFactory, PositionFactory

PASSWORD = "mưa phùn Nông Cống"


class AccountFactory(factory.django.DjangoModelFactory[Account]):
    person = factory.SubFactory(PersonFactory)
    username = factory.Sequence(lambda n: f"mau.{n}")
    password = factory.LazyFunction(lambda: make_password(PASSWORD))
    created_at = datetime(2023, 1, 2, 1, tzinfo=UTC)
    password_changed_at = datetime(2023, 1, 2, 1, tzinfo=UTC)

    class Meta:
        model = Account


class RightsDelegationFactory(factory.django.DjangoModelFactory[RightsDelegation]):
    from_position = factory.SubFactory(PositionFactory, clerk=True)
    to_position = factory.SubFactory(PositionFactory)
    reason = "Nghỉ phép"
    valid = period(DAY, DAY.replace(month=12, day=10))

    class Meta:
        model = RightsDelegation


def sign_in(client: Client, position: Position) -> Account:
    """Sign a test client in under a position, whose person gets an account if it has none."""
    account = Account.objects.filter(person=position.person).first()
    if account is None:
        account = AccountFactory.create(person=position.person)
    session = client.session
    sessions.begin(session, account, address="127.0.0.1", browser="Firefox Linux", at=datetime.now(UTC))
    session[sessions.HAT] = str(position.id)
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    return account
