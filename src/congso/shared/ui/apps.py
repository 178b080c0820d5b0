from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "congso.shared.ui"
    label = "ui"
