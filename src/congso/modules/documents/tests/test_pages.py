"""Pages: each role sees its papers and its next act; strangers learn nothing; nothing typed is lost."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from congso.kernel import clock
from congso.kernel.ids import new_id
from congso.modules.documents import commands
from congso.modules.documents.commands import DirectionInput
from congso.modules.documents.kinds import DocumentState, IncomingState
from congso.modules.documents.models import Document, Incoming, ReadMark
from congso.modules.documents.tests.factories import (
    NOW,
    TODAY,
    DocumentFactory,
    IncomingFactory,
    draft_input,
    drawn_and_signed,
    make_commune,
    make_district,
)
from congso.modules.documents.tests.test_story import scan
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.areas.dated import period
from congso.shared.files.models import StoredFile
from congso.shared.journal.models import JournalLine
from congso.shared.organs.tests.factories import OrganFactory

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


def browser(position):
    client = Client()
    sign_in(client, position)
    return client


def typed(office, *to, **more):
    """What a browser sends of a complete draft."""
    values = {
        "secret": "no",
        "organ": str(office.organ.id),
        "type_code": "KH",
        "subject": "Kế hoạch chuyển đổi số",
        "body_text": "Đoạn một.\nĐoạn hai.",
        "legal_bases": "Căn cứ Luật Tổ chức chính quyền địa phương",
        "signatory": str(office.chair.id),
        "reviewers": [str(office.reviewer.id)],
        "to": [str(organ.id) for organ in to],
        "urgency": "0",
        "version": "0",
        "as_position": str(office.author.id),
        "key": str(new_id()),
    }
    return values | more


def url(name, *args):
    return reverse(f"documents:{name}", args=args)


class TestCompose:
    def test_a_form_becomes_a_draft_and_goes_to_its_reviewer(self, office):
        document_id, recipient = new_id(), OrganFactory()
        sent = typed(office, recipient, act="submit")

        response = browser(office.author).post(url("edit", document_id), sent)

        assert response["Location"] == url("detail", document_id)
        document = Document.objects.get(id=document_id)
        assert document.state == DocumentState.IN_REVIEW
        assert document.recipients.get().organ_id == recipient.id

    def test_the_form_sent_twice_makes_one_draft_and_lands_on_it(self, office):
        document_id, client = new_id(), browser(office.author)
        sent = typed(office, OrganFactory(), act="submit")

        answers = [client.post(url("edit", document_id), sent) for _ in range(2)]

        assert {answer["Location"] for answer in answers} == {url("detail", document_id)}
        assert Document.objects.count() == 1

    def test_all_below_is_one_box(self, office):
        sent = typed(office, OrganFactory(), act="save", to=["all-below"])

        response = browser(office.author).post(url("edit", new_id()), sent)

        assert response.status_code == 422  # this organ has none below: the box was not offered

    def test_may_be_secret_stops_and_keeps_nothing(self, office):
        document_id = new_id()

        response = browser(office.author).post(url("edit", document_id), typed(office, secret="yes"))

        assert response["Location"] == url("secret")
        assert not Document.objects.exists()

    def test_what_is_missing_is_said_and_what_was_typed_stays(self, office):
        document_id = new_id()
        sent = typed(office, act="submit", signatory="")

        response = browser(office.author).post(url("edit", document_id), sent)

        page = response.content.decode()
        assert response.status_code == 422
        assert "còn thiếu người ký, nơi nhận" in page
        assert "Đoạn một." in page
        assert Document.objects.get(id=document_id).state == DocumentState.DRAFT

    @pytest.mark.parametrize("name", ["edit", "autosave"])
    @pytest.mark.parametrize("secret", ["no", "yes"])
    def test_the_form_of_anothers_draft_is_not_there(self, office, commune, name, secret):
        document = DocumentFactory(author=office.author, organ=office.organ)

        answer = browser(commune.author).post(
            reverse(f"documents:{name}", args=[document.id]), typed(commune, secret=secret)
        )

        assert answer.status_code == 404

    def test_what_is_no_draft_any_more_opens_as_the_paper_that_it_is(self, office):
        document = DocumentFactory(author=office.author, organ=office.organ, approved=True)

        answer = browser(office.author).get(reverse("documents:edit", args=[document.id]))

        assert answer.url == reverse("documents:detail", args=[document.id])

    def test_saving_by_itself_answers_the_new_version(self, office):
        document_id, client = new_id(), browser(office.author)

        first = client.post(url("autosave", document_id), typed(office))
        second = client.post(url("autosave", document_id), typed(office, version="1", subject="Kế hoạch khác"))

        assert first.json() == {"at": "9:00:00", "fields": {"version": 1}}
        assert second.json()["fields"] == {"version": 2}
        assert Document.objects.get(id=document_id).subject == "Kế hoạch khác"

    def test_the_second_tab_is_told_and_keeps_its_text_on_the_screen(self, office):
        document_id, client = new_id(), browser(office.author)
        client.post(url("autosave", document_id), typed(office))
        client.post(url("autosave", document_id), typed(office, version="1", subject="Của thẻ thứ nhất"))

        response = client.post(url("edit", document_id), typed(office, version="1", subject="Của thẻ thứ hai"))

        page = response.content.decode()
        assert "vừa được lưu ở một cửa sổ khác" in page
        assert "Của thẻ thứ hai" in page
        assert Document.objects.get(id=document_id).subject == "Của thẻ thứ nhất"

    def test_a_position_that_ends_in_mid_form_loses_no_text(self, office):
        client, document_id = browser(office.author), new_id()
        office.author.valid = period(TODAY.replace(year=2021), TODAY)
        office.author.save()

        response = client.post(url("edit", document_id), typed(office, OrganFactory(), act="submit"))

        assert "đã lưu ở Dự thảo" in response.content.decode()
        assert Document.objects.get(id=document_id).subject == "Kế hoạch chuyển đổi số"

    def test_who_states_that_it_is_no_stamp_keeps_the_draft(self, office):
        document_id, client = new_id(), browser(office.author)
        words = "MẬT\nong rừng U Minh"

        refused = client.post(url("edit", document_id), typed(office, body_text=words))
        kept = client.post(url("edit", document_id), typed(office, body_text=words, stamps_denied="1"))

        assert refused.status_code == 422
        assert 'name="stamps_denied" value="1"' in refused.text
        assert kept.status_code == 302
        assert Document.objects.get(id=document_id).stamps_denied == 1

    def test_a_secret_stamp_in_the_text_is_refused_for_legal_reasons(self, office):
        response = browser(office.author).post(
            url("autosave", new_id()), typed(office, body_text="TUYỆT MẬT\nNội dung"), headers={"HX-Request": "true"}
        )

        assert response.status_code == 451
        assert not Document.objects.exists()

    def test_the_preview_shows_the_printed_page(self, office):
        client, document_id = browser(office.author), new_id()
        client.post(url("autosave", document_id), typed(office))

        assert url("preview_page", document_id, 1) in client.get(url("preview", document_id)).content.decode()
        assert client.get(url("preview_page", document_id, 1))["Content-Type"] == "image/webp"

    def test_a_reply_comes_with_subject_and_recipient(self, commune):
        sender = OrganFactory(place_name="Nông Cống", place_name__short_name="UBND huyện Nông Cống")
        incoming = IncomingFactory(organ=commune.organ, registered=True, sender=sender, number_text="15/KH-UBND")
        order = DirectionInput(lead=commune.author.id)
        commands.direct_incoming(incoming.id, order, by=commune.actor("chair"), now=NOW)

        page = browser(commune.author).get(url("compose"), {"tra-loi": str(incoming.id)}).content.decode()

        assert "Kết quả thực hiện Kế hoạch số 15/KH-UBND" in page
        assert f'value="{sender.id}"' in page
        assert str(incoming.id) in page


class TestDocument:
    def test_the_clerk_numbers_by_one_button(self, office):
        document, client = drawn_and_signed(office), browser(office.clerk)
        assert "Cấp số" in client.get(url("detail", document.id)).content.decode()

        response = client.post(url("number", document.id), {"key": str(new_id())}, follow=True)

        assert "Đã cấp số 01/KH-UBND" in response.content.decode()

    def test_a_reviewer_returns_it_with_a_reason(self, office):
        by = office.actor("author")
        document = commands.create_draft(new_id(), draft_input(office, OrganFactory()), by=by, now=NOW)
        commands.submit_for_review(document.id, by=by, now=NOW)
        client = browser(office.reviewer)

        refused = client.post(url("return", document.id), {"reason": ""})
        client.post(url("return", document.id), {"reason": "Bổ sung kinh phí"})

        assert refused.status_code == 422
        assert "Bổ sung kinh phí" in browser(office.author).get(url("edit", document.id)).content.decode()

    def test_a_signatory_who_returns_it_lands_on_the_desk(self, office):
        document = DocumentFactory(author=office.author, organ=office.organ, signatory=office.chair, approved=True)

        answer = browser(office.chair).post(
            reverse("documents:return", args=[document.id]), {"reason": "Nêu rõ kinh phí"}, follow=True
        )

        assert answer.redirect_chain == [(reverse("desk:home"), 302)]
        assert "Đã trả lại người soạn" in answer.content.decode()

    def test_a_return_sent_twice_lands_on_the_same(self, office):
        document = DocumentFactory(author=office.author, organ=office.organ, signatory=office.chair, approved=True)
        client, form = browser(office.chair), {"reason": "Nêu rõ kinh phí", "key": str(new_id())}

        sent = [client.post(reverse("documents:return", args=[document.id]), form).url for _ in range(2)]

        assert sent == [reverse("desk:home")] * 2
        assert Document.objects.get().review_round == 2

    def test_opening_the_first_page_is_noted_once(self, office):
        document, client = drawn_and_signed(office), browser(office.clerk)

        pictures = [client.get(url("page", document.id, 1)) for _ in range(2)]

        assert [picture["Content-Type"] for picture in pictures] == ["image/webp"] * 2
        assert ReadMark.objects.get().position_id == office.clerk.id

    def test_the_words_and_the_file_can_be_had(self, office):
        document, client = drawn_and_signed(office), browser(office.clerk)

        assert "Kế hoạch tuyên truyền" in client.get(url("text", document.id)).content.decode()
        assert client.get(url("pdf", document.id)).content.startswith(b"%PDF")

    @pytest.mark.parametrize("name", ["detail", "edit", "pdf", "text", "preview", "autosave"])
    @pytest.mark.parametrize("role", ["author", "chair", "clerk"])
    def test_strangers_get_404(self, office, commune, name, role):
        document = DocumentFactory(author=office.author, organ=office.organ, issued=True)
        client = browser(getattr(commune, role))

        send = client.post if name == "autosave" else client.get
        given = typed(commune, version="1") if name == "autosave" else {}

        assert send(url(name, document.id), given).status_code == 404

    @pytest.mark.parametrize("name", ["submit", "initial", "return", "take_back", "number", "issue", "withdraw"])
    def test_acts_of_strangers_get_404(self, office, commune, name):
        document = DocumentFactory(author=office.author, organ=office.organ, issued=True)

        response = browser(commune.clerk).post(url(name, document.id), {"reason": "Thử"})

        assert response.status_code == 404


class TestIncoming:
    def test_the_arrival_stamp_is_drawn_over_the_page_and_not_into_the_file(self, commune):
        incoming = IncomingFactory(organ=commune.organ, registered=True, arrival_number=231)
        before = StoredFile.objects.count()

        page = browser(commune.clerk).get(url("incoming_detail", incoming.id)).content.decode()

        assert '<p class="cs-den__word">ĐẾN</p>' in page
        assert "<dd>231</dd>" in page
        assert StoredFile.objects.count() == before

    def test_the_clerk_registers_and_the_chairman_directs(self, commune):
        incoming = IncomingFactory(organ=commune.organ)
        browser(commune.clerk).post(url("register", incoming.id), {"key": str(new_id())})
        order = {
            "lead": str(commune.author.id),
            "support": [str(commune.reviewer.id)],
            "due_date": "8/12",
            "text": "Làm",
        }

        response = browser(commune.chair).post(url("direct", incoming.id), order)

        assert response["Location"] == url("incoming_detail", incoming.id)
        directed = Incoming.objects.get(id=incoming.id)
        assert (directed.state, f"{directed.due_date}") == (IncomingState.DIRECTED, "2023-12-08")
        assert (
            "Soạn văn bản trả lời" in browser(commune.author).get(url("incoming_detail", incoming.id)).content.decode()
        )

    def test_a_wrong_day_is_said_at_its_field_and_the_order_stays(self, commune):
        incoming = IncomingFactory(organ=commune.organ, registered=True)
        order = {"lead": str(commune.author.id), "due_date": "31/11", "text": "Tham mưu báo cáo"}

        response = browser(commune.chair).post(url("direct", incoming.id), order)

        page = response.content.decode()
        assert response.status_code == 422
        assert "Không có ngày này trong lịch" in page
        assert "Tham mưu báo cáo" in page

    @pytest.mark.parametrize("name", ["incoming_detail", "incoming_pdf", "incoming_text"])
    def test_strangers_get_404(self, office, commune, name):
        incoming = IncomingFactory(organ=commune.organ, registered=True)

        assert browser(office.clerk).get(url(name, incoming.id)).status_code == 404

    @pytest.mark.parametrize("name", ["register", "return_incoming", "direct", "take_on", "finish_part"])
    def test_acts_of_strangers_get_404(self, office, commune, name):
        incoming = IncomingFactory(organ=commune.organ)

        assert browser(office.clerk).post(url(name, incoming.id), {"reason": "Thử"}).status_code == 404


class TestLists:
    @pytest.mark.parametrize("role", ["author", "reviewer", "chair", "clerk"])
    @pytest.mark.parametrize("name", ["incoming", "outgoing", "drafts", "to_sign", "compose", "secret"])
    def test_everybody_of_the_office_can_open_them(self, office, role, name):
        DocumentFactory(author=office.author, organ=office.organ, issued=True)
        DocumentFactory(author=office.author, organ=office.organ, signed=True)
        IncomingFactory(organ=office.organ)

        assert browser(getattr(office, role)).get(url(name)).status_code == 200

    def test_a_list_shows_only_what_is_of_the_organ(self, office, commune):
        DocumentFactory(author=office.author, organ=office.organ, issued=True, subject="Của huyện")
        DocumentFactory(author=commune.author, organ=commune.organ, issued=True, subject="Của xã")

        page = browser(office.author).get(url("outgoing")).content.decode()

        assert "Của huyện" in page
        assert "Của xã" not in page

    def test_a_specialist_sees_only_the_incoming_papers_that_were_assigned(self, commune):
        IncomingFactory(organ=commune.organ, registered=True, subject="Không giao")
        given = IncomingFactory(organ=commune.organ, registered=True, subject="Được giao")
        order = DirectionInput(lead=commune.author.id)
        commands.direct_incoming(given.id, order, by=commune.actor("chair"), now=NOW)

        page = browser(commune.author).get(url("incoming")).content.decode()

        assert "Được giao" in page
        assert "Không giao" not in page

    @pytest.mark.parametrize("query", ["state=new", "state=late", "state=done", "type=KH", "q=ke+hoach"])
    def test_filters_live_in_the_address(self, commune, query):
        IncomingFactory(organ=commune.organ)

        assert browser(commune.clerk).get(f"{url('incoming')}?{query}").status_code == 200

    @pytest.mark.parametrize("name", ["incoming_register", "outgoing_register"])
    def test_registers_are_for_clerks_and_leaders(self, commune, name):
        assert browser(commune.clerk).get(url(name)).status_code == 200
        assert browser(commune.chair).get(url(name)).status_code == 200
        assert browser(commune.author).get(url(name)).status_code == 403

    @pytest.mark.parametrize("year", ["20231", "2023" * 20, "-1", "xưa"])
    def test_a_register_of_no_year_is_this_years(self, commune, year):
        answer = browser(commune.clerk).get(reverse("documents:outgoing_register"), {"nam": year})

        assert answer.context["year"] == TODAY.year

    def test_a_cancelled_number_stays_in_the_register(self, office):
        by = office.actor("clerk")
        document = commands.number_document(drawn_and_signed(office).id, by=by, now=NOW)
        commands.cancel_number(document.id, reason="Sai loại văn bản", by=by, now=NOW)

        assert "Sai loại văn bản" in browser(office.clerk).get(url("outgoing_register")).content.decode()


class TestCost:
    LIMIT = 12

    @pytest.mark.parametrize("role", ["author", "chair", "clerk"])
    @pytest.mark.parametrize("name", ["incoming", "outgoing", "drafts"])
    def test_a_list_costs_at_most_twelve_queries(self, office, role, name, django_assert_max_num_queries):
        for _ in range(5):
            DocumentFactory(author=office.author, organ=office.organ, issued=True)
            IncomingFactory(organ=office.organ, registered=True)
        client = browser(getattr(office, role))

        with django_assert_max_num_queries(self.LIMIT):
            assert client.get(url(name)).status_code == 200

    @pytest.mark.parametrize("role", ["author", "chair", "clerk"])
    def test_the_page_of_a_paper_costs_at_most_twelve_queries(self, office, role, django_assert_max_num_queries):
        document = DocumentFactory(author=office.author, organ=office.organ, issued=True)
        client = browser(getattr(office, role))

        with django_assert_max_num_queries(self.LIMIT):
            assert client.get(url("detail", document.id)).status_code == 200

    def test_the_page_of_an_incoming_paper_costs_at_most_twelve_queries(self, commune, django_assert_max_num_queries):
        incoming = IncomingFactory(organ=commune.organ, registered=True)
        client = browser(commune.clerk)

        with django_assert_max_num_queries(self.LIMIT):
            assert client.get(url("incoming_detail", incoming.id)).status_code == 200


def test_the_desk_lists_what_waits_for_each_role(office, commune):
    drawn_and_signed(office)
    IncomingFactory(organ=commune.organ)
    home = reverse("desk:home")

    assert "Cấp số" in browser(office.clerk).get(home).content.decode()
    assert "Vào sổ" in browser(commune.clerk).get(home).content.decode()


class TestDesk:
    def test_a_leader_sees_the_work_that_was_given_and_is_late(self, commune):
        incoming = IncomingFactory(organ=commune.organ, registered=True, subject="Kế hoạch quá hạn")
        order = DirectionInput(lead=commune.author.id, due_date=TODAY)
        commands.direct_incoming(incoming.id, order, by=commune.actor("chair"), now=NOW)

        with clock.at(NOW + timedelta(days=2)):
            page = browser(commune.chair).get(reverse("desk:home")).content.decode()

        assert "Kế hoạch quá hạn" in page
        assert "hạn 29/11/2023" in page

    def test_an_author_sees_who_holds_the_paper(self, office):
        by = office.actor("author")
        document = commands.create_draft(new_id(), draft_input(office, OrganFactory()), by=by, now=NOW)
        commands.submit_for_review(document.id, by=by, now=NOW)

        assert "Đang xem xét" in browser(office.author).get(reverse("desk:home")).content.decode()

    @pytest.mark.parametrize("role", ["author", "reviewer", "chair", "clerk"])
    def test_the_desk_costs_at_most_twelve_queries(self, office, role, django_assert_max_num_queries):
        client = browser(getattr(office, role))

        with django_assert_max_num_queries(TestCost.LIMIT):
            assert client.get(reverse("desk:home")).status_code == 200


def test_only_to_know_needs_nobody(commune):
    incoming = IncomingFactory(organ=commune.organ, registered=True)

    browser(commune.chair).post(url("direct", incoming.id), {"act": "inform"})

    assert Incoming.objects.get(id=incoming.id).state == IncomingState.CLOSED


def test_nobody_to_lead_is_said_at_the_field(commune):
    incoming = IncomingFactory(organ=commune.organ, registered=True)

    response = browser(commune.chair).post(url("direct", incoming.id), {"text": "Xem giúp"})

    assert response.status_code == 422
    assert "chọn người hoặc đơn vị chủ trì" in response.content.decode()
    assert "Xem giúp" in response.content.decode()


def test_the_picture_of_a_page_is_kept_only_under_the_name_of_its_file(office):
    document, client = drawn_and_signed(office), browser(office.clerk)

    named = client.get(url("page", document.id, 1), {"tep": document.signed_pdf_id[:16]})
    unnamed = client.get(url("page", document.id, 1))

    assert "immutable" in named["Cache-Control"]
    assert unnamed["Cache-Control"] == "no-store"


class TestScan:
    def test_the_clerk_issues_a_scan(self, office):
        recipient = make_commune("Tế Lợi").organ
        form = {
            "type_code": "KH",
            "subject": "Kế hoạch ký giấy",
            "signatory": str(office.chair.id),
            "reason": "Mất mạng cả ngày",
            "to": [str(recipient.id)],
            "scan": SimpleUploadedFile("ban-quet.pdf", scan(), "application/pdf"),
        }

        response = browser(office.clerk).post(url("issue_scan", new_id()), form, follow=True)

        assert "Đã phát hành bản quét 01/KH-UBND" in response.content.decode()
        assert "Mất mạng cả ngày" in response.content.decode()
        line = JournalLine.objects.get(act="documents.issued_on_paper")
        assert line.facts == {"number": 1, "file": Document.objects.get(id=line.subject_id).paper_scan_id}

    @pytest.mark.parametrize("whose", ["own", "other"])
    def test_under_the_id_of_another_paper_nothing_is_issued(self, office, commune, whose):
        writer = office if whose == "own" else commune
        draft = DocumentFactory(author=writer.author, organ=writer.organ)
        form = {
            "type_code": "KH",
            "subject": "Kế hoạch ký giấy",
            "signatory": str(office.chair.id),
            "reason": "Mất mạng cả ngày",
            "to": [str(make_commune("Tế Lợi").organ.id)],
            "scan": SimpleUploadedFile("ban-quet.pdf", scan(), "application/pdf"),
        }

        response = browser(office.clerk).post(url("issue_scan", draft.id), form)

        assert response.status_code == 404
        assert Document.objects.get().state == DocumentState.DRAFT

    def test_a_scan_that_is_stated_not_to_be_secret_goes_out(self, office):
        client, document_id, pdf = browser(office.clerk), new_id(), scan("MẬT \\\n ong rừng")
        form = {
            "type_code": "KH",
            "subject": "Kế hoạch nuôi ong",
            "signatory": str(office.chair.id),
            "reason": "Mất mạng",
            "to": [str(OrganFactory().id)],
        }

        refused = client.post(url("issue_scan", document_id), {**form, "scan": SimpleUploadedFile("a.pdf", pdf)})
        ticket = refused.context["form"].data["secret_ticket"]
        stated = {**form, "secret_ticket": ticket, "not_secret": "on", "scan": SimpleUploadedFile("a.pdf", pdf)}
        answer = client.post(url("issue_scan", document_id), stated)

        assert 'name="not_secret"' in refused.text
        assert answer["Location"] == url("detail", document_id)
        assert JournalLine.objects.filter(act="documents.stated_not_secret", subject_id=document_id).count() == 1

    def test_what_is_missing_is_said(self, office):
        response = browser(office.clerk).post(url("issue_scan", new_id()), {"subject": "Kế hoạch"})

        assert response.status_code == 422
        assert not Document.objects.exists()

    def test_only_clerks_get_the_form(self, office):
        assert browser(office.clerk).get(url("scan"), follow=True).status_code == 200
        assert browser(office.chair).get(url("scan")).status_code == 403
