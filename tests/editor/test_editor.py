"""The editor in a real browser, under the site's own content security policy."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from congso.modules.documents import body as bodies
from congso.shared.people.tests.factories import PositionFactory
from tests.browser import assert_accessible, picture, sign_in, visit
from tests.editor import site

pytestmark = [pytest.mark.journey, pytest.mark.urls("tests.editor.site"), pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[2]

WORD = (Path(__file__).parent / "word.html").read_text()


@pytest.fixture(scope="module", autouse=True)
def bundle():
    subprocess.run([sys.executable, ROOT / "frontend" / "build.py"], check=True)


@pytest.fixture(autouse=True)
def fresh():
    for kept in (site.saved, site.received, site.given, site.refusing, site.parts, site.slow):
        kept.clear()


@pytest.fixture
def said(desktop: Page) -> list[str]:
    """Return what the browser's console complains of: the content security policy above all."""
    words: list[str] = []
    desktop.on("console", lambda message: words.append(message.text) if message.type in {"error", "warning"} else None)
    desktop.on("pageerror", lambda error: words.append(str(error)))
    return words


def opened(page: Page, live_server, **initial: str) -> Page:
    site.given.update(initial)
    page.clock.install()
    visit(page, f"{live_server.url}/soan/")
    page.locator(".cs-ed__page").wait_for()
    return page


def typed(page: Page, words: str) -> None:
    """Type into the editor and let the seconds pass after which it saves."""
    page.locator(".cs-ed__page").click()
    page.keyboard.type(words)
    page.clock.fast_forward(6_000)


def waited(found: Callable[[], object]) -> None:
    """Let the server's thread do what the page asked for."""
    for _ in range(100):
        if found():
            return
        time.sleep(0.05)
    pytest.fail("nothing came")


def tree(page: Page) -> dict:
    return bodies.from_json(page.locator("[name=body_json]").input_value())


def paste(page: Page, html: str) -> None:
    page.locator(".cs-ed__page").evaluate(
        """(area, html) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            area.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        html,
    )


def test_what_is_written_with_the_toolbar_becomes_the_tree_that_the_server_takes(desktop, live_server, said):
    page = opened(desktop, live_server)
    area = page.locator(".cs-ed__page")
    area.click()

    page.get_by_label("Kiểu đoạn").select_option(label="Đề mục cấp 1")
    page.keyboard.type("I. Chỉ tiêu")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Đậm").click()
    page.keyboard.type("Nông Cống")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Gạch đầu dòng").click()
    page.keyboard.type("Việc một")

    assert [node["type"] for node in tree(page)["content"]] == ["heading", "paragraph", "bulletList"]
    assert tree(page)["content"][1]["content"][0]["marks"] == [{"type": "bold"}]
    assert said == []


def test_a_table_is_made_filled_and_left_by_the_keyboard(desktop, live_server, said):
    page = opened(desktop, live_server)
    page.locator(".cs-ed__page").click()
    page.keyboard.type("Trước bảng")

    page.keyboard.press("Alt+F10")
    page.keyboard.press("End")
    while page.evaluate("document.activeElement.textContent") != "Chèn bảng":
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.keyboard.type("1")
    page.keyboard.press("Tab")
    page.keyboard.type("Chỉ tiêu")
    page.get_by_role("button", name="Thêm hàng").click()

    table = tree(page)["content"][1]
    assert [cell["type"] for cell in table["content"][0]["content"]] == ["tableHeader"] * 3
    assert len(table["content"]) == 4
    assert bodies.to_text(table).splitlines()[0] == "STT\tNội dung\tGhi chú"
    assert bodies.to_text(table).splitlines()[1] == "1\tChỉ tiêu\t"
    assert said == []


def test_a_pasted_picture_is_sent_shown_sized_and_described(desktop, live_server, said):
    sign_in(desktop, live_server.url, PositionFactory.create())
    page = opened(desktop, live_server)
    page.locator(".cs-ed__page").click()
    page.keyboard.type("Sơ đồ:")

    page.locator(".cs-ed__page").evaluate(
        """area => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array([1, 2, 3])], "a.png", {type: "image/png"}));
            area.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    page.locator(".cs-ed__img").click()
    page.get_by_role("button", name="Vừa").click()
    page.get_by_label("Mô tả ảnh").fill("Sơ đồ tổ chức")
    page.get_by_label("Mô tả ảnh").press("Enter")

    assert site.received == [bytes([1, 2, 3])]
    assert tree(page)["content"][1] == {
        "type": "image",
        "attrs": {"sha256": "ab" * 32, "width": 110, "alt": "Sơ đồ tổ chức"},
    }
    assert_accessible(page)
    assert said == []


