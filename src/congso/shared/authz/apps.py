"""Register the check of routes."""

from importlib import import_module

from django.apps import AppConfig


class AuthzConfig(AppConfig):
    name = "congso.shared.authz"
    label = "authz"

    def ready(self) -> None:
        import_module("congso.shared.authz.checks")
