"""One paper, from the district's desk to a commune's answer, by real people's clicks in a real browser.

Each person has a browser of their own; the server and the worker are those of ``congso demo``.
"""

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect
from pyhanko.pdf_utils.reader import PdfFileReader

from tests.browser import DESKTOP, PHONE, assert_accessible, new_context, visit
from tests.journeys import tour

pytestmark = pytest.mark.journey
PIN = "123456"
NUMBER = re.compile(r"\d+/(KH|BC)-UBND")


class Story:
    """The people of the story, each stepping in by the door, on screens of one size."""

    def __init__(self, browser: Browser, site: str, size: dict[str, int]) -> None:
        self.browser, self.site, self.size = browser, site.rstrip("/"), size
        self.mark = uuid4().hex[:6]
        self.plan = f"Về việc chuyển đổi số cấp xã, đợt {self.mark}"
        self.report = f"Kết quả chuyển đổi số của xã, đợt {self.mark}"

    def as_who(self, does: str, size: dict[str, int] | None = None) -> Page:
        """Step in through the door as the one who does that."""
        page = new_context(self.browser, size or self.size).new_page()
        visit(page, self.site)
        page.get_by_role("button", name=does).click()
        expect(page.get_by_role("heading", name="Việc của tôi")).to_be_visible()
        return page

    def open_from_home(self, page: Page, title: str) -> None:
        page.get_by_role("link", name=title).first.click()
        expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()

    def sign(self, page: Page, press: str, confirm: str, *, show: Callable[[Page], None] | None = None) -> None:
        """Confirm with the PIN what the page shows, and wait until the worker has signed."""
        read(page)
        page.get_by_role("main").get_by_role("link", name=press, exact=True).click()
        page.get_by_label("Mã PIN").fill(PIN)
        assert_accessible(page)
        if show:
            show(page)
        page.get_by_role("button", name=confirm).click()
        page.get_by_role("link", name="Xem văn bản").click()

    def send(self, clerk: Page, title: str) -> str:
        """Number, seal and issue what the leader signed; return its number and notation."""
        self.open_from_home(clerk, title)
        clerk.get_by_role("button", name="Cấp số", exact=True).click()
        expect(clerk.locator(".cs-head b").filter(has_text=NUMBER)).to_be_visible()
        self.sign(clerk, "Đóng dấu", "Đóng dấu 1 văn bản")
        wait_for(clerk, lambda: clerk.locator(".cs-verdict").count() > 0)
        see_both_signatures_valid(clerk)
        clerk.get_by_role("button", name="Phát hành", exact=True).click()
        expect(clerk.locator(".cs-st").filter(has_text="Đã phát hành").first).to_be_visible()
        return clerk.locator(".cs-head b").filter(has_text=NUMBER).inner_text()


@pytest.fixture(params=[DESKTOP, PHONE], ids=["1366", "390"])
def story(request, chromium, demo_site):
    told = Story(chromium, demo_site, request.param)
    yield told
    for context in chromium.contexts:
        context.close()


def test_a_plan_goes_out_to_the_communes_and_comes_back_as_a_report(story, tmp_path):
    if "CONGSO_TOUR" in os.environ and story.size == DESKTOP:
        door = new_context(story.browser, story.size).new_page()
        visit(door, story.site)
        tour.take(door, "01-trang-dau.png")

    draft_the_plan(story)
    initial_and_sign_the_plan(story)
    number = issue_the_plan(story)
    register_in_the_commune(story, number)
    direct_on_a_phone(story)
    report = answer_from_the_commune(story)
    file = see_the_answer_at_the_district(story, report, tmp_path)
    open_the_figures(story)

    check_with_a_strangers_eyes(file)
    if "CONGSO_TOUR" in os.environ:
        tour.write_readme()