def test_what_word_gives_is_cleaned(desktop, live_server, said):
    page = opened(desktop, live_server)
    page.locator(".cs-ed__page").click()

    paste(page, WORD)

    assert bodies.to_text(tree(page)) == "I. MỤC ĐÍCH\nĐoạn đậm và nghiêng cuối\n- Việc thứ nhất\nTiêu đề ô\nA\tB"
    assert tree(page)["content"][-1]["content"][0]["content"][0]["attrs"] == {"colspan": 2}
    assert {"type": "italic"} in tree(page)["content"][1]["content"][3]["marks"]
    assert said == []


def test_the_bold_that_google_wraps_around_everything_is_none(desktop, live_server):
    page = opened(desktop, live_server)
    page.locator(".cs-ed__page").click()

    paste(page, '<b style="font-weight:normal"><p>Thường <span style="font-weight:700">đậm</span></p></b>')

    runs = tree(page)["content"][0]["content"]
    assert [(run["text"], "marks" in run) for run in runs] == [("Thường ", False), ("đậm", True)]


def test_a_link_to_the_field_leads_to_the_editor(desktop, live_server):
    page = opened(desktop, live_server)

    page.evaluate("document.getElementById('id_body_text').focus()")
    page.keyboard.type("Sửa ở đây")

    assert bodies.to_text(tree(page)) == "Sửa ở đây"


def test_what_was_saved_opens_again_unchanged(desktop, live_server):
    kept = bodies.from_text("Dòng một\nDòng hai")

    page = opened(desktop, live_server, body_json=json.dumps(kept))

    assert tree(page) == kept


def test_plain_text_of_a_page_without_scripts_opens_in_the_editor(desktop, live_server):
    page = opened(desktop, live_server, body_text="Dòng một\n\nDòng hai")

    assert bodies.to_text(tree(page)) == "Dòng một\nDòng hai"


def test_an_act_is_undone(desktop, live_server):
    page = opened(desktop, live_server, body_text="Còn nguyên")
    page.locator(".cs-ed__page").click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    assert bodies.is_empty(tree(page))

    page.get_by_role("button", name="Hoàn tác").click()

    assert bodies.to_text(tree(page)) == "Còn nguyên"


def test_a_draft_saves_itself_and_says_when(desktop, live_server, said):
    page = opened(desktop, live_server)
    page.get_by_label("Trích yếu").fill("Chuyển đổi số")
    typed(page, "Nội dung")

    expect(page.locator("[data-autosave-status]")).to_have_text("Đã lưu nháp lúc 9:42:10")

    assert site.saved[-1]["subject"] == "Chuyển đổi số"
    assert bodies.to_text(bodies.from_json(site.saved[-1]["body_json"])) == "Nội dung"
    expect(page.locator("[name=version]")).to_have_value("2")
    expect(page.locator("#preview")).to_have_text("Đã dựng 1 lần")
    assert said == []


