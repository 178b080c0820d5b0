"""The demo on one machine: generated data, a given clock, one-click sign-in."""

from congso.config.settings.base import *  # noqa: F403 - a settings module extends its base

CONGSO_DEMO = True
PASSWORD_HASHERS = ["congso.config.hashing.QuickArgon2"]
CONGSO_PIN_HASHER = "congso.config.hashing.QuickArgon2"
