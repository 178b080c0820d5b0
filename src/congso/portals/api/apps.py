from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "congso.portals.api"
    label = "api"
