"""Every component, in a real browser at both widths."""

import pytest

from tests.browser import assert_accessible, picture, visit

pytestmark = [pytest.mark.journey, pytest.mark.urls("tests.ui.site"), pytest.mark.django_db(transaction=True)]


def test_components_are_accessible_on_a_desk(desktop, live_server):
    visit(desktop, f"{live_server.url}/components/")

    assert_accessible(desktop)
    picture(desktop, "components-1366")


def test_components_are_accessible_on_a_phone(phone, live_server):
    visit(phone, f"{live_server.url}/components/")

    assert_accessible(phone)
    picture(phone, "components-390")
