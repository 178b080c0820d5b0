from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SigningConfig(AppConfig):
    name = "congso.modules.signing"
    label = "signing"

    def ready(self) -> None:
        acts = import_module("congso.shared.journal.acts")
        acts.register("signing.confirmed", _("xác nhận ký bằng mã PIN"))
        acts.register("signing.signed", _("ký số xong"))
        acts.register("signing.failed", _("ký số không thành"))
