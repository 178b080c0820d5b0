"""The lowest app of the spine: it brings the extension that dated rows need."""

from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "congso.shared.areas"
    label = "areas"
