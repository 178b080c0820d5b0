"""Form fields as the house draws them, and the fields that Vietnamese input needs."""

import re
import unicodedata
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from congso.kernel import clock
from congso.kernel.errors import InvalidInput
from congso.shared.ui import words

CLASSES = {"input": "form-control", "select": "form-select", "textarea": "form-control", "file": "form-control"}
CENTURY = 2000
ONCE = "once"
# In the address of a list: all fields of its filter are asked for.
ALL_FIELDS = "them"


def widget_kind(field: BoundField) -> str:
    """Say how a field is laid out: input, select, textarea, choices, check, file or hidden."""
    widget = field.field.widget
    kinds: tuple[tuple[type[forms.Widget], str], ...] = (
        (forms.HiddenInput, "hidden"),
        (forms.CheckboxInput, "check"),
        (forms.RadioSelect, "choices"),
        (forms.CheckboxSelectMultiple, "choices"),
        (forms.Select, "select"),
        (forms.Textarea, "textarea"),
        (forms.FileInput, "file"),
    )
    return next((kind for widget_type, kind in kinds if isinstance(widget, widget_type)), "input")


def control(field: BoundField) -> SafeString:
    """Draw the input alone, with its classes, described by its hint and its error."""
    kind = widget_kind(field)
    own = str(field.field.widget.attrs.get("class", ""))
    attributes: dict[str, Any] = {"class": " ".join(filter(None, (CLASSES.get(kind, "form-check-input"), own)))}
    if described := described_by(field):
        attributes["aria-describedby"] = described
    if field.errors:
        attributes["aria-invalid"] = "true"
    return field.as_widget(attrs=attributes)


def choices(field: BoundField) -> list[BoundWidget]:
    """Return a field's boxes or circles, each with its class."""
    found = list(field.subwidgets)
    for widget in found:
        widget.data["attrs"]["class"] = "form-check-input"
    return found


def described_by(field: BoundField) -> str:
    """Return the ids of the hint and the error that stand at the field."""
    found = [f"{field.auto_id}-hint"] if field.help_text else []
    return " ".join([*found, f"{field.auto_id}-error"] if field.errors else found)


def error_links(form: forms.BaseForm) -> list[tuple[str, str, str]]:
    """List a form's errors as (id of the input to go to, label, message); errors of the whole form have no id."""
    links = [("", "", str(message)) for message in form.non_field_errors()]
    for field in form:
        target = field.id_for_label or field.auto_id
        links.extend((str(target), str(field.label), str(message)) for message in field.errors)
    return links


def once_id(data: QueryDict) -> UUID:
    """Return the id that ``{% once %}`` gave the form: take it as the new record's, and a second press finds it made.

    :raises InvalidInput: the form carries none.
    """
    try:
        return UUID(data.get(ONCE, ""))
    except ValueError:
        raise InvalidInput(detail=_("biểu mẫu thiếu mã riêng, tải lại trang rồi gửi lần nữa")) from None


def typed_date(text: str, today: date) -> date | None:
    """Read what officials type for a day: 08/12/2023, 8/12 (this year), 8-12-23, 081223; None if it is no day."""
    digits = re.fullmatch(r"(\d\d)(\d\d)(\d\d|\d{4})?", text)
    parts = list(digits.groups()) if digits else re.split(r"[/.\-\s]+", text)
    numbers = [int(part) for part in parts if part and part.isdecimal()]
    if len(numbers) == 2:  # noqa: PLR2004 - day and month
        numbers.append(today.year)
    if len(numbers) != 3 or len(numbers) < len([part for part in parts if part]):  # noqa: PLR2004 - and the year
        return None
    day, month, year = numbers
    try:
        return date(year + CENTURY if year < 100 else year, month, day)  # noqa: PLR2004 - two digits
    except ValueError:
        return None


class DateInput(forms.TextInput):
    """A day as text; our script says the weekday beside it."""

    def format_value(self, value: Any) -> str | None:
        return words.vn_date(value) if isinstance(value, date) else super().format_value(value)


class DateField(forms.Field):
    """A day that may be typed as 08/12/2023, 8/12 or 081223."""

    widget = DateInput
    default_error_messages = {"invalid": _("Không có ngày này trong lịch. Gõ như 08/12/2023, hoặc 8/12.")}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {
            **super().widget_attrs(widget),
            "inputmode": "numeric",
            "autocomplete": "off",
            "placeholder": "dd/mm/yyyy",
            "data-date": "",
            "class": "cs-w-date",
        }

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        found = typed_date(str(value).strip(), clock.today())
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found


class TextField(forms.CharField):
    """Text as it is kept: NFC, so that equal words are equal."""

    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFC", super().to_python(value) or "")


class FilterForm(forms.Form):
    """A filter of a list: ``few`` fields are shown at once, the first is the search; the others under «Lọc thêm».

    Those are drawn only when they are asked for or filter: a dozen fields cost more than the list. What
    cannot be read filters nothing and is said beside its field.
    """

    few: ClassVar[tuple[str, ...]] = ()

    @property
    def main(self) -> list[BoundField]:
        return [self[name] for name in self.few]

    @property
    def more(self) -> list[BoundField]:
        """The other fields, if they are open."""
        names = [name for name in self.fields if name not in self.few]
        is_open = ALL_FIELDS in self.data or any(self.data.get(self.add_prefix(name)) for name in names)
        return [self[name] for name in names] if is_open else []

    @property
    def opening(self) -> str:
        """The query under which the list shows the same with all fields."""
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in self.data.items() if value and name in self.fields})
        query[ALL_FIELDS] = "1"
        return query.urlencode()
