"""Pages of recall, replacement and correction: who is offered what, what both sides see, closed content."""

import pytest
from django.test import Client
from django.urls import reverse

from congso.kernel import clock
from congso.kernel.ids import new_id
from congso.modules.documents import commands, work
from congso.modules.documents.models import Document, Incoming, Recipient
from congso.modules.documents.queries.whereabouts import whereabouts
from congso.modules.documents.tests.factories import (
    LATER,
    NOW,
    TODAY,
    DocumentFactory,
    IncomingFactory,
    drawn_and_signed,
    make_commune,
    make_district,
)
from congso.modules.documents.tests.worker import run_jobs
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.organs.tests.factories import OrganFactory

pytestmark = pytest.mark.django_db
ONLY_HERE = frozenset({"documents.judge_arrivals"})


@pytest.fixture(autouse=True)
def present():
    with clock.at(LATER):
        yield


@pytest.fixture
def office():
    return make_district()


@pytest.fixture
def commune():
    return make_commune()


@pytest.fixture
def sent(office, commune):
    """An issued paper that one commune registered."""
    file = drawn_and_signed(office).approved_pdf
    document = DocumentFactory(
        author=office.author, organ=office.organ, issued=True, signatory=office.chair, sealed_pdf=file, pages=1
    )
    Recipient.objects.create(document=document, organ=commune.organ, place=0)
    IncomingFactory(organ=commune.organ, document=document, registered=True, arrival_number=31, file=file, pages=1)
    return document


def browser(position):
    client = Client()
    sign_in(client, position)
    return client


def url(name, *args):
    return reverse(f"documents:{name}", args=args)


def recalled(sent, office):
    commands.order_recall(sent.id, reason="Sai số tiền", by=office.actor("chair"), now=NOW)
    commands.carry_out_recall(sent.id, by=office.actor("clerk"), now=NOW)
    run_jobs(except_for=ONLY_HERE)


class TestSender:
    @pytest.mark.parametrize(("role", "may_order"), [("chair", True), ("clerk", False), ("author", False)])
    def test_only_who_may_order_is_offered_it_and_all_may_write_the_next(self, office, sent, role, may_order):
        page = browser(getattr(office, role)).get(url("panel", sent.id, "thu-hoi")).text

        assert (url("order_recall", sent.id) in page) is may_order
        assert url("replace", sent.id) in page
        assert url("correct", sent.id) in page

    def test_who_had_read_it_is_shown_before_the_act(self, office, commune, sent):
        arrival = Incoming.objects.get()
        commands.mark_read(arrival.id, arrival.file_id, by=commune.actor("chair"), now=NOW)

        page = browser(office.chair).get(url("panel", sent.id, "thu-hoi")).text

        assert commune.chair.person.full_name in page

    def test_a_colleague_does_not_see_who_read_it(self, office, commune, sent):
        arrival = Incoming.objects.get()
        commands.mark_read(arrival.id, arrival.file_id, by=commune.actor("chair"), now=NOW)

        page = browser(office.reviewer).get(url("panel", sent.id, "thu-hoi")).text

        assert commune.chair.person.full_name not in page

    def test_from_the_order_to_the_recall(self, office, sent):
        browser(office.chair).post(url("order_recall", sent.id), {"reason": "Sai số tiền"})
        assert "recall" in [item.kind for item in work.items(office.actor("clerk"), TODAY)]
        clerk = browser(office.clerk)

        assert url("carry_out_recall", sent.id) in clerk.get(url("detail", sent.id)).text
        clerk.post(url("carry_out_recall", sent.id))

        page = clerk.get(url("detail", sent.id)).text
        assert "Đã thu hồi" in page
        assert url("carry_out_recall", sent.id) not in page

    @pytest.mark.parametrize("name", ["replace", "correct"])
    def test_the_next_paper_is_begun_and_opened(self, office, sent, name):
        said = {"reason": "Sai số tiền", "once": str(new_id())}

        answers = [browser(office.author).post(url(name, sent.id), said)["Location"] for _ in range(2)]

        draft = Document.objects.get(state="draft", amends_reason="Sai số tiền")
        assert answers == [url("edit", draft.id)] * 2
        assert browser(office.author).get(answers[0]).status_code == 200

    def test_its_page_costs_no_query_more(self, office, sent, django_assert_max_num_queries):
        recalled(sent, office)
        client = browser(office.clerk)
        client.get(url("detail", sent.id))

        with django_assert_max_num_queries(12):
            assert client.get(url("detail", sent.id)).status_code == 200


