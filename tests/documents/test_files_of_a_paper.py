"""Files of a paper in a browser: attached, and a PDF whose number and signature are placed by hand and by keys."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from congso.kernel.ids import new_id
from congso.modules.documents import commands, placing
from congso.modules.documents.models import Document
from congso.modules.documents.tests.factories import NOW, draft_input, make_district
from congso.modules.documents.tests.test_from_pdf import made_elsewhere
from congso.modules.documents.tests.test_story import scan
from congso.shared.files.tests.factories import docx_saying
from congso.shared.organs.tests.factories import OrganFactory
from tests.browser import assert_accessible, picture, sign_in, visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def on_the_day_of_the_story(settings):
    settings.CONGSO_CLOCK_OFFSET = (NOW - datetime.now(UTC)).total_seconds()


@pytest.fixture
def office():
    return make_district()


@pytest.fixture
def draft(office):
    """A draft with two files and a PDF in place of its body."""
    by = office.actor("author")
    draft = commands.create_draft(new_id(), draft_input(office, OrganFactory()), by=by, now=NOW)
    commands.attach(draft.id, new_id(), scan(), name="Danh sách các thôn được hỗ trợ.pdf", by=by, now=NOW)
    gone = commands.attach(draft.id, new_id(), docx_saying("Biểu"), name="Biểu mẫu báo cáo.docx", by=by, now=NOW)
    commands.attach(draft.id, new_id(), docx_saying("Hai"), name="Phụ lục II.docx", by=by, now=NOW)
    commands.remove_attachment(draft.id, gone.id, by=by, now=NOW)
    pdf = made_elsewhere(office.chair.person.full_name)
    return commands.take_pdf(draft.id, pdf, name="ke-hoach.pdf", by=by, now=NOW)


def address(site, name, *args):
    return f"{site.url}{reverse(f'documents:{name}', args=args)}"


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_the_pages_of_files_are_accessible(request, live_server, width, office, draft):
    page = request.getfixturevalue(width)
    attachment = draft.attachments.order_by("place").first()
    sign_in(page, live_server.url, office.author)

    for name, args in (
        ("from_pdf", [draft.id]),
        ("panel", [draft.id, "tep-kem"]),
        ("attachment", [attachment.id]),
        ("edit", [draft.id]),
        ("detail", [draft.id]),
    ):
        visit(page, address(live_server, name, *args))
        assert_accessible(page)
        picture(page, f"files-{name}-{width}")
    commands.drop_pdf(draft.id, by=office.actor("author"), now=NOW)
    visit(page, address(live_server, "from_pdf", draft.id))
    assert_accessible(page)
    picture(page, f"files-choose-{width}")


def test_the_seal_is_dragged_stepped_and_put_where_one_clicks(desktop, live_server, office, draft):
    page = desktop
    sign_in(page, live_server.url, office.author)
    visit(page, address(live_server, "from_pdf", draft.id))
    seal = page.locator('[data-box="organ"]')
    left = page.locator('[name="organ_left"]')

    seal.scroll_into_view_if_needed()
    box = seal.bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 70, box["y"] + 10, steps=4)
    page.mouse.up()
    dragged = float(left.input_value())
    seal.press("ArrowLeft")
    stepped = float(left.input_value())
    page.locator('[data-page="2"]').click(position={"x": 60, "y": 60})
    page.get_by_role("button", name="Lưu và xem lại").click()
    page.wait_for_load_state()

    places = placing.from_json(Document.objects.get(id=draft.id).places)
    before = placing.from_json(draft.places)
    assert dragged > before["organ"].x0 / placing.POINTS_PER_MM + 10
    assert round(dragged - stepped, 1) == 1
    assert places["organ"].x0 < before["organ"].x0
    assert places["leader"] == before["leader"]
