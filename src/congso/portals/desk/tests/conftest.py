import pytest
from django.test import Client

from congso.shared.accounts.tests.factories import sign_in
from congso.shared.people.tests.factories import PositionFactory


@pytest.fixture
def chairman(db):
    return PositionFactory(chair=True)


@pytest.fixture
def desk(client, chairman):
    """A browser in which the chairman signed in."""
    sign_in(client, chairman)
    return client


@pytest.fixture
def another_client():
    """Make more browsers."""
    return Client
