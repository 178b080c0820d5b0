"""Accounts and sessions."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "congso.shared.accounts"
    label = "accounts"
