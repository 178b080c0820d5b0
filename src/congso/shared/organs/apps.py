"""Register the check of models that point to organs."""

from importlib import import_module

from django.apps import AppConfig


class OrgansConfig(AppConfig):
    name = "congso.shared.organs"
    label = "organs"

    def ready(self) -> None:
        import_module("congso.shared.organs.checks")
