"""What is typed on the confirmation page."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ConfirmForm(forms.Form):
    """The PIN, and what it confirms. The PIN is never written back into the page."""

    confirmation = forms.CharField(widget=forms.HiddenInput, required=False)
    pin = forms.RegexField(
        r"^[0-9]{6}$",
        label=_("Mã PIN ký số"),
        help_text=_("6 chữ số. Sai 5 lần thì khóa 15 phút."),
        strip=False,
        error_messages={
            "required": _("Chưa nhập mã PIN. Chưa văn bản nào được ký."),
            "invalid": _("Mã PIN có đúng 6 chữ số. Chưa văn bản nào được ký, lần nhập này không tính."),
        },
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 6}),
    )
