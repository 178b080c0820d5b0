from django.apps import AppConfig


class SigningConfig(AppConfig):
    name = "congso.modules.signing"
    label = "signing"
