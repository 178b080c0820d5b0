"""The story by clicks: a plan from the district's desk, a commune's answer, the direction closes."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from congso.modules.documents.kinds import DocumentState, IncomingState
from congso.modules.documents.models import Document, Incoming
from congso.modules.documents.tests.factories import NOW, make_commune, make_district
from congso.modules.documents.tests.test_story import with_keys
from congso.modules.documents.tests.worker import forget_jobs, run_jobs
from congso.shared.keys.tests.factories import PIN
from congso.shared.organs.models import OrganPlace, Relation
from tests.browser import sign_in, visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def on_the_day_of_the_story(settings, transactional_db):
    forget_jobs()
    settings.CONGSO_CLOCK_OFFSET = (NOW - datetime.now(UTC)).total_seconds()


class Player:
    """One browser, played by one role after the other."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site

    def opens(self, position, name, *args, query=""):
        sign_in(self.page, self.site, position)
        visit(self.page, f"{self.site}{reverse(name, args=args)}{query}")

    def presses(self, name):
        self.page.locator("main").get_by_role("button", name=name, exact=True).first.click()

    def sees(self, text):
        expect(self.page.get_by_text(text).first).to_be_visible()

    def writes(self, subject, body, signatory, to, reviewer=None):
        self.page.get_by_label("Không có").check()
        self.page.get_by_label("Trích yếu").fill(subject)
        self.page.locator(".cs-ed__page").click()
        self.page.keyboard.type(body)
        self.page.get_by_label("Người ký").select_option(str(signatory.id))
        if reviewer is not None:
            self.picks("Người xem xét", reviewer.person.full_name)
        for name in to:
            self.picks("Nơi nhận", name)
        self.page.get_by_role("button", name="Trình xem xét").click()

    def picks(self, field, name):
        box = self.page.get_by_role("combobox", name=field, exact=True)
        box.fill(name)
        box.press("Enter")

    def signs(self, position, document, button, confirm):
        self.opens(position, "documents:detail", document.id)
        self.page.locator(".cs-leaf img").first.evaluate("image => image.decode()")
        self.page.locator("main").get_by_role("link", name=button).click()
        self.page.get_by_role("textbox", name="Mã PIN ký số").fill(PIN)
        self.presses(confirm)
        self.page.wait_for_url("**/luot/**")
        run_jobs()

    def takes_to_issue(self, office, document):
        self.signs(office.chair, document, "Ký văn bản", "Ký 1 văn bản")
        self.opens(office.clerk, "documents:detail", document.id)
        self.presses("Cấp số")
        self.sees("Đã cấp số")
        self.signs(office.clerk, document, "Đóng dấu", "Đóng dấu 1 văn bản")
        self.opens(office.clerk, "documents:detail", document.id)
        self.presses("Phát hành")
        self.sees("Đã phát hành")
        run_jobs()


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_plan_goes_out_and_its_answer_comes_back(request, live_server, width):
    player = Player(request.getfixturevalue(width), live_server.url)
    district, commune = with_keys(make_district()), with_keys(make_commune())
    OrganPlace.objects.create(
        organ=commune.organ, parent=district.organ, relation=Relation.SUBORDINATE, valid=commune.organ.valid
    )

    player.opens(district.author, "documents:compose")
    player.writes(
        "Kế hoạch chuyển đổi số năm 2024",
        "Các xã báo cáo kết quả.",
        district.chair,
        ["UBND xã Thăng Long"],
        district.reviewer,
    )
    player.sees("Đã trình")
    plan = Document.objects.get()
    player.opens(district.reviewer, "documents:detail", plan.id)
    player.presses("Đồng ý, ký nháy")
    player.sees("Đã ký nháy")
    player.takes_to_issue(district, plan)

    arrival = Incoming.objects.get(organ=commune.organ)
    player.opens(commune.clerk, "documents:incoming_detail", arrival.id)
    player.sees("Hợp lệ")
    player.presses("Vào sổ")
    player.sees("Đã vào sổ, số đến 1")
    player.opens(commune.chair, "documents:incoming_detail", arrival.id)
    player.page.get_by_label("Chủ trì").select_option(str(commune.author.id))
    player.page.get_by_label("Hạn xử lý").fill("8/12")
    player.presses("Giao xử lý")
    player.sees("Đã giao xử lý")

    player.opens(commune.author, "documents:incoming_detail", arrival.id)
    player.page.locator("main").get_by_role("link", name="Soạn văn bản trả lời").click()
    player.writes("Báo cáo kết quả chuyển đổi số", "Xã đã làm xong.", commune.chair, [])
    player.sees("Đã trình")
    report = Document.objects.get(reply_to=arrival)
    player.takes_to_issue(commune, report)

    arrival.refresh_from_db()
    assert arrival.state == IncomingState.CLOSED
    player.opens(district.clerk, "documents:detail", plan.id)
    player.sees("1 văn bản trả lời")
    assert Document.objects.filter(state=DocumentState.ISSUED).count() == 2
