import json

import pytest
from django.test import Client
from django.urls import reverse

from congso.kernel import clock
from congso.modules.documents.tests.factories import NOW, make_commune
from congso.shared.accounts.tests.factories import sign_in


@pytest.fixture(autouse=True)
def present():
    with clock.at(NOW):
        yield


@pytest.fixture
def office():
    return make_commune()


class Program:
    """Somebody's session, asked as a program asks."""

    def __init__(self, position, **client):
        self.client = Client(**client)
        if position is not None:
            sign_in(self.client, position)

    def get(self, name, *args, **query):
        return self.client.get(reverse(f"api:{name}", args=args), query)

    def send(self, name, *args, method="POST", headers=None, **sent):
        address = reverse(f"api:{name}", args=args)
        return self.client.generic(method, address, json.dumps(sent), "application/json", headers=headers)


@pytest.fixture
def program():
    return Program
