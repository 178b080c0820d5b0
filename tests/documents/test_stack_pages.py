"""Paper that came by post, in a real browser: from the list to «chuyển lãnh đạo» in few clicks, at both widths."""

import time

import pytest
from django.urls import reverse

from congso.modules.documents.models import Incoming
from congso.modules.documents.scans.tests.papers import (
    JPEG,
    PDF,
    blank_page,
    separator_sheet,
    stack_of,
    typed_paper,
)
from congso.modules.documents.tests.factories import make_commune
from congso.modules.documents.tests.worker import forget_jobs, run_jobs
from tests.browser import DESKTOP, assert_accessible, new_context, picture, sign_in, visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MOST_SECONDS = 20


@pytest.fixture
def commune():
    forget_jobs()
    return make_commune()


@pytest.fixture(scope="module")
def xap(tmp_path_factory):
    """A stack of two papers with a blank back."""
    file = tmp_path_factory.mktemp("xap") / "xap.pdf"
    sheets = [(typed_paper(), PDF), (separator_sheet(), JPEG), (blank_page(), JPEG), (typed_paper("16"), PDF)]
    file.write_bytes(stack_of(*sheets))
    return file


@pytest.fixture(scope="module")
def thu(tmp_path_factory):
    """One paper that came by e-mail."""
    file = tmp_path_factory.mktemp("thu") / "thu.pdf"
    file.write_bytes(typed_paper())
    return file


def send(page, live_server, file):
    visit(page, live_server.url + reverse("documents:enter"))
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Đọc tệp").click()
    page.get_by_text("Đang đọc trang").first.wait_for()
    run_jobs()


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_the_screens_of_a_stack(request, live_server, width, commune, xap):
    page = request.getfixturevalue(width)
    sign_in(page, live_server.url, commune.clerk)
    for name in ("enter", "separator"):
        visit(page, live_server.url + reverse(f"documents:{name}"))
        assert_accessible(page)
        picture(page, f"stack-{name}-{width}")
    send(page, live_server, xap)
    page.get_by_role("link", name="Vào sổ văn bản 1").wait_for()
    assert_accessible(page)
    picture(page, f"stack-pages-{width}")
    page.get_by_role("link", name="Vào sổ văn bản 1").click()
    page.get_by_role("button", name="Vào sổ, chuyển lãnh đạo").wait_for()
    assert_accessible(page)
    picture(page, f"stack-paper-{width}")


def test_one_paper_is_registered_in_six_clicks_and_twenty_seconds(desktop, live_server, commune, thu):
    page, began = desktop, time.monotonic()
    sign_in(page, live_server.url, commune.clerk)
    visit(page, live_server.url + reverse("documents:incoming"))
    page.get_by_role("link", name="Nhập văn bản giấy").click()  # 1
    page.locator("input[type=file]").set_input_files(thu)  # 2, and 3 in the system's own dialog
    page.get_by_role("button", name="Đọc tệp").click()  # 4
    page.get_by_text("Đang đọc trang").first.wait_for()
    run_jobs()
    page.get_by_role("button", name="Vào sổ, chuyển lãnh đạo").wait_for()
    assert page.get_by_label("Số, ký hiệu").input_value() == "15/KH-UBND"
    page.get_by_role("button", name="Vào sổ, chuyển lãnh đạo").click()  # 5
    page.get_by_text("Đã vào sổ, số đến 1, chuyển lãnh đạo").first.wait_for()

    assert time.monotonic() - began < MOST_SECONDS
    assert Incoming.objects.get().sender_text == "Ủy ban nhân dân huyện Nông Cống"


def test_without_scripts_a_stack_is_parted_and_entered(chromium, live_server, commune, xap):
    page = new_context(chromium, DESKTOP, java_script_enabled=False).new_page()
    sign_in(page, live_server.url, commune.clerk)
    send(page, live_server, xap)
    page.get_by_role("link", name="Xem lại").click()
    page.get_by_role("button", name="Bỏ 1 trang trắng").click()
    page.get_by_role("button", name="Hoàn tác").wait_for()
    page.get_by_role("link", name="Vào sổ văn bản 2").click()
    page.get_by_role("button", name="Vào sổ, chuyển lãnh đạo").click()
    page.get_by_text("Đã vào sổ, số đến 1, chuyển lãnh đạo").first.wait_for()

    assert Incoming.objects.get().number_text == "16/KH-UBND"
