"""People and positions."""

from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "congso.shared.people"
    label = "people"

    def ready(self) -> None:
        import_module("congso.shared.people.acts")
