"""The account's pages in a real browser: accessible at both widths, and the way in, typed."""

import pytest
from django.urls import reverse

from congso.shared.accounts.tests.factories import PASSWORD, AccountFactory
from congso.shared.organs.tests.factories import OrganFactory
from congso.shared.people.tests.factories import PersonFactory, PositionFactory
from tests.browser import assert_accessible, picture, sign_in, visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PAGES = ["hat", "sessions", "password", "tokens"]


@pytest.fixture
def clerk():
    """Somebody with two hats."""
    person = PersonFactory(full_name="Lê Thị Mẫu")
    organ = OrganFactory(place_name="Thăng Long")
    PositionFactory(person=person, organ=organ)
    return PositionFactory(person=person, organ=organ, clerk=True)


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_each_page_of_the_account_is_accessible(request, live_server, clerk, width):
    page = request.getfixturevalue(width)
    sign_in(page, live_server.url, clerk)
    for name in PAGES:
        visit(page, live_server.url + reverse(f"accounts:{name}"))
        picture(page, f"accounts-{name}-{width}")
        assert_accessible(page)


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_the_way_in_is_accessible_also_when_it_refuses(request, live_server, width):
    page = request.getfixturevalue(width)
    visit(page, live_server.url + reverse("accounts:login"))
    assert_accessible(page)

    page.get_by_label("Tên đăng nhập").fill("le.mau")
    page.get_by_label("Mật khẩu").fill("sai mật khẩu")
    page.get_by_role("button", name="Đăng nhập").click()

    page.get_by_text("Kiểm tra bộ gõ tiếng Việt").wait_for()
    picture(page, f"accounts-login-{width}")
    assert_accessible(page)


def test_one_signs_in_changes_the_hat_and_signs_out(desktop, live_server, clerk):
    AccountFactory(person=clerk.person, username="le.mau")
    visit(desktop, live_server.url + reverse("accounts:login"))
    desktop.get_by_label("Tên đăng nhập").fill("le.mau")
    desktop.get_by_label("Mật khẩu").fill(PASSWORD)
    desktop.get_by_role("button", name="Đăng nhập").click()
    desktop.wait_for_url("**" + reverse("desk:home"))

    desktop.get_by_role("link", name="Làm việc với tư cách").click()
    desktop.get_by_role("button", name="Chuyên viên").click()
    desktop.get_by_text("Từ nay làm việc với tư cách Chuyên viên").wait_for()

    visit(desktop, live_server.url + reverse("desk:menu"))
    desktop.get_by_role("button", name="Đăng xuất").click()
    desktop.wait_for_url("**" + reverse("accounts:login"))
