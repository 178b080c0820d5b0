"""The template library ``ui``: icons, Vietnamese dates and numbers, form fields, the hat."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from congso.kernel import clock
from congso.kernel.ids import new_id
from congso.shared.ui import forms, words
from congso.shared.ui.status import STATUSES, Status

register = template.Library()

SPRITE = "built/icons.svg"


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Draw an icon of the sprite. It repeats the words beside it, so readers of the screen skip it.

    :param name: of @tabler/icons (outline); write it literally, the build collects it.
    :param size: ``s`` or ``l``.
    """
    return _drawn(name, size)


@cache
def _drawn(name: str, size: str) -> SafeString:
    classes = f"icon icon-{size}" if size else "icon"
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, static(SPRITE), name)


@register.simple_tag
def once() -> SafeString:
    """Give a form an id of its own, so that the server knows it when it comes twice (``forms.once_id``)."""
    return format_html('<input type="hidden" name="{}" value="{}">', forms.ONCE, new_id())


@register.filter
def vn_date(value: date | datetime | None) -> str:
    return words.vn_date(value) if value else ""


@register.filter
def vn_time(value: datetime | None) -> str:
    return words.vn_time(value) if value else ""


@register.filter
def vn_datetime(value: datetime | None) -> str:
    return words.vn_datetime(value) if value else ""


@register.filter
def vn_datetime_seconds(value: datetime | None) -> str:
    """For signatures only."""
    return words.vn_datetime(value, seconds=True) if value else ""


@register.filter
def vn_weekday_date(value: date | datetime | None) -> str:
    return words.vn_weekday_date(value) if value else ""


@register.filter
def vn_relative(value: date | datetime | None) -> str:
    return words.vn_relative(value, clock.now()) if value else ""


@register.filter
def vn_due(value: date | datetime | None) -> str:
    return words.vn_due(value, clock.now()) if value else ""


@register.filter
def due_tone(value: date | datetime | None) -> str:
    """``bad`` when over, ``warn`` today, else nothing: the end of a class name."""
    if not value:
        return ""
    now = clock.now()
    day, today = words.day_of(value), clock.day_of(now)
    if day < today or (isinstance(value, datetime) and value < now):
        return "bad"
    return "warn" if day == today else ""


@register.filter
def vn_number(value: float | Decimal | None, places: int | None = None) -> str:
    return "" if value is None else words.vn_number(value, places)


@register.filter
def vn_percent(value: float | Decimal | None) -> str:
    return "" if value is None else words.vn_percent(value)


@register.filter
def vn_size(value: int | None) -> str:
    return "" if value is None else words.vn_size(value)


@register.filter
def control(field: BoundField) -> SafeString:
    """Draw a field's input alone, with its classes, described by its hint and error."""
    return forms.control(field)


@register.filter
def choices(field: BoundField) -> list[Any]:
    """Return the boxes or circles of a field, each with ``tag``, ``id_for_label`` and ``choice_label``."""
    return list(forms.choices(field))


@register.filter
def described_by(field: BoundField) -> str:
    """Return the ids of a field's hint and error."""
    return forms.described_by(field)


@register.filter
def widget_kind(field: BoundField) -> str:
    """Say how a field is laid out: input, select, textarea, choices, check, file or hidden."""
    return forms.widget_kind(field)


@register.filter
def error_links(form: Any) -> list[tuple[str, str, str]]:
    """List a form's errors as (id of the input, label, message)."""
    return forms.error_links(form)


@register.filter
def initials(full_name: str) -> str:
    """Return first and last letter of a Vietnamese name: Nguyễn Văn Thử gives NT."""
    parts = full_name.split()
    return (parts[0][0] + parts[-1][0] if len(parts) > 1 else full_name[:2]).upper()


@register.filter
def status_of(word: str) -> Status:
    """Return look and word of one of the states in ``status.STATUSES``."""
    return STATUSES[word]
