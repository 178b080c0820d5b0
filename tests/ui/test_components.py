"""Every component, in a real browser at both widths."""

import pytest
from playwright.sync_api import expect

from tests.browser import assert_accessible, picture, visit
from tests.ui.site import RECEIVED

pytestmark = [pytest.mark.journey, pytest.mark.urls("tests.ui.site"), pytest.mark.django_db(transaction=True)]


def test_components_are_accessible_on_a_desk(desktop, live_server):
    visit(desktop, f"{live_server.url}/components/")

    assert_accessible(desktop)
    picture(desktop, "components-1366")


def test_components_are_accessible_on_a_phone(phone, live_server):
    visit(phone, f"{live_server.url}/components/")

    assert_accessible(phone)
    picture(phone, "components-390")


@pytest.fixture
def components(desktop, live_server):
    RECEIVED.clear()
    visit(desktop, f"{live_server.url}/components/")
    return desktop


class TestHabits:
    def test_the_focus_goes_to_what_must_be_mended(self, components):
        assert components.evaluate("document.activeElement.id") == "form-errors"

    def test_a_pressed_button_says_so_and_takes_no_second_press(self, components):
        components.get_by_label("Trích yếu").fill("Về việc thử")
        components.locator("#id_due").fill("8/12")
        components.get_by_label("Đã đọc phụ lục").check()
        button = components.get_by_role("button", name="Gửi thử")

        components.evaluate("""() => {
            const button = [...document.querySelectorAll("button")].find(one => one.textContent === "Gửi thử");
            button.click(); button.click(); button.click();
        }""")
        expect(button).to_have_count(0)
        components.wait_for_url("**/receive/")

        assert len(RECEIVED) == 1
        assert RECEIVED[0]["once"]

    def test_a_question_gives_the_focus_back(self, components):
        opener = components.get_by_role("button", name="Thu hồi văn bản").first
        opener.click()
        expect(components.get_by_role("dialog", name="Thu hồi 87/QĐ-UBND?")).to_be_visible()

        components.get_by_role("button", name="Giữ nguyên").click()

        expect(opener).to_be_focused()

    def test_a_list_is_searched_without_accents_and_chosen_by_enter(self, components):
        search = components.get_by_role("combobox", name="Nơi nhận")
        search.fill("te loi")
        search.press("Enter")

        expect(components.get_by_role("button", name="Bỏ UBND xã Tế Lợi")).to_be_visible()
        assert components.locator("input[name=places]:checked").count() == 2

    def test_a_chip_is_taken_away(self, components):
        components.get_by_role("button", name="Bỏ UBND xã Thăng Long").click()

        assert components.locator("input[name=places]:checked").count() == 0

    def test_ticked_rows_bring_the_bar(self, components):
        components.get_by_label("Chọn số đến 231").check()
        expect(components.get_by_text("Đã chọn 1 văn bản")).to_be_visible()

        components.get_by_role("button", name="Bỏ chọn").click()

        expect(components.get_by_text("Đã chọn 0 văn bản")).to_be_hidden()

    def test_letters_are_counted(self, components):
        components.get_by_label("Trích yếu").fill("Về việc")

        expect(components.get_by_text("7 / 500")).to_be_visible()

    def test_a_toast_goes_when_it_is_closed(self, components):
        components.locator("[data-toast]").get_by_role("button", name="Đóng").click()

        expect(components.locator("[data-toast]")).to_have_count(0)


def test_on_a_phone_the_selects_open_under_one_button(phone, live_server):
    visit(phone, f"{live_server.url}/components/")
    expect(phone.get_by_label("Sổ năm")).to_be_hidden()

    phone.get_by_role("button", name="Lọc").click()

    expect(phone.get_by_label("Sổ năm")).to_be_visible()
