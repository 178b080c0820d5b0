from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "congso.shared.notify"
    label = "notify"
