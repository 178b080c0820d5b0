"""People and positions."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "congso.shared.people"
    label = "people"
