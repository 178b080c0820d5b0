from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "congso.shared.journal"
    label = "journal"
