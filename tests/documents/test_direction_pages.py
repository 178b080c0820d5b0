"""The screens of directions in a real browser, at both widths: what panels bring in works and is accessible."""

import pytest
from django.urls import reverse

from congso.kernel import clock
from congso.modules.documents import commands
from congso.modules.documents.commands import DirectionInput
from congso.modules.documents.models import Assignment
from congso.modules.documents.tests.factories import (
    IncomingFactory,
    drawn_and_signed,
    make_district,
)
from congso.shared.calendar import add_working_days
from tests.browser import assert_accessible, picture, sign_in, visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office():
    return make_district()


@pytest.fixture
def directed(office):
    """A paper of today: the site in the browser lives by the real clock."""
    signed = drawn_and_signed(office)
    paper = IncomingFactory(organ=office.organ, registered=True, file=signed.signed_pdf, pages=1)
    due = add_working_days(clock.today(), 4)
    order = DirectionInput(lead=office.drafting.id, support=[office.author.id], text="Lập báo cáo", due_date=due)
    commands.direct_incoming(paper.id, order, by=office.actor("chair"), now=clock.now())
    return paper


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_the_panels_of_an_incoming_paper(request, live_server, width, office, directed):
    page = request.getfixturevalue(width)
    address = live_server.url + reverse("documents:incoming_detail", args=[directed.id])
    sign_in(page, live_server.url, office.chair)
    visit(page, live_server.url + reverse("documents:print_incoming", args=[directed.id]))
    page.wait_for_function("document.querySelector('.cs-a4 img').complete")
    assert_accessible(page)
    picture(page, f"stamp-{width}")
    visit(page, address)
    for title in ("Tiến độ", "Cho thêm ý kiến", "Chuyển tiếp", "Ai đã đọc"):
        page.locator("summary", has_text=title).first.click()
    page.get_by_text("chưa đọc").first.wait_for()
    page.get_by_role("button", name="Chuyển tiếp").wait_for()
    assert_accessible(page)
    picture(page, f"directions-chair-{width}")
    sign_in(page, live_server.url, office.reviewer)
    visit(page, address)
    page.locator("summary", has_text="Giao tiếp").click()
    page.get_by_role("button", name="Giao tiếp").wait_for()
    assert_accessible(page)
    picture(page, f"directions-head-{width}")


def test_a_head_splits_the_part_and_a_leader_moves_the_day(desktop, live_server, office, directed):
    page = desktop
    address = live_server.url + reverse("documents:incoming_detail", args=[directed.id])
    sign_in(page, live_server.url, office.reviewer)
    visit(page, address)
    page.locator("summary", has_text="Giao tiếp").click()
    page.get_by_label("Chủ trì").select_option(str(office.author.id))
    page.get_by_label("3 ngày làm việc").check()
    page.get_by_role("button", name="Giao tiếp").click()
    page.get_by_text("Đã giao xử lý, hạn").first.wait_for()
    sign_in(page, live_server.url, office.chair)
    visit(page, address)
    page.locator("summary", has_text="Tiến độ").click()
    page.locator("summary", has_text="Đổi hạn xử lý").click()
    page.get_by_label("10 ngày làm việc").check()
    page.get_by_label("Lý do").first.fill("Chờ số liệu")
    page.get_by_role("button", name="Đổi hạn").click()
    page.get_by_text("Đã đổi hạn xử lý").first.wait_for()

    assert set(Assignment.objects.filter(done_at=None).values_list("due_date", flat=True)) == {
        add_working_days(clock.today(), 3),
        add_working_days(clock.today(), 10),
    }
