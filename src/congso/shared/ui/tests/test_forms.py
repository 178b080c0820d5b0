"""Fields as the house draws them."""

from datetime import date

import pytest
from django import forms
from django.http import QueryDict
from django.template import engines

from congso.kernel import clock
from congso.kernel.errors import InvalidInput
from congso.shared.ui.forms import DateField, TextField, control, error_links, once_id, typed_date

TODAY = date(2023, 11, 29)


class Direction(forms.Form):
    due = DateField(label="Hạn xử lý", help_text="Ngày làm việc")
    lead = forms.ChoiceField(label="Chủ trì", choices=[("a", "A")], widget=forms.RadioSelect)
    say = TextField(label="Ý kiến", required=False)


@pytest.mark.parametrize(
    "typed", ["08/12/2023", "8/12/2023", "8/12", "8-12-23", "081223", "08122023", "0812", "8.12.2023"]
)
def test_officials_type_a_day_in_many_ways(typed):
    assert typed_date(typed, TODAY) == date(2023, 12, 8)


@pytest.mark.parametrize("typed", ["31/11/2023", "8", "hôm nay", "8/12/2023/1", "8/x/2023", "", "99/99"])
def test_what_is_no_day_is_no_day(typed):
    assert typed_date(typed, TODAY) is None


def test_a_day_that_the_calendar_lacks_is_refused_in_words():
    form = Direction({"due": "31/11/2023", "lead": "a"})

    assert form.errors["due"] == ["Không có ngày này trong lịch. Gõ như 08/12/2023, hoặc 8/12."]


def test_a_kept_day_is_shown_as_it_is_typed():
    assert 'value="08/12/2023"' in control(Direction(initial={"due": date(2023, 12, 8)})["due"])


def test_text_is_kept_composed():
    form = Direction({"due": "8/12/2023", "lead": "a", "say": "Te\u0302\u0301 Lo\u031b\u0323i"})

    assert form.is_valid()
    assert form.cleaned_data["say"] == "Tế Lợi"


def test_an_input_is_described_by_its_hint_and_its_error():
    drawn = control(Direction({"due": "", "lead": "a"})["due"])

    assert 'aria-describedby="id_due-hint id_due-error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert "form-control cs-w-date" in drawn


def test_errors_are_listed_with_the_input_to_go_to():
    form = Direction({"due": "31/11/2023", "lead": "a"})

    assert error_links(form) == [("id_due", "Hạn xử lý", "Không có ngày này trong lịch. Gõ như 08/12/2023, hoặc 8/12.")]


def test_errors_of_choices_lead_to_the_group():
    assert error_links(Direction({"due": "8/12/2023"}))[0][0] == "id_lead"


def test_a_field_without_duty_says_so():
    template = engines["django"].from_string('{% include "ui/components/field.html" with field=field only %}')

    drawn = template.render({"field": Direction()["say"]})

    assert "(không bắt buộc)" in drawn


def test_this_year_is_that_of_the_given_clock(settings):
    settings.CONGSO_CLOCK_OFFSET = 0

    assert DateField().clean("1/2") == date(clock.today().year, 2, 1)


class TestOnce:
    def test_a_form_gets_an_id_of_its_own(self):
        template = engines["django"].from_string("{% load ui %}{% once %}")

        assert template.render({}) != template.render({})

    def test_the_id_comes_back_with_the_form(self):
        assert once_id(QueryDict("once=0192f0c4-7c1e-7000-8000-000000000001")).version == 7

    def test_a_form_without_one_is_refused(self):
        with pytest.raises(InvalidInput):
            once_id(QueryDict(""))
