"""Papers sent to a person by name, and printed copies to send: pages and «Việc của tôi»."""

import pytest
from django.test import Client
from django.urls import reverse

from congso.kernel import clock
from congso.modules.documents import commands, work
from congso.modules.documents.models import Document, Recipient
from congso.modules.documents.tests.factories import (
    NOW,
    TODAY,
    DocumentFactory,
    drawn_and_signed,
    make_commune,
    make_district,
)
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.notify.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def present():
    with clock.at(NOW):
        yield


@pytest.fixture
def office():
    return make_district()


@pytest.fixture
def commune():
    return make_commune()


@pytest.fixture
def sent(office, commune):
    """An issued paper that names a leader of a commune, and goes to a school on paper."""
    document = DocumentFactory(
        author=office.author, organ=office.organ, sealed=True, sealed_pdf=drawn_and_signed(office).approved_pdf, pages=1
    )
    Recipient.objects.create(document=document, position=commune.chair, place=0)
    Recipient.objects.create(document=document, name="Trường Mẫu", address="Thôn Đông", copies=3, place=1)
    return commands.issue_document(document.id, by=office.actor("clerk"), now=NOW)


def browser(position):
    client = Client()
    sign_in(client, position)
    return client


def url(name, *args):
    return reverse(f"documents:{name}", args=args)


def kinds_of_work(office, role):
    return [item.kind for item in work.items(office.actor(role), TODAY)]


class TestByName:
    def test_the_person_is_told_and_reads_it_and_it_is_no_work_any_more(self, commune, sent):
        client = browser(commune.chair)

        assert Notice.objects.get(position=commune.chair).url == url("personal_detail", sent.id)
        assert kinds_of_work(commune, "chair") == ["read"]
        assert client.get(url("personal_page", sent.id, 1)).status_code == 200
        assert kinds_of_work(commune, "chair") == []

    def test_the_page_tells_nothing_of_how_the_paper_came_about(self, office, commune, sent):
        page = browser(commune.chair).get(url("personal_detail", sent.id)).text

        assert sent.subject in page
        assert office.author.person.full_name not in page

    def test_before_issue_it_is_not_there(self, office, commune):
        document = DocumentFactory(author=office.author, organ=office.organ, sealed=True)
        Recipient.objects.create(document=document, position=commune.chair, place=0)

        assert browser(commune.chair).get(url("personal_detail", document.id)).status_code == 404

    def test_a_colleague_of_the_person_does_not_get_it(self, commune, sent):
        client = browser(commune.clerk)

        assert client.get(url("personal_pdf", sent.id)).status_code == 404
        assert sent.subject not in client.get(url("personal")).text

    def test_once_recalled_its_content_is_closed(self, commune, sent):
        Document.objects.filter(id=sent.id).update(recalled_at=NOW)
        client = browser(commune.chair)

        assert "đã thu hồi văn bản này" in client.get(url("personal_detail", sent.id)).text
        assert client.get(url("personal_pdf", sent.id)).status_code == 404
        assert kinds_of_work(commune, "chair") == []


class TestDespatch:
    def test_the_clerk_sees_names_addresses_and_copies_and_notes_the_day(self, office, sent):
        client, to = browser(office.clerk), sent.recipients.get(copies=3)

        page = client.get(url("despatch")).text
        client.post(url("despatch"), {"chosen": [to.id], "sent_date": "29/11/2023"})

        assert "1 nơi chờ gửi, 3 bản" in page
        assert "Thôn Đông" in page
        assert Recipient.objects.get(id=to.id).sent_date == TODAY
        assert "send_on_paper" not in kinds_of_work(office, "clerk")

    def test_it_is_among_the_clerks_work(self, office, sent):
        assert "send_on_paper" in kinds_of_work(office, "clerk")

    def test_a_day_to_come_is_refused_beside_the_field(self, office, sent):
        to = sent.recipients.get(copies=3)

        answer = browser(office.clerk).post(url("despatch"), {"chosen": [to.id], "sent_date": "30/11/2023"})

        assert answer.status_code == 422
        assert "chưa tới" in answer.text

    @pytest.mark.parametrize("chosen", [[], ["không phải mã"]])
    def test_nothing_ticked_is_said(self, office, sent, chosen):
        answer = browser(office.clerk).post(url("despatch"), {"chosen": chosen, "sent_date": "29/11/2023"})

        assert answer.status_code == 422
        assert "Chọn ít nhất một nơi nhận" in answer.text
