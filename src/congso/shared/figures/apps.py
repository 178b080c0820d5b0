"""Register the checks of declarations and the page's permission."""

from importlib import import_module

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "congso.shared.figures"
    label = "figures"

    def ready(self) -> None:
        import_module("congso.shared.figures.checks")
