"""Tests: real PostgreSQL, cheap hashing, files in a folder that goes away."""

from congso.config.settings.base import *  # noqa: F403 - a settings module extends its base
from congso.config.settings.base import INSTALLED_APPS

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Files are served as they stand in the checkout; nothing is collected.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# Tables with records for the tests of figures.
INSTALLED_APPS = [*INSTALLED_APPS, "congso.shared.figures.tests"]
MIGRATION_MODULES = {"figures_tests": None}
