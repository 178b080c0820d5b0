"""A real browser for journeys: fixtures, two widths, and the check by axe.

Use: mark the test ``journey``, take ``desktop`` or ``phone`` (a page at 1366 or 390 px) and ``live_server``; call
``assert_accessible(page)`` on each screen. Sign in with ``sign_in(page, live_server.url, position)``.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from congso.shared.accounts.tests.factories import sign_in as put_in
from congso.shared.people.models import Position

DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 15_000
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ROOT = Path(__file__).resolve().parents[1]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "test-results"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# What sticks out at the right, if the page scrolls sideways at all.
TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll("body *")]
        .filter(one => one.getBoundingClientRect().right > width + 1)
        .slice(0, 5).map(one => one.outerHTML.slice(0, 120));
}"""


def find_chromium() -> str | None:
    """Return the browser: ``$CONGSO_CHROMIUM``, the system's, or None for the one that playwright keeps itself."""
    named = os.environ.get("CONGSO_CHROMIUM")
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return named or next((path for path in found if path), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    # Playwright's loop runs in this thread; Django would take our plain calls for calls from a coroutine.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


def new_context(browser: Browser, size: dict[str, int], **options: Any) -> BrowserContext:
    """Open a fresh browser profile: one per person of a story."""
    context = browser.new_context(viewport=size, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", **options)
    context.set_default_timeout(PATIENCE_MS)
    return context


@pytest.fixture
def desktop(chromium: Browser) -> Iterator[Page]:
    context = new_context(chromium, DESKTOP)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    context = new_context(chromium, PHONE, has_touch=True)
    yield context.new_page()
    context.close()


def visit(page: Page, address: str) -> None:
    """Open an address; fail unless the page itself came, not an error page."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.ok, f"{address} answered {answer.status}: {page.inner_text('body')[:500]}"


def sign_in(page: Page, site: str, position: Position) -> None:
    """Give the browser a session under that position; its person gets an account if there is none."""
    client = Client()
    put_in(client, position)
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])


def violations(page: Page) -> list[str]:
    """Return what axe finds on the page, each with the rule, the words and the first places."""
    page.evaluate(AXE.read_text())
    answer = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    return [
        f"{found['id']}: {found['help']}: "
        + "; ".join(str(node["target"]) + " " + node["html"][:160] for node in found["nodes"][:4])
        for found in answer["violations"]
    ]


def assert_accessible(page: Page) -> None:
    """Fail if axe finds anything, or if the page scrolls sideways."""
    found = violations(page)
    assert not found, f"{page.url}\n" + "\n".join(found)
    wide = page.evaluate(TOO_WIDE)
    assert not wide, f"{page.url} scrolls sideways: {wide}"


def picture(page: Page, name: str) -> Path:
    """Keep a picture of the whole page in ``test-results/``."""
    PICTURES.mkdir(exist_ok=True)
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path, full_page=True)
    return path
