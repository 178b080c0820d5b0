"""The part of a form that asks, after a refusal, whether the content really is secret."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congso.modules.documents.secrecy import SecretContent


class StatesNotSecret(forms.Form):
    """A form with files: refused for a stamp, it asks for the officer's statement; see ``secrecy.refuse_secret``."""

    secret_ticket = forms.CharField(required=False, widget=forms.HiddenInput)
    not_secret = forms.BooleanField(
        required=False,
        label=_("Chữ giống dấu độ mật trong tệp không phải là dấu; tệp không có bí mật nhà nước"),
    )

    @property
    def declared(self) -> str:
        """The ticket, if the officer ticked the statement."""
        return str(self.cleaned_data["secret_ticket"]) if self.cleaned_data["not_secret"] else ""

    @property
    def asks_whether_secret(self) -> bool:
        return bool(self.data.get(self.add_prefix("secret_ticket"), ""))

    def refused(self, refusal: SecretContent) -> None:
        """Say the refusal, and ask."""
        self.add_error(None, str(refusal))
        sent: Any = self.data
        answered = sent.copy()
        ticket = self.add_prefix("secret_ticket")
        answered[ticket] = f"{answered.get(ticket, '')} {refusal.ticket}".strip()
        answered.pop(self.add_prefix("not_secret"), None)
        self.data = answered
