"""A clerk registers many papers at once, by keyboard alone."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.urls import reverse

from congso.modules.documents.models import Incoming
from congso.modules.documents.tests.factories import NOW, DocumentFactory, IncomingFactory, make_commune
from congso.modules.documents.tests.worker import run_jobs
from tests.browser import assert_accessible, picture, sign_in, visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SUBJECTS = ("Kế hoạch phòng chống thiên tai năm 2024", "Báo cáo kết quả gắn mã địa chỉ số", "Về việc rà soát hộ nghèo")


@pytest.fixture(autouse=True)
def on_the_day_of_the_story(settings):
    settings.CONGSO_CLOCK_OFFSET = (NOW - datetime.now(UTC)).total_seconds()


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_papers_are_ticked_confirmed_and_followed(request, live_server, width):
    page, office = request.getfixturevalue(width), make_commune()
    for subject in SUBJECTS:
        IncomingFactory(organ=office.organ, subject=subject)
    DocumentFactory(author=office.author, signed=True)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    sign_in(page, live_server.url, office.clerk)
    visit(page, f"{live_server.url}{reverse('documents:clerk', args=['register'])}")

    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("[data-bulk-count]").inner_text() == "1"
    page.keyboard.press("Shift+X")
    assert page.locator("[data-bulk-count]").inner_text() == "3"
    assert_accessible(page)
    picture(page, f"bulk-ticked-{width}")

    page.get_by_role("region", name="Việc với các dòng đã chọn").get_by_role("button", name="Vào sổ").click()
    assert_accessible(page)
    picture(page, f"bulk-confirm-{width}")
    page.get_by_role("button", name="Vào sổ 3 văn bản").click()
    page.wait_for_url("**/hang-loat/luot/**")
    picture(page, f"bulk-under-way-{width}")
    run_jobs()
    page.get_by_role("heading", name="Vào sổ: xong 3 trong 3 văn bản").wait_for()
    assert_accessible(page)
    picture(page, f"bulk-over-{width}")

    assert sorted(Incoming.objects.values_list("arrival_number", flat=True)) == [1, 2, 3]


def test_the_list_of_keys_names_the_pages_and_g_leads_there(desktop, live_server):
    office = make_commune()
    sign_in(desktop, live_server.url, office.clerk)
    visit(desktop, f"{live_server.url}{reverse('desk:home')}")

    desktop.keyboard.press("Shift+Slash")
    desktop.get_by_role("dialog", name="Phím tắt").get_by_role("link", name="Việc văn thư").wait_for()
    assert_accessible(desktop)
    picture(desktop, "keys")
    desktop.keyboard.press("Escape")
    desktop.keyboard.press("g")
    desktop.keyboard.press("u")

    desktop.wait_for_url(f"**{reverse('documents:clerk')}")
