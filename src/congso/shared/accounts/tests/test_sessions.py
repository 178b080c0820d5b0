from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from congso.shared.accounts.jobs import forget_expired
from congso.shared.accounts.models import LoginAttempt, LoginSession
from congso.shared.accounts.sessions import SessionStore
from congso.shared.accounts.tests.factories import AccountFactory, sign_in
from congso.shared.people.tests.factories import PositionFactory

pytestmark = pytest.mark.django_db


def test_a_new_key_keeps_the_account_and_leaves_one_row(client):
    account = sign_in(client, PositionFactory())
    session = client.session

    session.cycle_key()
    session.save()

    row = LoginSession.objects.get(account=account)
    assert row.session_key == session.session_key
    assert row.signed_in_at


def test_one_query_loads_session_account_and_person(client, django_assert_num_queries):
    account = sign_in(client, PositionFactory())
    store = SessionStore(client.session.session_key)

    with django_assert_num_queries(1):
        assert store["account"] == str(account.id)
        assert store.account
        assert store.account.person.full_name


def test_the_database_refuses_a_session_of_an_account_without_its_beginning():
    with pytest.raises(IntegrityError, match="session_of_an_account_says_since_when"), transaction.atomic():
        LoginSession.objects.create(session_key="k", expire_date=datetime.now(UTC), account=AccountFactory())


def test_what_expired_is_forgotten_and_twice_is_as_good_as_once(client):
    sign_in(client, PositionFactory())
    now = datetime.now(UTC)
    LoginSession.objects.create(session_key="old", expire_date=now - timedelta(days=1))
    LoginAttempt.objects.create(username="a", address="203.0.113.5", at=now - timedelta(days=31))
    LoginAttempt.objects.create(username="b", address="203.0.113.5", at=now - timedelta(days=29))

    for _ in range(2):
        forget_expired(timestamp=int(now.timestamp()))

    assert [row.session_key for row in LoginSession.objects.all()] == [client.session.session_key]
    assert [attempt.username for attempt in LoginAttempt.objects.all()] == ["b"]
