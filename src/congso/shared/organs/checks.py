"""A model that points to organs says what becomes of its open rows when an organ ends."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, Tags, register
from django.db.models import Model

from congso.shared.areas.tables import options
from congso.shared.organs.models import Organ

CHOICES = ("stay", "move")


def undeclared(models: Iterable[type[Model]]) -> list[CheckMessage]:
    """Report each of ``models`` that has a key to ``Organ`` and no ``organ_rows`` of its own."""
    return [
        Error(f"{options(model).label} points to an organ; declare organ_rows = 'stay' or 'move'", id="organs.E001")
        for model in models
        if any(field.related_model is Organ for field in options(model).concrete_fields if field.is_relation)
        and vars(model).get("organ_rows") not in CHOICES
    ]


@register(Tags.models)
def every_model_says_stay_or_move(
    app_configs: Sequence[AppConfig] | None = None, **_options: Any
) -> list[CheckMessage]:
    """Report the models of the site (or of some apps) that do not say."""
    if app_configs is None:
        return undeclared(apps.get_models())
    return undeclared(model for config in app_configs for model in config.get_models())
