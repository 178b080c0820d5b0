"""The pages of papers in a real browser at both widths: accessible, alive without scripts, the story's clicks."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from congso.kernel.ids import new_id
from congso.modules.documents import commands
from congso.modules.documents.commands import DirectionInput
from congso.modules.documents.kinds import IncomingState
from congso.modules.documents.models import Document, Incoming
from congso.modules.documents.tests.factories import (
    NOW,
    TODAY,
    draft_input,
    make_commune,
    make_district,
)
from congso.modules.documents.tests.test_story import approved, issued, with_keys
from congso.modules.documents.tests.worker import forget_jobs, run_jobs
from tests.browser import DESKTOP, assert_accessible, new_context, picture, sign_in, visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def on_the_day_of_the_story(settings, transactional_db):
    forget_jobs()
    settings.CONGSO_CLOCK_OFFSET = (NOW - datetime.now(UTC)).total_seconds()
    settings.CONGSO_TRAINING = True


@pytest.fixture
def district():
    return with_keys(make_district())


@pytest.fixture
def commune():
    return with_keys(make_commune())


def url(site, name, *args):
    return f"{site.url}{reverse(f'documents:{name}', args=args)}"


@pytest.fixture
def plan(district, commune):
    """A plan of the district that stands at the commune's door."""
    return issued(district, approved(district, commune.organ, reply_due_date=TODAY + timedelta(days=9)))


@pytest.mark.parametrize("width", ["desktop", "phone"])
class TestLooks:
    def test_lists(self, request, live_server, width, district, commune, plan):
        page = request.getfixturevalue(width)
        for office, names in ((commune, ["incoming"]), (district, ["outgoing", "outgoing_register"])):
            sign_in(page, live_server.url, office.clerk)
            for name in names:
                visit(page, url(live_server, name))
                assert_accessible(page)
                picture(page, f"documents-{name}-{width}")

    def test_drafts_and_compose(self, request, live_server, width, district, commune):
        page = request.getfixturevalue(width)
        sign_in(page, live_server.url, district.author)
        draft = draft_input(district, commune.organ)
        document = commands.create_draft(new_id(), draft, by=district.actor("author"), now=NOW)
        for name, args in (("drafts", []), ("compose", []), ("edit", [document.id]), ("secret", [])):
            visit(page, url(live_server, name, *args))
            assert_accessible(page)
            picture(page, f"documents-{name}-{width}")

    def test_a_paper_on_its_way(self, request, live_server, width, district, commune):
        page = request.getfixturevalue(width)
        document = commands.create_draft(
            new_id(), draft_input(district, commune.organ), by=district.actor("author"), now=NOW
        )
        commands.submit_for_review(document.id, by=district.actor("author"), now=NOW)
        sign_in(page, live_server.url, district.reviewer)
        visit(page, url(live_server, "detail", document.id))
        assert_accessible(page)
        picture(page, f"documents-review-{width}")
        commands.initial(document.id, by=district.actor("reviewer"), now=NOW)
        sign_in(page, live_server.url, district.chair)
        for name, args in (("detail", [document.id]), ("to_sign", [])):
            visit(page, url(live_server, name, *args))
            assert_accessible(page)
            picture(page, f"documents-sign-{name}-{width}")

    def test_an_issued_paper_and_its_words(self, request, live_server, width, district, plan):
        page = request.getfixturevalue(width)
        sign_in(page, live_server.url, district.clerk)
        for name in ("detail", "text"):
            visit(page, url(live_server, name, plan.id))
            assert_accessible(page)
            picture(page, f"documents-issued-{name}-{width}")

    def test_an_incoming_paper(self, request, live_server, width, commune, plan):
        page = request.getfixturevalue(width)
        arrival = Incoming.objects.get(document=plan)
        sign_in(page, live_server.url, commune.clerk)
        visit(page, url(live_server, "incoming_detail", arrival.id))
        assert_accessible(page)
        commands.register_incoming(arrival.id, by=commune.actor("clerk"), now=NOW)
        sign_in(page, live_server.url, commune.chair)
        visit(page, url(live_server, "incoming_detail", arrival.id))
        assert_accessible(page)
        picture(page, f"documents-direct-{width}")
        order = DirectionInput(
            lead=commune.author.id, support=[commune.reviewer.id], due_date=TODAY, text="Lập báo cáo"
        )
        commands.direct_incoming(arrival.id, order, by=commune.actor("chair"), now=NOW)
        sign_in(page, live_server.url, commune.author)
        visit(page, url(live_server, "incoming_detail", arrival.id))
        assert_accessible(page)
        picture(page, f"documents-handle-{width}")


def test_the_chairman_directs_on_a_phone(phone, live_server, commune, plan):
    arrival = Incoming.objects.get(document=plan)
    commands.register_incoming(arrival.id, by=commune.actor("clerk"), now=NOW)
    sign_in(phone, live_server.url, commune.chair)
    visit(phone, url(live_server, "incoming_detail", arrival.id))

    phone.locator(".cs-act").get_by_role("link", name="Giao xử lý").click()
    phone.get_by_label("Chủ trì").select_option(str(commune.author.id))
    phone.get_by_label("Hạn xử lý").fill("8/12")
    phone.get_by_label("Ý kiến chỉ đạo").fill("Lập báo cáo, trình trước 7/12.")
    phone.get_by_role("button", name="Giao xử lý").click()
    phone.get_by_text("Đã giao xử lý").first.wait_for()

    arrival.refresh_from_db()
    assert (arrival.state, f"{arrival.due_date}") == (IncomingState.DIRECTED, "2023-12-08")


def test_a_plan_is_written_and_submitted_with_the_editor(desktop, live_server, district, commune):
    sign_in(desktop, live_server.url, district.author)
    visit(desktop, url(live_server, "compose"))

    desktop.get_by_label("Không có").check()
    desktop.get_by_label("Trích yếu").fill("Kế hoạch chuyển đổi số năm 2024")
    desktop.locator(".cs-ed__page").click()
    desktop.keyboard.type("Đoạn mở đầu của kế hoạch.")
    desktop.get_by_label("Người ký").select_option(str(district.chair.id))
    desktop.get_by_text("Đã lưu nháp lúc").wait_for()
    assert Document.objects.get().subject == "Kế hoạch chuyển đổi số năm 2024"
    picture(desktop, "documents-compose-typed")
    desktop.get_by_role("button", name="Trình xem xét").click()

    desktop.get_by_text("còn thiếu nơi nhận").first.wait_for()
    assert "Đoạn mở đầu" in desktop.locator(".cs-ed__page").inner_text()


def test_without_scripts_a_draft_is_saved_and_submitted(chromium, live_server, district):
    context = new_context(chromium, DESKTOP, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server.url, district.author)
    visit(page, url(live_server, "compose"))

    page.get_by_label("Không có").check()
    page.get_by_label("Trích yếu").fill("Kế hoạch không cần mã lệnh")
    page.get_by_label("Nội dung", exact=True).fill("Một đoạn.")
    page.get_by_role("button", name="Lưu nháp").click()
    page.get_by_text("Đã lưu nháp lúc").wait_for()

    assert Document.objects.get().subject == "Kế hoạch không cần mã lệnh"
    context.close()
    run_jobs()
