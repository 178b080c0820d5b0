"""The desk's own pages in a real browser: accessible at both widths, usable by keyboard, alive without scripts."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from congso.shared.accounts.tests.factories import AccountFactory
from congso.shared.people.tests.factories import PersonFactory, PositionFactory
from congso.shared.ui.demo import DEMO, DemoRole, DemoStep
from congso.shared.ui.work import WORK, Lead, Waiting, WorkItem
from tests.browser import DESKTOP, assert_accessible, new_context, picture, sign_in, visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TITLES = [
    ("Báo cáo kết quả gắn mã địa chỉ số cho nhà ở, cơ quan năm 2023", "direct", "Chỉ đạo", "arrow-fork", -1),
    ("Quyết định kiện toàn Tổ công nghệ số cộng đồng các thôn", "sign", "Ký", "writing-sign", 0),
    ("Báo cáo kết quả thực hiện tiêu chí xã chuyển đổi số tháng 11", "sign", "Ký", "writing-sign", 0),
    ("Tuyên truyền thanh toán tiền điện không dùng tiền mặt quý I/2024", "direct", "Chỉ đạo", "arrow-fork", 2),
    ("Kế hoạch tập huấn kỹ năng số cho cán bộ thôn năm 2024", "sign", "Ký", "writing-sign", 30),
]


def some_work(_actor, today: date) -> list[WorkItem]:
    return [
        WorkItem(
            kind=kind,
            verb=verb,
            icon=icon,
            title=title,
            url=f"{reverse('desk:search')}?q={number}",
            button="Đọc để ký" if kind == "sign" else "Giao xử lý",
            meta="517/UBND-VHTT · UBND huyện Nông Cống · đến 24/11/2023",
            due=today + timedelta(days=days),
        )
        for number, (title, kind, verb, icon, days) in enumerate(TITLES)
    ]


@pytest.fixture
def chairman():
    return PositionFactory(chair=True, person=PersonFactory(full_name="Nguyễn Văn Thử"))


@pytest.fixture
def story(monkeypatch, settings):
    """Fill the registries as modules and the demo do."""
    settings.CONGSO_DEMO = True
    lead = Lead(
        count=3, title="văn bản chờ ký", url="/tim/", button="Xem trước khi ký", icon="writing-sign", detail="1 chưa mở"
    )
    waiting = Waiting(title="Góp ý dự thảo quy chế", url="/tim/", meta="Công an xã · quá 1 ngày", is_late=True)
    clerk = PositionFactory(clerk=True, person=PersonFactory(full_name="Lê Thị Mẫu"))
    AccountFactory(person=clerk.person)
    who = "Lê Thị Mẫu · Văn thư, UBND xã Thăng Long"
    roles = [
        DemoRole(position_id=clerk.id, step=step, title=f"Bước {step} của câu chuyện", who=who) for step in range(1, 6)
    ]
    monkeypatch.setattr(WORK, "providers", [some_work])
    monkeypatch.setattr(WORK, "lead_providers", [lambda _actor, _today: lead])
    monkeypatch.setattr(WORK, "waiting_providers", [lambda _actor, _today: [waiting]])
    monkeypatch.setattr(DEMO, "roles_providers", [lambda: roles])
    steps = [
        DemoStep(key=str(number), title=f"Việc thứ {number}", is_done=lambda n=number: n < 3, role_step=number)
        for number in range(1, 6)
    ]
    monkeypatch.setattr(DEMO, "steps", {step.key: step for step in steps})


PAGES = [
    "desk:home",
    "desk:menu",
    "desk:search",
    "desk:tour",
    "overseer:board",
    "notify:list",
    "desk:accessibility",
    "accounts:hat",
    "accounts:sessions",
]


@pytest.mark.usefixtures("story")
@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_pages_are_accessible_at_both_widths(request, width, live_server, chairman):
    page = request.getfixturevalue(width)
    visit(page, f"{live_server.url}{reverse('desk:front')}")
    assert_accessible(page)
    picture(page, f"front-{width}")
    visit(page, f"{live_server.url}{reverse('accounts:login')}")
    assert_accessible(page)

    sign_in(page, live_server.url, chairman)
    for name in PAGES:
        visit(page, f"{live_server.url}{reverse(name)}")
        page.wait_for_load_state("networkidle")
        assert_accessible(page)
        picture(page, f"{name.replace(':', '-')}-{width}")


@pytest.mark.usefixtures("story")
def test_dark_pages_are_accessible(desktop, live_server, chairman):
    sign_in(desktop, live_server.url, chairman)
    visit(desktop, f"{live_server.url}{reverse('desk:menu')}")

    desktop.get_by_role("button", name="Nền tối: Nền trang").click()

    visit(desktop, f"{live_server.url}{reverse('desk:home')}")
    assert desktop.locator("html").get_attribute("data-bs-theme") == "dark"
    assert_accessible(desktop)
    picture(desktop, "desk-home-dark")


@pytest.mark.usefixtures("story")
class TestKeyboard:
    @pytest.fixture
    def home(self, desktop, live_server, chairman):
        sign_in(desktop, live_server.url, chairman)
        visit(desktop, f"{live_server.url}{reverse('desk:home')}")
        return desktop

    def test_slash_goes_to_the_search_and_letters_are_text_there(self, home):
        home.keyboard.press("/")
        home.keyboard.type("jag")

        assert home.locator("#q").input_value() == "jag"

    def test_j_and_k_go_through_the_rows_and_enter_opens(self, home):
        home.keyboard.press("j")
        home.keyboard.press("j")
        home.keyboard.press("k")
        home.keyboard.press("Enter")

        home.wait_for_url("**/tim/?q=0")

    def test_g_then_v_goes_to_the_work(self, home, live_server):
        visit(home, f"{live_server.url}{reverse('desk:menu')}")
        home.keyboard.press("g")
        home.keyboard.press("v")

        home.wait_for_url("**/viec/")

    def test_a_presses_the_main_act(self, home):
        home.keyboard.press("a")

        home.wait_for_url("**/tim/")

    def test_switched_off_they_do_nothing(self, home, live_server):
        visit(home, f"{live_server.url}{reverse('desk:menu')}")
        home.get_by_role("button", name="Tắt phím tắt").click()
        home.keyboard.press("/")

        assert home.evaluate("document.activeElement.id") != "q"


@pytest.mark.usefixtures("story")
def test_the_door_and_the_home_work_without_scripts(chromium, live_server):
    context = new_context(chromium, DESKTOP, java_script_enabled=False)
    page = context.new_page()
    visit(page, f"{live_server.url}{reverse('desk:front')}")

    page.get_by_role("button", name="Bước 1 của câu chuyện").click()

    page.wait_for_url("**/viec/")
    assert page.get_by_role("heading", level=1).inner_text() == "Việc của tôi"
    context.close()


@pytest.mark.usefixtures("story")
def test_an_error_answer_becomes_a_toast(desktop, live_server, chairman, settings):
    sign_in(desktop, live_server.url, chairman)
    visit(desktop, f"{live_server.url}{reverse('desk:search')}")
    desktop.wait_for_load_state("networkidle")

    desktop.evaluate("htmx.ajax('GET', '/khong-co/', {target: '#main'})")

    desktop.get_by_text("Không tìm thấy trang hoặc hồ sơ này").wait_for()
    assert desktop.get_by_role("heading", level=1).inner_text() == "Tìm"


def test_larger_type_is_remembered(phone, live_server):
    visit(phone, f"{live_server.url}{reverse('desk:accessibility')}")

    phone.get_by_role("button", name="Chữ to hơn").click()
    visit(phone, f"{live_server.url}{reverse('desk:accessibility')}")

    assert phone.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
    assert_accessible(phone)


@pytest.mark.usefixtures("story")
def test_no_page_of_the_desk_breaks_the_security_policy(desktop, live_server, chairman):
    said: list[str] = []
    desktop.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    desktop.on("pageerror", lambda error: said.append(str(error)))
    sign_in(desktop, live_server.url, chairman)

    for name in PAGES:
        visit(desktop, f"{live_server.url}{reverse(name)}")
        desktop.wait_for_load_state("networkidle")

    assert said == []
