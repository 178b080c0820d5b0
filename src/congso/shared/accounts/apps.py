"""Accounts and sessions."""

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "congso.shared.accounts"
    label = "accounts"

    def ready(self) -> None:
        import_module("congso.shared.accounts.acts")
