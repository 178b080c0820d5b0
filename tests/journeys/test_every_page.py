"""Every page of the site, with real records in it: nothing for axe, no sideways scroll, at both widths.

Which role may see a page is read from the reviewed table; a route without a case in it fails another test.
"""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from congso.kernel import clock
from congso.kernel.ids import new_id
from congso.modules.documents.tests.factories import NOW
from congso.modules.documents.tests.worker import forget_jobs
from congso.shared.people.tests.factories import PositionFactory
from tests.access import table
from tests.access.cases import CASES, Case
from tests.access.world import ANONYMOUS, OWN, World, make_world
from tests.browser import TOO_WIDE, assert_accessible, picture, sign_in, violations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FEWEST_PAGES = 35


@pytest.fixture
def world(settings, transactional_db):
    forget_jobs()
    settings.CONGSO_CLOCK_OFFSET = (NOW - datetime.now(UTC)).total_seconds()
    settings.CONGSO_DEMO = True
    with clock.at(NOW):
        yield make_world()


def readers(case: Case) -> list[str]:
    """Return the roles of the own organ that get a page there; nobody where only who is not signed in does."""
    cells = table.read()[case.name]
    return [role for role in (*OWN, ANONYMOUS) if cells[role] == "200"]


def what_is_wrong(page: Page, site: str, world: World, case: Case, role: str) -> list[str] | None:
    """Open the page as that role and say what axe finds and what is too wide; None if it is no whole page."""
    page.context.clear_cookies()
    if role != ANONYMOUS:
        page.context.add_cookies([{"name": "sessionid", "value": world.sessions[role], "url": site}])
    address = site + case.address(world, role)
    answer = page.context.request.get(address)
    assert answer.ok, f"{case.name} as {role}: {answer.status}"
    if not answer.body().lstrip().lower().startswith(b"<!doctype"):
        return None
    page.goto(address)
    return violations(page) + page.evaluate(TOO_WIDE)


def test_every_page_is_accessible_and_fits_at_both_widths(desktop, phone, live_server, world):
    wrong, pages = [], set()
    for case in CASES:
        if case.method != "GET" or not (roles := readers(case)):
            continue
        for page, role in ((desktop, roles[0]), (phone, roles[-1])):
            found = what_is_wrong(page, live_server.url, world, case, role)
            if found is not None:
                pages.add(case.name)
                wrong += [f"{case.name} as {role} at {page.viewport_size}: {one}" for one in found]

    assert not wrong, "\n".join(wrong)
    assert len(pages) >= FEWEST_PAGES


# A form without the token of this sign-in, as a page sends it that was opened before.
OLD_FORM = """address => {
    const form = document.createElement("form"), words = document.createElement("textarea");
    form.method = "post";
    form.action = address;
    words.name = "reason";
    words.value = "Nêu rõ kinh phí, gửi lại trước 8/12";
    form.append(words);
    document.body.append(form);
    form.submit();
}"""


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_refusals_are_accessible_and_give_back_what_was_typed(request, width, live_server):
    page = request.getfixturevalue(width)
    sign_in(page, live_server.url, PositionFactory())
    for address, status in ((reverse("documents:detail", args=[new_id()]), 404), (reverse("documents:scan"), 403)):
        answer = page.goto(live_server.url + address)
        assert answer.status == status
        assert_accessible(page)

    page.goto(live_server.url + reverse("desk:home"))
    page.evaluate(OLD_FORM, reverse("notify:read_all"))

    page.get_by_role("heading", name="Chưa gửi được").wait_for()
    assert page.get_by_label("Nội dung vừa gõ").input_value() == "Nêu rõ kinh phí, gửi lại trước 8/12"
    assert_accessible(page)
    picture(page, f"form-too-old-{width}")
