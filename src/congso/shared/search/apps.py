from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "congso.shared.search"
    label = "search"
