"""Every page that an officer can open without naming a record: no error, nothing for axe, at both widths."""

import pytest
from django.urls import reverse

from congso.shared.authz.checks import all_routes
from congso.shared.people.tests.factories import PositionFactory
from tests.browser import assert_accessible, picture, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

FEWEST = 8
NO_PAGES = {"desk:health", "desk:day", "overseer:cards"}


def pages() -> list[str]:
    """Return the addresses of all routes without arguments, except what is no whole page."""
    parts = {reverse(name) for name in NO_PAGES}
    return sorted({f"/{path}" for path, _route in all_routes() if "<" not in path} - parts)


# One role at each width: the two together see nearly every page.
@pytest.mark.parametrize(("width", "role"), [("desktop", "chair"), ("phone", "clerk")])
def test_every_page_is_accessible(request, width, role, live_server):
    page = request.getfixturevalue(width)
    sign_in(page, live_server.url, PositionFactory(**{role: True}))
    seen = []
    for address in pages():
        answer = page.context.request.get(f"{live_server.url}{address}")
        assert answer.status < 500, f"{address}: {answer.text()[:300]}"
        if answer.status in {403, 404, 405} or "text/html" not in answer.headers["content-type"]:
            continue
        page.goto(f"{live_server.url}{address}")
        assert_accessible(page)
        picture(page, f"page{address.replace('/', '-')}{width}")
        seen.append(address)
    assert len(seen) >= FEWEST