def test_a_part_of_the_page_as_answer_is_shown_and_its_fields_are_taken(desktop, live_server):
    page = opened(desktop, live_server)
    site.parts.append('<span>Đã lưu nháp lúc 9:43:00</span><input type="hidden" name="version" value="7">')
    typed(page, "Nội dung")

    expect(page.locator("[data-autosave-status]")).to_have_text("Đã lưu nháp lúc 9:43:00")

    expect(page.locator("[name=version]")).to_have_value("7")


def test_without_network_the_draft_stays_here_and_goes_when_it_is_back(desktop, live_server):
    page = opened(desktop, live_server)
    page.context.set_offline(True)
    typed(page, "Chưa gửi được")
    status = page.locator("[data-autosave-status]")
    expect(status).to_have_text("Mất mạng. Bản nháp còn nguyên trên máy này, tự gửi khi có mạng.")

    page.context.set_offline(False)

    expect(status).to_have_text("Đã lưu nháp lúc 9:42:10")
    assert page.evaluate("localStorage.length") == 0


def test_a_draft_that_never_went_is_offered_when_the_page_opens_again(desktop, live_server):
    page = opened(desktop, live_server)
    page.context.set_offline(True)
    typed(page, "Viết khi mất mạng")
    expect(page.locator("[data-autosave-status]")).to_contain_text("Mất mạng")
    site.refusing.append("chưa được")
    page.context.set_offline(False)
    page.goto("about:blank")

    visit(page, f"{live_server.url}/soan/")
    page.get_by_role("button", name="Dùng bản trên máy này").click()
    page.locator(".cs-ed__page").wait_for()

    assert bodies.to_text(tree(page)) == "Viết khi mất mạng"


def test_a_refusal_is_told_and_loses_nothing(desktop, live_server):
    page = opened(desktop, live_server)
    site.refusing.append("bảng bị lệch.")
    typed(page, "Giữ lại")

    expect(page.locator("[data-autosave-status]")).to_contain_text("bảng bị lệch")

    assert bodies.to_text(tree(page)) == "Giữ lại"
    assert page.evaluate("localStorage.length") == 1


def test_a_draft_that_was_saved_on_leaving_is_not_offered_again(desktop, live_server):
    page = opened(desktop, live_server)
    page.locator(".cs-ed__page").click()
    page.keyboard.type("Lưu khi rời trang")
    page.goto("about:blank")
    waited(lambda: site.saved)
    left = bodies.from_json(site.saved[-1]["body_json"])

    page = opened(desktop, live_server, body_json=json.dumps(left))

    assert tree(page) == left
    assert page.get_by_role("alert").count() == 0


def test_a_form_sent_while_the_draft_is_saving_waits_for_it(desktop, live_server):
    page = opened(desktop, live_server)
    site.slow.append(0.6)
    typed(page, "Nội dung")

    page.get_by_role("button", name="Trình").click()
    page.get_by_text("Đã nhận").wait_for()

    assert [sent["version"] for sent in site.saved] == ["1", "2"]


def test_the_form_sends_the_tree_and_not_the_plain_text(desktop, live_server):
    page = opened(desktop, live_server)
    page.locator(".cs-ed__page").click()
    page.keyboard.type("Gửi đi")

    page.get_by_role("button", name="Trình").click()
    page.get_by_text("Đã nhận").wait_for()

    assert "body_text" not in site.saved[-1]
    assert bodies.to_text(bodies.from_json(site.saved[-1]["body_json"])) == "Gửi đi"


def test_the_editor_is_accessible_on_a_desk(desktop, live_server):
    page = opened(desktop, live_server, body_text="Một đoạn")
    page.locator(".cs-ed__page").click()
    page.get_by_role("button", name="Chèn bảng").click()

    assert_accessible(page)
    picture(page, "editor-1366")


def test_the_editor_is_accessible_on_a_phone(phone, live_server):
    page = opened(phone, live_server, body_text="Một đoạn")

    assert_accessible(page)
    assert min(box["height"] for box in (b.bounding_box() for b in page.locator(".cs-ed__act:visible").all())) >= 24
    picture(page, "editor-390")
