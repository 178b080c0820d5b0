from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "congso.shared.keys"
    label = "keys"
