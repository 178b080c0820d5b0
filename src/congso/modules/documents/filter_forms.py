"""What lists and registers can be filtered by; a filter lives in the address."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from congso.modules.documents import catalogue
from congso.modules.documents.kinds import Urgency, Verdict
from congso.modules.documents.models import RegisterKind
from congso.shared.ui.forms import DateField, FilterForm, TextField

ALL = ("", _("Tất cả"))
LONGEST = 100


def _text(label: Any) -> TextField:
    return TextField(label=label, required=False, max_length=LONGEST)


def _one_of(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[ALL, *choices])


def _types() -> list[tuple[str, Any]]:
    return [ALL, *catalogue.filter_choices()]


class IncomingFilter(FilterForm):
    """Of the incoming list."""

    few: ClassVar = ("q", "state")

    q = _text(_("Tìm"))
    state = _one_of(
        _("Tình trạng"),
        [
            ("new", _("Chưa vào sổ")),
            ("to_direct", _("Chờ chỉ đạo")),
            ("open", _("Đang xử lý")),
            ("late", _("Quá hạn")),
            ("done", _("Xong")),
        ],
    )
    type = forms.ChoiceField(label=_("Loại văn bản"), required=False, choices=_types)
    sender = _text(_("Nơi gửi"))
    number = _text(_("Số, ký hiệu"))
    since = DateField(label=_("Đến từ ngày"), required=False)
    until = DateField(label=_("đến hết ngày"), required=False)
    urgency = _one_of(_("Độ khẩn"), Urgency.choices)
    verdict = _one_of(_("Chữ ký"), Verdict.choices)
    who = _text(_("Người được giao"))
    due_since = DateField(label=_("Hạn xử lý từ ngày"), required=False)
    due_until = DateField(label=_("hạn đến hết ngày"), required=False)


class OutgoingFilter(FilterForm):
    """Of the outgoing list."""

    few: ClassVar = ("q", "since", "until")

    q = _text(_("Tìm"))
    type = forms.ChoiceField(label=_("Loại văn bản"), required=False, choices=_types)
    number = _text(_("Số, ký hiệu"))
    signer = _text(_("Người ký"))
    author = _text(_("Người soạn"))
    to = _text(_("Nơi nhận"))
    since = DateField(label=_("Ngày từ"), required=False)
    until = DateField(label=_("đến hết ngày"), required=False)
    urgency = _one_of(_("Độ khẩn"), Urgency.choices)
    signed = _one_of(_("Chữ ký"), [("digital", _("Ký số")), ("paper", _("Bản quét, ký giấy"))])
    answered = _one_of(_("Trả lời"), [("yes", _("Đã có văn bản trả lời")), ("no", _("Chưa có văn bản trả lời"))])


class RegisterForm(FilterForm):
    """Of a register; ``nam`` is kept beside it."""

    few: ClassVar = ("q", "since", "until")

    q = _text(_("Tìm trong sổ"))
    since = DateField(label=_("Từ ngày"), required=False)
    until = DateField(label=_("đến hết ngày"), required=False)
    type = forms.ChoiceField(label=_("Loại văn bản"), required=False, choices=_types)
    who = _text(_("Người ký, nơi gửi"))
    state = _one_of(_("Tiến độ"), [("open", _("Chưa xong")), ("late", _("Quá hạn")), ("done", _("Xong"))])

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any) -> None:
        """Offer only what a register of ``kind`` has."""
        super().__init__(*args, **kwargs)
        if kind == RegisterKind.OUTGOING:
            self.fields["who"].label = _("Người ký")
            del self.fields["state"]
        elif kind:
            self.fields["who"].label = _("Nơi gửi")
