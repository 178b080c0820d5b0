"""The desk's own pages."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from congso.kernel import clock
from congso.kernel.ids import new_id
from congso.shared import search
from congso.shared.accounts.tests.factories import AccountFactory, sign_in
from congso.shared.people.tests.factories import PositionFactory
from congso.shared.search import kinds
from congso.shared.ui.demo import DEMO, DemoRole, DemoStep
from congso.shared.ui.errors import server_error
from congso.shared.ui.work import WORK, Lead, Waiting, WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(monkeypatch):
    monkeypatch.setattr(WORK, "providers", [])
    monkeypatch.setattr(WORK, "waiting_providers", [])
    monkeypatch.setattr(WORK, "lead_providers", [])
    return WORK


@pytest.fixture
def demo(monkeypatch, settings):
    settings.CONGSO_DEMO = True
    monkeypatch.setattr(DEMO, "roles_providers", [])
    monkeypatch.setattr(DEMO, "steps", {})
    return DEMO


def item(title, *, kind="sign", verb="Ký", due=None):
    return WorkItem(kind=kind, verb=verb, icon="x", title=title, url="/", button="Đọc để ký", due=due)


class TestFront:
    def test_a_visitor_is_shown_the_way_in(self, client):
        page = client.get(reverse("desk:front")).content.decode()

        assert reverse("accounts:login") in page
        assert "Đi thử một văn bản" not in page

    def test_who_has_signed_in_goes_to_their_work(self, desk):
        assert desk.get(reverse("desk:front")).url == reverse("desk:home")

    def test_the_demo_offers_its_roles_in_order(self, client, demo):
        roles = [
            DemoRole(position_id=PositionFactory().id, step=step, title=f"Vai {step}", who="Tên đặt ra")
            for step in (2, 1)
        ]
        demo.register_roles(lambda: roles)

        page = client.get(reverse("desk:front")).content.decode()

        assert 0 < page.index("Vai 1") < page.index("Vai 2")

    def test_one_click_steps_into_a_role(self, client, demo):
        position = PositionFactory(clerk=True)
        AccountFactory(person=position.person)
        demo.register_roles(lambda: [DemoRole(position_id=position.id, step=1, title="Vào sổ", who="")])

        client.post(reverse("accounts:demo_login"), {"position": str(position.id)})

        assert "Văn thư" in client.get(reverse("desk:home")).content.decode()


class TestHome:
    def test_a_visitor_is_sent_to_the_door(self, client):
        assert client.get(reverse("desk:home")).url.startswith(reverse("accounts:login"))

    def test_what_is_late_stands_first_and_is_counted(self, desk, work):
        today = clock.today()
        late = item("Báo cáo trễ", due=today - timedelta(days=1))
        work.register(lambda _actor, _today: [item("Quyết định hôm nay", due=today), late])

        page = desk.get(reverse("desk:home")).content.decode()

        assert "2 việc, 1 việc quá hạn" in page
        assert page.index("Quá hạn") < page.index("Báo cáo trễ") < page.index("Quyết định hôm nay")

    def test_a_tab_shows_one_kind(self, desk, work):
        work.register(lambda _actor, _today: [item("Cần ký"), item("Cần giao", kind="direct", verb="Chỉ đạo")])

        page = desk.get(reverse("desk:home"), {"loai": "direct"}).content.decode()

        assert "Cần giao" in page
        assert "Cần ký" not in page

    def test_nothing_to_do_teaches_what_comes_here(self, desk, work):
        assert "Không còn việc nào chờ ở đây" in desk.get(reverse("desk:home")).content.decode()

    def test_the_main_act_is_the_one_filled_button(self, desk, work):
        lead = Lead(count=5, title="văn bản chờ ký", url="/ky/", button="Xem trước khi ký", icon="x")
        work.register_lead(lambda _actor, _today: lead)

        page = desk.get(reverse("desk:home")).content.decode()

        assert page.count("btn-primary") == 1
        assert "Xem trước khi ký" in page

    def test_what_others_owe_stands_aside(self, desk, work):
        waiting = Waiting(title="Góp ý quy chế", url="/", meta="Công an xã · quá 1 ngày", is_late=True)
        work.register_waiting(lambda _actor, _today: [waiting])

        assert "Công an xã · quá 1 ngày" in desk.get(reverse("desk:home")).content.decode()

    def test_the_side_bar_says_under_which_hat(self, desk, work):
        page = desk.get(reverse("desk:home")).content.decode()

        assert "Làm việc với tư cách<b>Chủ tịch</b>UBND xã Mẫu" in page

    def test_the_frame_costs_few_queries(self, desk, work, django_assert_max_num_queries):
        with django_assert_max_num_queries(6):
            assert desk.get(reverse("desk:home")).status_code == 200


class TestPrefer:
    def test_the_choice_is_kept_in_the_browser(self, client):
        client.post(reverse("desk:prefer"), {"name": "size", "value": "large"})

        assert 'data-size="large"' in client.get(reverse("desk:front")).content.decode()

    def test_one_comes_back_to_the_same_page(self, client):
        came_from = "http://testserver/dung-duoc-cho-moi-nguoi/?a=1"

        answer = client.post(reverse("desk:prefer"), {"name": "theme", "value": "dark"}, headers={"referer": came_from})

        assert answer.url == "/dung-duoc-cho-moi-nguoi/?a=1"

    def test_another_site_is_not_gone_back_to(self, client):
        answer = client.post(
            reverse("desk:prefer"), {"name": "theme", "value": "dark"}, headers={"referer": "http://evil.example/x"}
        )

        assert answer.url == reverse("desk:front")

    def test_what_is_no_choice_is_refused(self, client):
        assert client.post(reverse("desk:prefer"), {"name": "size", "value": "<script>"}).status_code == 422


class TestTour:
    def test_it_ticks_itself_from_the_records(self, desk, demo):
        demo.register_step(DemoStep(key="a", title="Soạn kế hoạch", is_done=lambda: True))
        demo.register_step(DemoStep(key="b", title="Xem xét", is_done=lambda: False))

        page = desk.get(reverse("desk:tour")).content.decode()

        assert "Đã xong 1 / 2" in page

    def test_the_line_at_the_foot_names_the_next_step(self, desk, demo):
        demo.register_step(DemoStep(key="b", title="Xem xét kế hoạch", is_done=lambda: False))

        line = desk.get(reverse("desk:tour"), headers={"hx-request": "true"}).content.decode()

        assert "Xem xét kế hoạch" in line
        assert "<html" not in line

    def test_outside_the_demo_there_is_none(self, desk):
        assert desk.get(reverse("desk:tour")).status_code == 404

    def test_closed_it_leaves_the_pages(self, desk, demo):
        assert "cs-tour" in desk.get(reverse("desk:menu")).content.decode()

        desk.post(reverse("desk:prefer"), {"name": "tour", "value": "closed"})

        assert "cs-tour" not in desk.get(reverse("desk:menu")).content.decode()


def test_the_menu_holds_what_the_phone_has_no_room_for(desk):
    page = desk.get(reverse("desk:menu")).content.decode()

    assert all(reverse(name) in page for name in ("accounts:hat", "accounts:sessions", "accounts:logout"))


def test_the_accessibility_statement_is_public(client):
    assert client.get(reverse("desk:accessibility")).status_code == 200


def test_health_asks_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert client.get(reverse("desk:health")).json() == {"status": "ok"}


def test_a_page_that_is_not_there_says_so_in_vietnamese(client):
    answer = client.get("/khong-co/")

    assert answer.status_code == 404
    assert "Không tìm thấy trang hoặc hồ sơ này" in answer.content.decode()


def test_an_old_form_is_refused_with_what_to_do(db):

    answer = Client(enforce_csrf_checks=True).post(reverse("accounts:login"), {"username": "a"})

    assert answer.status_code == 403
    assert "tải lại trang rồi gửi lần nữa" in answer.content.decode()


class TestSearch:
    @pytest.fixture
    def found(self, monkeypatch, chairman):
        monkeypatch.setattr("congso.shared.search.kinds._kinds", {})
        kinds.register("desk.test", "Văn bản đi", lambda record_id: f"/van-ban/{record_id}/")
        with transaction.atomic():
            search.index(
                "desk.test",
                new_id(),
                day=date(2023, 11, 29),
                title="Kế hoạch của Nông Cống",
                text="",
                audience=[chairman.organ_id],
            )

    def test_what_is_asked_without_marks_is_found(self, desk, found):
        page = desk.get(reverse("desk:search"), {"q": "nong cong"}).content.decode()

        assert "Kế hoạch của Nông Cống" in page
        assert "Văn bản đi · 29/11/2023" in page

    def test_another_organ_finds_nothing(self, client, found):
        sign_in(client, PositionFactory())

        assert "Không tìm thấy gì" in client.get(reverse("desk:search"), {"q": "nong cong"}).content.decode()

    def test_nothing_asked_shows_the_box_alone(self, desk):
        assert "Không tìm thấy gì" not in desk.get(reverse("desk:search")).content.decode()


def test_a_bug_outside_a_view_is_told_without_asking_the_database(rf, django_assert_num_queries, caplog):
    with django_assert_num_queries(0):
        answer = server_error(rf.get("/viec/"))

    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Có lỗi phía hệ thống, mã" in page
    assert caplog.records[0].args[0] in page


def test_a_part_of_a_page_gets_the_message_alone(desk):
    answer = desk.get("/khong-co/", headers={"hx-request": "true"}).content.decode()

    assert "Không tìm thấy trang hoặc hồ sơ này" in answer
    assert "<html" not in answer
