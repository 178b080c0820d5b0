"""A form whose token is of an earlier sign-in: told in Vietnamese, and nothing typed is lost."""

from urllib.parse import urlencode

import pytest
from django import forms
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from congso.shared.accounts.tests.factories import sign_in
from congso.shared.people.tests.factories import PositionFactory
from congso.shared.ui.errors import NEVER_SHOWN, typed_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser():
    """A browser that is asked for tokens, signed in."""
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, PositionFactory())
    return browser


def test_what_was_typed_is_given_back_to_be_sent_again(browser):
    answer = browser.post(
        reverse("notify:read_all"), {"text": "Văn phòng chủ trì, báo cáo trước 8/12", "act": "direct"}
    )

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Chưa có gì thay đổi. Nội dung vừa gõ còn ở dưới" in page
    assert ">Văn phòng chủ trì, báo cáo trước 8/12</textarea>" in page


def test_a_button_without_words_is_told_to_be_pressed_again(browser):
    answer = browser.post(reverse("notify:read_all"), {"key": "0189"})

    assert answer.status_code == 403
    assert "Trở lại, tải lại trang rồi gửi lần nữa." in answer.content.decode()


def test_a_script_gets_the_sentence_alone(browser):
    answer = browser.post(reverse("notify:read_all"), {"text": "hai chữ"}, headers={"HX-Request": "true"})

    assert "form_too_old" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_secrets_and_what_machines_write_are_never_given_back():
    data = QueryDict(
        urlencode({"password": "mưa phùn Nông Cống", "pin": "12 34", "body": '{"type": "doc"}', "id": "7"})
    )

    assert typed_words(data) == []


def test_every_secret_field_of_the_site_is_among_those_never_given_back():
    def all_forms(form=forms.Form):
        for derived in form.__subclasses__():
            yield derived
            yield from all_forms(derived)

    secret = {
        name
        for form in all_forms()
        if form.__module__.startswith("congso.")
        for name, field in form.base_fields.items()
        if isinstance(field.widget, forms.PasswordInput)
    }
    assert secret
    assert secret <= NEVER_SHOWN
