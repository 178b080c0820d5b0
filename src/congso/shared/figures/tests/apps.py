"""An app with records, for tests only."""

from django.apps import AppConfig


class FiguresTestsConfig(AppConfig):
    name = "congso.shared.figures.tests"
    label = "figures_tests"
