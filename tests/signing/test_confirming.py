"""Confirming signatures in a real browser: accessible, honest about what is ticked, alive without scripts."""

import pytest
from django.urls import reverse

from congso.kernel import clock
from congso.modules.signing import jobs, signables
from congso.modules.signing.models import SignatureItem, SignatureRequest
from congso.modules.signing.tests.factories import paper
from congso.modules.signing.tests.signables import KIND, Shelf
from congso.shared.keys.tests.factories import PIN, enrolled_key
from congso.shared.people.tests.factories import PersonFactory, PositionFactory
from tests.browser import DESKTOP, assert_accessible, new_context, picture, sign_in, visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

READ = [
    "Quyết định kiện toàn Tổ công nghệ số cộng đồng các thôn",
    "Báo cáo kết quả thực hiện tiêu chí xã chuyển đổi số tháng 11",
    "Giấy mời họp sơ kết chuyển đổi số năm 2023 của xã",
]


@pytest.fixture
def shelf(monkeypatch):
    shelf = Shelf()
    monkeypatch.setattr(signables.registry, "_by_kind", {KIND: shelf.signable()})
    return shelf


@pytest.fixture
def chairman():
    chairman = PositionFactory(chair=True, person=PersonFactory(full_name="Nguyễn Văn Thử"))
    enrolled_key("person", chairman.person_id, now=clock.now())
    return chairman


@pytest.fixture
def batch(shelf, chairman):
    """Three papers that were read, one that was not, one that changed since."""
    orders = [shelf.put(chairman.person_id, title=title) for title in READ]
    orders.append(
        shelf.put(chairman.person_id, title="Tờ trình đề nghị hỗ trợ kinh phí đài truyền thanh", read_at=None)
    )
    changed = shelf.put(chairman.person_id, title="Kế hoạch tập huấn kỹ năng số cho cán bộ thôn năm 2024")
    shelf.change(changed, paper())
    return [*orders, changed]


def address(site, orders):
    return f"{site.url}{reverse('signing:confirm', args=[KIND])}?" + "&".join(f"id={one.subject_id}" for one in orders)


def work_off():
    """What the worker does."""
    for request in SignatureRequest.objects.all():
        jobs.sign_request(request_id=str(request.id))


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_batch_is_confirmed_followed_and_read(request, live_server, width, chairman, batch):
    page = request.getfixturevalue(width)
    sign_in(page, live_server.url, chairman)

    visit(page, address(live_server, batch))
    assert_accessible(page)
    picture(page, f"signing-confirm-{width}")
    button = page.get_by_role("button", name="Ký 3 văn bản")
    page.get_by_label(READ[2]).uncheck()
    button.wait_for(state="hidden")
    page.get_by_label("Mã PIN ký số").fill("000000")
    page.get_by_role("button", name="Ký 2 văn bản").click()

    page.get_by_text("Mã PIN sai, còn 4 lần. Chưa văn bản nào được ký.").first.wait_for()
    assert_accessible(page)
    picture(page, f"signing-wrong-{width}")
    assert not page.get_by_label(READ[2]).is_checked()
    page.get_by_label("Mã PIN ký số").fill(PIN)
    page.get_by_role("button", name="Ký 2 văn bản").click()

    page.get_by_role("heading", name="Đang ký").wait_for()
    assert_accessible(page)
    picture(page, f"signing-progress-{width}")
    work_off()
    page.get_by_role("heading", name="Đã ký 2 văn bản").wait_for()
    assert_accessible(page)
    picture(page, f"signing-done-{width}")
    assert SignatureItem.objects.filter(state="signed").count() == 2


def test_it_works_without_scripts(chromium, live_server, chairman, shelf):
    order = shelf.put(chairman.person_id)
    context = new_context(chromium, DESKTOP, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server.url, chairman)

    visit(page, address(live_server, [order]))
    page.get_by_label("Mã PIN ký số").fill(PIN)
    page.get_by_role("button", name="Ký 1 văn bản").click()
    page.get_by_role("heading", name="Đang ký").wait_for()
    work_off()
    page.get_by_role("link", name="Xem đã ký đến đâu").click()

    page.get_by_role("heading", name="Đã ký 1 văn bản").wait_for()
    context.close()


def test_the_report_says_whether_a_file_holds(desktop, live_server, chairman, shelf):
    order = shelf.put(chairman.person_id)
    sign_in(desktop, live_server.url, chairman)
    visit(desktop, address(live_server, [order]))
    desktop.get_by_label("Mã PIN ký số").fill(PIN)
    desktop.get_by_role("button", name="Ký 1 văn bản").click()
    desktop.get_by_role("heading", name="Đang ký").wait_for()
    work_off()
    shelf.keep(order, SignatureItem.objects.get().signed_file_sha256)

    visit(desktop, live_server.url + reverse("signing:report", args=[KIND, order.subject_id]))
    assert_accessible(desktop)
    desktop.get_by_role("button", name="Kiểm tra").click()

    desktop.get_by_text("Hợp lệ", exact=True).wait_for()
    assert_accessible(desktop)
    picture(desktop, "signing-report")
