"""The pages of single papers: nothing for axe at both widths, and a draft is written without scripts."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from congso.kernel.ids import new_id
from congso.modules.documents import commands
from congso.modules.documents.commands import DirectionInput
from congso.modules.documents.models import Document
from congso.modules.documents.tests.factories import (
    NOW,
    TODAY,
    IncomingFactory,
    draft_input,
    drawn_and_signed,
    make_district,
)
from congso.shared.organs.tests.factories import OrganFactory
from tests.architecture.test_bundle import DESK_BYTES
from tests.browser import DESKTOP, assert_accessible, new_context, picture, sign_in, visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def on_the_day_of_the_story(settings):
    settings.CONGSO_CLOCK_OFFSET = (NOW - datetime.now(UTC)).total_seconds()


@pytest.fixture
def office():
    return make_district()


def weight(answer):
    body = answer.body()
    return len(body) if answer.url.endswith(".woff2") else len(gzip.compress(body, 6))


def at(site, name, *args):
    return f"{site.url}{reverse(f'documents:{name}', args=args)}"


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_the_pages_of_a_paper_are_accessible(request, live_server, width, office):
    page = request.getfixturevalue(width)
    draft = commands.create_draft(new_id(), draft_input(office, OrganFactory()), by=office.actor("author"), now=NOW)
    signed = drawn_and_signed(office)
    numbered = commands.number_document(drawn_and_signed(office).id, by=office.actor("clerk"), now=NOW)
    given = IncomingFactory(organ=office.organ, registered=True, file=signed.signed_pdf, pages=1)
    order = DirectionInput(lead=office.reviewer.id, support=[office.drafting.id], due_date=TODAY + timedelta(days=7))
    commands.direct_incoming(given.id, order, by=office.actor("chair"), now=NOW)
    waiting = IncomingFactory(organ=office.organ, registered=True, file=signed.signed_pdf, pages=1)

    for position, name, record in (
        (office.author, "edit", draft),
        (office.author, "detail", draft),
        (office.clerk, "detail", signed),
        (office.clerk, "detail", numbered),
        (office.clerk, "text", numbered),
        (office.clerk, "incoming_text", given),
        (office.reviewer, "incoming_detail", given),
        (office.chair, "incoming_detail", waiting),
    ):
        sign_in(page, live_server.url, position)
        visit(page, at(live_server, name, record.id))
        assert_accessible(page)
        picture(page, f"paper-{name}-{position.role}-{width}")


def test_without_scripts_a_draft_is_written_and_kept(chromium, live_server, office):
    context = new_context(chromium, DESKTOP, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server.url, office.author)
    visit(page, at(live_server, "compose"))

    page.get_by_label("Không có").check()
    page.get_by_label("Trích yếu").fill("Kế hoạch không cần mã lệnh")
    page.get_by_label("Nội dung", exact=True).fill("Một đoạn.\nMột đoạn nữa.")
    page.get_by_role("button", name="Lưu nháp").click()
    page.get_by_text("Đã lưu nháp lúc").wait_for()

    kept = Document.objects.get()
    assert kept.subject == "Kế hoạch không cần mã lệnh"
    assert [block["type"] for block in kept.body["content"]] == ["paragraph", "paragraph"]
    context.close()


def test_the_compose_page_of_a_district_loads_within_the_budget_the_editor_included(live_server, desktop, office):
    for _ in range(29):
        OrganFactory(parent=office.organ)
    draft = commands.create_draft(new_id(), draft_input(office), by=office.actor("author"), now=NOW)
    sign_in(desktop, live_server.url, office.author)
    answers = []
    desktop.on("response", lambda answer: answers.append(answer) if "xem-truoc" not in answer.url else None)

    visit(desktop, at(live_server, "edit", draft.id))
    desktop.locator(".cs-ed__page").wait_for()
    desktop.wait_for_load_state("networkidle")

    bodies = {answer.url: answer.body() for answer in answers}
    weighed = {
        url: len(body) if url.endswith(".woff2") else len(gzip.compress(body, 6)) for url, body in bodies.items()
    }
    assert sum(weighed.values()) <= DESK_BYTES, weighed
    assert any("editor" in url for url in weighed)
