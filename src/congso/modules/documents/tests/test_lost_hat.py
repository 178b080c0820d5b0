"""A position that ends while its holder writes: what was typed is kept, and nothing is done under another hat."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from congso.kernel import clock
from congso.kernel.ids import new_id
from congso.modules.documents.models import Document
from congso.modules.documents.tests.factories import NOW, make_district
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.areas.dated import period
from congso.shared.people.models import Position
from congso.shared.people.tests.factories import PositionFactory

pytestmark = pytest.mark.django_db
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def office(client):
    """An office whose author, signed in, has the last day today."""
    office = make_district()
    Position.objects.filter(id=office.author.id).update(valid=period(date(2021, 7, 1), date(2023, 11, 30)))
    with clock.at(NOW):
        sign_in(client, office.author)
        yield office


def typed(office, **more):
    return {
        "secret": "no",
        "organ": str(office.organ.id),
        "type_code": "KH",
        "subject": "Kế hoạch viết dở lúc hết nhiệm kỳ",
        "body_text": "Nội dung đang soạn.",
        "urgency": "0",
        "version": "0",
        "as_position": str(office.author.id),
        **more,
    }


@pytest.mark.parametrize("has_another", [False, True], ids=["no hat remains", "another hat remains"])
def test_the_form_is_kept_as_a_draft_of_the_lost_position(client, office, has_another):
    if has_another:
        PositionFactory(person=office.author.person, organ=office.drafting, clerk=True)
    document_id = new_id()

    with clock.at(TOMORROW):
        response = client.post(reverse("documents:edit", args=[document_id]), typed(office, act="close"))

    assert response.status_code == 302, response.content.decode()
    document = Document.objects.get(id=document_id)
    assert (document.subject, document.author_id) == ("Kế hoạch viết dở lúc hết nhiệm kỳ", office.author.id)


def test_the_page_goes_on_saving_by_itself(client, office):
    document_id = new_id()
    with clock.at(TOMORROW):
        response = client.post(reverse("documents:autosave", args=[document_id]), typed(office))
    assert response.status_code == 200, response.content.decode()
    assert Document.objects.filter(id=document_id).exists()


def test_the_next_page_says_which_role_is_over(client, office):
    with clock.at(TOMORROW):
        client.post(reverse("documents:edit", args=[new_id()]), typed(office, act="close"))
        response = client.get(reverse("documents:drafts"))
    assert "Vai trò Chuyên viên, Văn phòng hết hiệu lực từ ngày 30/11/2023." in response.content.decode()
