"""Tests: real PostgreSQL, cheap hashing, files in a folder that goes away."""

from congso.config.settings.base import *  # noqa: F403 - a settings module extends its base
from congso.config.settings.base import DATABASES, INSTALLED_APPS

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CONGSO_PIN_HASHER = "django.contrib.auth.hashers.MD5PasswordHasher"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# A connection that a test has spoilt is not handed to the next one.
DATABASES["default"]["OPTIONS"].pop("pool")
# Files are served as they stand in the checkout; nothing is collected.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# Types of papers are read when a test edited one, not by the time that has passed.
CONGSO_CATALOGUE_SECONDS = None

# Tables with records for the tests of figures.
INSTALLED_APPS = [*INSTALLED_APPS, "congso.shared.figures.tests"]
MIGRATION_MODULES = {"figures_tests": None}
