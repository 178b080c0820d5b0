"""Benches: as an office runs, but on a given day, when the units that the data needs are in charge."""

from congso.config.settings.base import *  # noqa: F403 - a settings module extends its base
