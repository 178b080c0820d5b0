"""Panels are fetched on their own, by who may see the paper."""

import pytest
from django.test import Client
from django.urls import reverse

from congso.kernel import clock
from congso.modules.documents.models import Recipient
from congso.modules.documents.tests.factories import NOW, DocumentFactory, IncomingFactory, make_commune, make_district
from congso.shared.accounts.tests.factories import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def present():
    with clock.at(NOW):
        yield


@pytest.fixture
def issued():
    """A paper that was registered in one commune and has not arrived in another."""
    office, near, far = make_district(), make_commune(), make_commune("Trung Thành")
    document = DocumentFactory(author=office.author, organ=office.organ, issued=True)
    for place, commune in enumerate((near, far)):
        Recipient.objects.create(document=document, organ=commune.organ, place=place)
    IncomingFactory(organ=near.organ, document=document, registered=True, arrival_number=31)
    return office, document


def opened(position, document, key="noi-nhan", **headers):
    client = Client()
    sign_in(client, position)
    return client.get(reverse("documents:panel", args=[document.id, key]), headers=headers)


def test_htmx_gets_the_panel_alone(issued):
    office, document = issued

    page = opened(office.author, document, **{"HX-Request": "true"}).text

    assert "<html" not in page
    assert "Thăng Long" in page
    assert "số đến 31" in page
    assert "Trung Thành" in page


def test_without_scripts_it_is_a_page_with_the_way_back(issued):
    office, document = issued

    page = opened(office.author, document).text

    assert "<html" in page
    assert reverse("documents:detail", args=[document.id]) in page
    assert "Thăng Long" in page


def test_the_page_offers_it_without_fetching_it(issued, django_assert_max_num_queries):
    office, document = issued
    client = Client()
    sign_in(client, office.author)

    with django_assert_max_num_queries(11):
        page = client.get(reverse("documents:detail", args=[document.id])).text

    assert reverse("documents:panel", args=[document.id, "noi-nhan"]) in page
    assert "số đến 31" not in page


@pytest.mark.parametrize("key", ["khong-co", "noi-nhan"])
def test_what_the_paper_does_not_offer_is_not_there(key):
    office = make_district()
    draft = DocumentFactory(author=office.author, organ=office.organ)

    assert opened(office.author, draft, key).status_code == 404


def test_a_stranger_does_not_learn_where_it_went(issued):
    _office, document = issued

    assert opened(make_commune("Tế Lợi").author, document).status_code == 404