class TestReceiver:
    def test_the_line_says_by_whom_and_why_and_asks_for_the_destruction(self, office, commune, sent):
        recalled(sent, office)
        arrival = Incoming.objects.get()

        page = browser(commune.clerk).get(url("incoming_detail", arrival.id)).text

        assert "Sai số tiền" in page
        assert url("confirm_destroyed", arrival.id) in page
        assert "destroy" in [item.kind for item in work.items(commune.actor("clerk"), TODAY)]

    def test_once_destroyed_its_content_is_closed_and_the_line_stays(self, office, commune, sent):
        recalled(sent, office)
        arrival = Incoming.objects.get()
        client = browser(commune.clerk)
        assert client.get(url("incoming_pdf", arrival.id)).status_code == 200

        client.post(url("confirm_destroyed", arrival.id))

        assert client.get(url("incoming_pdf", arrival.id)).status_code == 410
        assert "Bản đã nhận đã hủy" in client.get(url("incoming_detail", arrival.id)).text
        assert "thu hồi 29/11/2023. Sai số tiền" in client.get(url("incoming_register")).text

    def test_old_and_new_link_to_each_other(self, office, commune, sent):
        new = DocumentFactory(
            author=office.author, organ=office.organ, issued=True, replaces=sent, amends_reason="Sai", subject="Mới"
        )
        fresh = IncomingFactory(organ=commune.organ, document=new, is_amendment=True)
        commands.order_recall(sent.id, reason="Sai", by=office.actor("chair"), now=NOW)
        sent.recall.replaced_by, sent.recall.kind = new, "replaced"
        sent.recall.save()
        commands.carry_out_recall(sent.id, by=office.actor("clerk"), now=NOW)
        run_jobs(except_for=ONLY_HERE)
        old = Incoming.objects.get(document=sent)
        client = browser(commune.clerk)

        assert url("incoming_detail", fresh.id) in client.get(url("incoming_panel", old.id, "thu-hoi")).text
        assert url("incoming_detail", old.id) in client.get(url("incoming_panel", fresh.id, "thu-hoi")).text

    def test_what_was_never_amended_has_no_such_panel(self, commune, sent):
        answer = browser(commune.clerk).get(url("incoming_panel", Incoming.objects.get().id, "thu-hoi"))

        assert answer.status_code == 404


class TestWhereItIs:
    def test_what_is_late_stands_first(self, office, sent):
        late = OrganFactory(place_name="Tế Lợi")
        IncomingFactory(organ=late, document=sent, arrived_at=NOW.replace(day=20))
        Recipient.objects.create(document=sent, organ=late, place=1)
        Recipient.objects.create(document=sent, organ=OrganFactory(place_name="Minh Nghĩa"), place=2)
        Recipient.objects.create(document=sent, name="Trường Mẫu", copies=2, place=3)
        Recipient.objects.create(document=sent, position=office.reviewer, place=4)

        groups = whereabouts(sent, today=TODAY)

        assert [(group.key, len(group.deliveries)) for group in groups] == [
            ("late", 1),
            ("waiting", 1),
            ("registered", 1),
            ("by_name", 1),
            ("on_paper", 1),
        ]

    def test_the_number_of_queries_does_not_grow(self, office, sent, django_assert_max_num_queries):
        for place in range(1, 6):
            organ = OrganFactory()
            Recipient.objects.create(document=sent, organ=organ, place=place)
            IncomingFactory(organ=organ, document=sent)

        with django_assert_max_num_queries(5):
            whereabouts(sent, today=TODAY)
