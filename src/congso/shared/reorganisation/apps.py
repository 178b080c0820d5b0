"""Tell the journal what our acts are called, and check that modules said how they hand over."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReorganisationConfig(AppConfig):
    name = "congso.shared.reorganisation"
    label = "reorganisation"

    def ready(self) -> None:
        import_module("congso.shared.reorganisation.checks")
        acts = import_module("congso.shared.journal.acts")
        acts.register("areas.merged", _("sáp nhập đơn vị hành chính, có hiệu lực từ %(from_day)s"))
        acts.register("areas.split", _("chia tách đơn vị hành chính, có hiệu lực từ %(from_day)s"))
