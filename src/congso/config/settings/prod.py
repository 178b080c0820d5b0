"""An installation that serves an office."""

from django.core.exceptions import ImproperlyConfigured

from congso.config.settings.base import *  # noqa: F403 - a settings module extends its base
from congso.config.settings.base import CONGSO_CLOCK_OFFSET

if CONGSO_CLOCK_OFFSET:
    raise ImproperlyConfigured("A production installation refuses a clock offset; remove clock.json")

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
