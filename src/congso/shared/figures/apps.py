"""Register the checks of declarations, and what the journal calls our act."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    name = "congso.shared.figures"
    label = "figures"

    def ready(self) -> None:
        import_module("congso.shared.figures.checks")
        acts = import_module("congso.shared.journal.acts")
        acts.register("figures.inspected", _("mở số liệu %(figure)s, từ %(since)s đến %(until)s"))