def draft_the_plan(story):
    author = story.as_who("Soạn kế hoạch, trình xem xét")
    visit(author, f"{story.site}/van-ban/soan/")
    author.get_by_label("Không có").check()
    author.get_by_label("Trích yếu").fill(story.plan)
    author.get_by_role("textbox", name="Nội dung").click()
    author.keyboard.type("Mỗi thôn, tiểu khu lập một tổ công nghệ số cộng đồng, đi từng ngõ, gõ từng nhà.")
    author.keyboard.press("Enter")
    author.keyboard.type("Ủy ban nhân dân các xã, thị trấn tổ chức thực hiện và báo cáo kết quả.")
    author.get_by_label("Người ký").select_option(label="Lê Thị Mẫu, Chủ tịch")
    pick(author, "Người xem xét", "vi du", "Trần Văn Ví Dụ, Chánh Văn phòng")
    pick(author, "Nơi nhận", "tat ca", "Tất cả 29 xã, thị trấn")
    author.get_by_label("Hạn trả lời").fill("15/12/2023")
    expect(author.get_by_text("Đã lưu nháp lúc").first).to_be_visible()
    expect(author.locator("#preview img").first).to_be_visible()
    # What has slid half under a fixed bar is no small target: judge the page from its top.
    author.evaluate("scrollTo(0, 0)")
    assert_accessible(author)
    if story.size == DESKTOP:
        tour.take(author, "02-soan-ke-hoach.png")
    author.get_by_role("button", name="Trình xem xét").click()
    expect(author.locator(".cs-st").filter(has_text="Chờ xem xét").first).to_be_visible()


def initial_and_sign_the_plan(story):
    head = story.as_who("Xem xét, ký nháy")
    story.open_from_home(head, story.plan)
    head.get_by_role("button", name="Đồng ý, ký nháy").click()
    expect(head.locator(".cs-st").filter(has_text="Chờ ký").first).to_be_visible()

    chairman = story.as_who("Ký số")
    story.open_from_home(chairman, story.plan)
    story.sign(
        chairman,
        "Ký văn bản",
        "Ký 1 văn bản",
        show=lambda page: tour.take(page, "03-xac-nhan-ky.png") if story.size == DESKTOP else None,
    )


def issue_the_plan(story):
    clerk = story.as_who("Cấp số, đóng dấu, phát hành")
    number = story.send(clerk, story.plan)
    assert_accessible(clerk)
    if story.size == DESKTOP:
        tour.take(clerk, "04-da-phat-hanh.png")
    return number


def register_in_the_commune(story, number):
    clerk = story.as_who("Nhận ở xã, vào sổ văn bản đến")
    wait_for(clerk, lambda: clerk.get_by_role("link", name=story.plan).count() > 0)
    visit(clerk, f"{story.site}/van-ban/den/")
    if story.size == DESKTOP:
        tour.take(clerk, "05-van-ban-den.png")
    story.open_from_home(clerk, story.plan)
    expect(clerk.get_by_text(number).first).to_be_visible()
    see_both_signatures_valid(clerk)
    clerk.get_by_role("button", name="Vào sổ", exact=True).click()
    expect(clerk.locator(".cs-st").filter(has_text="Chờ chỉ đạo").first).to_be_visible()
    assert_accessible(clerk)


def direct_on_a_phone(story):
    chairman = story.as_who("Chỉ đạo ở xã", size=PHONE)
    story.open_from_home(chairman, story.plan)
    lead = chairman.get_by_label("Chủ trì")
    lead.select_option(label=chairman.locator("option", has_text="Công chức Văn hóa").first.inner_text())
    chairman.get_by_label("Ngày hạn").fill("8/12")
    chairman.get_by_label("Ý kiến chỉ đạo").fill("Rà soát các thôn, báo cáo huyện đúng hạn.")
    assert_accessible(chairman)
    if story.size == PHONE:
        chairman.locator("#viec").scroll_into_view_if_needed()
        tour.take(chairman, "06-but-phe-dien-thoai.png")
    chairman.get_by_role("button", name="Giao xử lý").click()
    expect(chairman.get_by_text("Rà soát các thôn, báo cáo huyện đúng hạn.").first).to_be_visible()


