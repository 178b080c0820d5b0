"""A paper that is here already is told, with the earlier one; the clerk may go on with a reason."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from congso.kernel import clock
from congso.modules.documents import commands
from congso.modules.documents.commands.registering import LooksRegistered
from congso.modules.documents.kinds import IncomingState
from congso.modules.documents.tests.factories import NOW, IncomingFactory, make_commune
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.organs.tests.factories import OrganFactory

pytestmark = pytest.mark.django_db
NUMBER = "15/KH-UBND"


@pytest.fixture(autouse=True)
def present():
    with clock.at(NOW):
        yield


@pytest.fixture
def commune():
    return make_commune()


@pytest.fixture
def earlier(commune):
    return IncomingFactory(organ=commune.organ, registered=True, arrival_number=77, number_text=NUMBER)


def again(commune, **more):
    return IncomingFactory(**{"organ": commune.organ, "number_text": NUMBER} | more)


def register(paper, commune, **more):
    return commands.register_incoming(paper.id, by=commune.actor("clerk"), now=NOW, **more)


def test_the_same_number_of_the_same_sender_is_told(commune, earlier):
    with pytest.raises(LooksRegistered, match="77") as refusal:
        register(again(commune), commune)

    assert refusal.value.facts["earlier_id"] == str(earlier.id)


def test_the_clerk_goes_on_with_a_reason_that_stays(commune, earlier):
    paper = register(again(commune), commune, duplicate_reason="Bản  chính thức thay bản quét")

    assert (paper.state, paper.duplicate_of_id) == (IncomingState.REGISTERED, earlier.id)
    assert paper.duplicate_reason == "Bản chính thức thay bản quét"


@pytest.mark.parametrize(
    "other",
    [
        {"number_text": "16/KH-UBND"},
        {"document_date": date(2022, 11, 29)},
        {"sender_text": "Ủy ban nhân dân huyện Khác"},
    ],
)
def test_another_number_year_or_sender_is_another_paper(commune, earlier, other):
    assert register(again(commune, **other), commune).duplicate_of_id is None


def test_senders_are_known_by_their_organ_before_their_name(commune):
    sender = OrganFactory()
    IncomingFactory(
        organ=commune.organ, registered=True, number_text=NUMBER, sender=sender, sender_text="UBND huyện Mẫu"
    )

    with pytest.raises(LooksRegistered):
        register(again(commune, sender=sender), commune)


def test_what_another_organ_has_is_nothing_to_this_one(commune):
    IncomingFactory(registered=True, number_text=NUMBER)

    assert register(again(commune), commune).duplicate_of_id is None


def test_the_page_shows_the_earlier_one_and_asks_for_the_reason(commune, earlier, django_assert_max_num_queries):
    client, paper = Client(), again(commune)
    sign_in(client, commune.clerk)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("documents:incoming_detail", args=[paper.id])).text
    refused = client.post(reverse("documents:register", args=[paper.id]))
    taken = client.post(reverse("documents:register", args=[paper.id]), {"duplicate_reason": "Bản chính"})

    assert reverse("documents:incoming_detail", args=[earlier.id]) in page
    assert "số đến 77" in page
    assert (refused.status_code, taken.status_code) == (409, 302)
    assert "ghi lý do" in refused.text
