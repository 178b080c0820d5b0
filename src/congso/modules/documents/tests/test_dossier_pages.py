"""The screens of work dossiers, by who opens them."""

import io
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from congso.kernel import clock
from congso.kernel.ids import new_id
from congso.modules.documents.dossiers.pages import item_rows
from congso.modules.documents.models import DossierEntry, DossierState, WorkDossier
from congso.modules.documents.tests.dossiers import close, make_dossier, put_file, put_paper
from congso.modules.documents.tests.factories import NOW, DocumentFactory, IncomingFactory, make_commune
from congso.modules.documents.tests.words import png
from congso.modules.documents.tests.worker import run_jobs
from congso.shared.accounts.tests.factories import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def present():
    with clock.at(NOW):
        yield


@pytest.fixture
def office():
    return make_commune()


@pytest.fixture
def desk():
    """Return a browser of a position."""

    def browser(position):
        client = Client()
        sign_in(client, position)
        return client

    return browser


def at(name, *args):
    return reverse(f"documents:{name}", args=args)


def test_from_the_catalogue_to_a_closed_dossier(office, desk):
    clerk, chair, author = desk(office.clerk), desk(office.chair), desk(office.author)
    fields = {"notation": "01.TCCB", "title": "Tuyển dụng", "retention": "05", "maker": str(office.author.id)}
    clerk.post(at("dossier_catalogue"), fields | {"once": new_id()})
    chair.post(at("approve_dossier_catalogue"), {"nam": "2023"})
    entry = DossierEntry.objects.get()
    assert "Tuyển dụng" in author.get(at("dossier_new")).text

    author.post(at("dossier_from_entry", entry.id), {"once": new_id()})
    dossier = WorkDossier.objects.get()
    author.post(at("add_dossier_files", dossier.id), {"key": new_id(), "chosen": upload()})
    page = author.get(at("dossier", dossier.id)).text
    assert "biên bản.png" in page
    author.post(at("close_dossier", dossier.id), {"start_date": "01/11/2023", "end_date": "29/11/2023"})

    dossier.refresh_from_db()
    assert (dossier.state, dossier.page_total) == (DossierState.CLOSED, 1)
    assert "Đã lập" in clerk.get(at("dossier_catalogue")).text


def upload():
    file = io.BytesIO(png())
    file.name = "biên bản.png"
    return file


def test_a_dossier_is_begun_for_a_paper_from_its_panel(office, desk):
    document = DocumentFactory(author=office.author, organ=office.organ, issued=True)
    client = desk(office.author)
    panel = client.get(at("panel", document.id, "ho-so"), headers={"HX-Request": "true"}).text
    assert f"van-ban=document:{document.id}" in panel

    outside = {"notation": "7.KH", "title": "Kế hoạch", "retention": "06", "reason": "Phát sinh"}
    client.post(at("dossier_new"), outside | {"once": new_id(), "van-ban": f"document:{document.id}"})

    assert WorkDossier.objects.get().items.get().document == document
    assert "7.KH" in client.get(at("panel", document.id, "ho-so")).text


def test_the_panel_puts_an_incoming_paper_into_an_open_dossier(office, desk):
    arrived = IncomingFactory(organ=office.organ, registered=True)
    dossier = make_dossier(office, by="clerk")

    desk(office.clerk).post(at("put_incoming_in_dossier", arrived.id), {"dossier": dossier.id})

    assert dossier.items.get().incoming == arrived


def test_many_papers_go_in_with_a_result_for_each(office, desk):
    dossier = make_dossier(office)
    papers = DocumentFactory.create_batch(3, author=office.author, organ=office.organ, issued=True)
    client = desk(office.author)
    assert papers[0].number_text in client.get(at("dossier_pick", dossier.id, "di")).text

    answer = client.post(
        at("dossier_pick", dossier.id, "di"), {"once": new_id(), "chosen": [paper.id for paper in papers]}
    )
    run_jobs(twice=True)

    assert dossier.items.count() == 3
    assert "Đã cho vào hồ sơ" in client.get(answer.url).text


def test_a_list_costs_the_same_for_many(office, desk, django_assert_max_num_queries):
    for number in range(12):
        make_dossier(office, notation=f"{number}.X")

    client = desk(office.author)
    with django_assert_max_num_queries(12):
        page = client.get(at("dossiers"))

    assert "11.X" in page.text


def test_a_dossier_costs_the_same_for_many_papers(office, desk, django_assert_max_num_queries):
    dossier = make_dossier(office)
    for _ in range(6):
        put_paper(dossier, office)

    client = desk(office.author)
    with django_assert_max_num_queries(18):
        assert client.get(at("dossier", dossier.id)).status_code == 200


def test_who_may_not_read_a_paper_sees_its_line_without_the_way_to_it(office, desk):
    dossier = make_dossier(office)
    draft = DocumentFactory(author=office.author, organ=office.organ, subject="Dự thảo riêng")
    desk(office.author).post(at("put_document_in_dossier", draft.id), {"dossier": dossier.id})

    page = desk(office.chair).get(at("dossier", dossier.id)).text

    assert "Dự thảo riêng" in page
    assert at("detail", draft.id) not in page


def test_files_are_given_to_who_sees_the_dossier(office, desk):
    dossier = make_dossier(office)
    item = put_file(dossier, office)

    assert desk(office.chair).get(at("dossier_file", dossier.id, item.id)).content == png()
    assert desk(make_commune("Trung Thành").chair).get(at("dossier_file", dossier.id, item.id)).status_code == 404


def test_a_file_has_the_day_of_hanoi(office):
    dossier, by = make_dossier(office), office.actor("author")
    item = put_file(dossier, office)
    item.added_at = datetime(2023, 11, 29, 18, 30, tzinfo=UTC)

    assert [row.day for row in item_rows([item], by=by)] == [date(2023, 11, 30)]


def test_refused_forms_say_why_and_keep_what_was_typed(office, desk):
    client = desk(office.author)
    typed = {"once": new_id(), "notation": "a b", "title": "Kế hoạch", "retention": "06", "reason": "Phát sinh"}
    answer = client.post(at("dossier_new"), typed)
    assert answer.status_code == 422
    assert "Chữ, số" in answer.text
    dossier = make_dossier(office)
    put_file(dossier, office)
    days = {"start_date": "30/11/2023", "end_date": "29/11/2023"}
    assert "Ngày kết thúc phải" in client.post(at("close_dossier", dossier.id), days).text
    close(dossier, office)
    longer = {"until": "01/01/2033", "reason": "x"}
    assert "chậm nhất" in client.post(at("keep_dossier_longer", dossier.id), longer).text


@pytest.mark.parametrize("key", ["dang-mo", "da-ket-thuc", "den-han", "co-quan", "luu-tru"])
def test_every_list_opens_for_the_clerk(office, desk, key):
    assert desk(office.clerk).get(at("dossiers", key)).status_code == 200