def answer_from_the_commune(story):
    specialist = story.as_who("Soạn báo cáo trả lời huyện")
    if story.size == DESKTOP:
        tour.take(specialist, "07-viec-cua-toi.png")
    story.open_from_home(specialist, story.plan)
    specialist.get_by_role("link", name="Soạn văn bản trả lời").click()
    specialist.get_by_label("Không có").check()
    specialist.get_by_label("Loại văn bản").select_option(label="Báo cáo")
    specialist.get_by_label("Trích yếu").fill(story.report)
    specialist.get_by_role("textbox", name="Nội dung").click()
    specialist.keyboard.type("Các thôn đã lập tổ công nghệ số cộng đồng, mỗi tổ từ bốn người trở lên.")
    signer = specialist.get_by_label("Người ký")
    signer.select_option(label=signer.locator("option", has_text=re.compile(r", Chủ tịch$")).first.inner_text())
    specialist.get_by_role("button", name="Trình").last.click()
    expect(specialist.locator(".cs-st").filter(has_text="Chờ ký").first).to_be_visible()

    chairman = story.as_who("Chỉ đạo ở xã")
    story.open_from_home(chairman, story.report)
    story.sign(chairman, "Ký văn bản", "Ký 1 văn bản")
    return story.send(story.as_who("Nhận ở xã, vào sổ văn bản đến"), story.report)


def see_the_answer_at_the_district(story, report, tmp_path):
    """The report arrived, linked to the plan; in the commune the direction is closed."""
    commune = story.as_who("Chỉ đạo ở xã")
    visit(commune, f"{story.site}/van-ban/den/")
    story.open_from_home(commune, story.plan)
    expect(commune.locator(".cs-st").filter(has_text="Xong").first).to_be_visible()

    clerk = story.as_who("Cấp số, đóng dấu, phát hành")
    wait_for(clerk, lambda: clerk.get_by_role("link", name=story.report).count() > 0)
    story.open_from_home(clerk, story.report)
    expect(clerk.get_by_text("Trả lời văn bản của cơ quan mình.")).to_be_visible()
    see_both_signatures_valid(clerk)
    clerk.get_by_role("link", name="Mở văn bản đã gửi").click()
    expect(clerk.get_by_role("link", name=report)).to_be_visible()
    assert_accessible(clerk)
    with clerk.expect_download() as download:
        clerk.get_by_role("link", name="Tải").first.click()
    file = tmp_path / "plan.pdf"
    download.value.save_as(file)
    return file


def open_the_figures(story):
    overseer = story.as_who("Xem số liệu của từng đơn vị")
    visit(overseer, f"{story.site}/so-lieu/")
    expect(overseer.get_by_text("Bấm vào số để mở văn bản")).to_be_visible()
    assert_accessible(overseer)
    if story.size == DESKTOP:
        tour.take(overseer, "08-so-lieu.png")
    overseer.locator("[data-main-act]").click()
    expect(overseer.get_by_text(story.plan)).to_be_visible()
    expect(overseer.get_by_text(story.report)).to_be_visible()
    assert_accessible(overseer)
    if story.size == DESKTOP:
        tour.take(overseer, "09-mo-so-lieu.png")


def see_both_signatures_valid(page):
    expect(page.locator(".cs-verdict").get_by_text("Hợp lệ", exact=True)).to_be_visible()
    expect(page.locator(".cs-sig")).to_have_count(2)


def read(page):
    """Look at the paper: only what was seen since it last changed can be signed."""
    page.locator(".cs-reader img").first.scroll_into_view_if_needed()
    page.locator(".cs-reader img").first.evaluate("picture => picture.decode()")


def pick(page, field, words, option):
    """Find in a picker without accents and choose with the pointer."""
    search = page.get_by_role("combobox", name=field, exact=True)
    search.fill(words)
    page.get_by_text(option, exact=True).locator("visible=true").first.click()
    search.press("Tab")


def wait_for(page, is_there, tries=20):
    """Reload until the worker has done its part."""
    for _ in range(tries):
        if is_there():
            return
        page.wait_for_timeout(500)
        page.reload()
    pytest.fail(f"It never came: {page.inner_text('main')[:500]}")


def check_with_a_strangers_eyes(file: Path):
    """``pdfsig`` of poppler and pyHanko know nothing of us and agree that each signature is intact."""
    said = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=False)
    assert said.stdout.count("Signature is Valid.") == 2, said.stdout

    with file.open("rb") as content:
        signatures = PdfFileReader(content).embedded_signatures
        assert len(signatures) == 2
        for signature in signatures:
            signature.compute_integrity_info()
            assert signature.summarise_integrity_info()["docmdp_ok"]
