"""A model whose rows move says how."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Tags, Warning, register  # noqa: A004 - Django's name

from congso.shared.areas.tables import options
from congso.shared.reorganisation import rules


@register(Tags.models)
def rows_that_move_have_a_rule(**_options: Any) -> list[CheckMessage]:
    """Warn of each model that declares ``organ_rows = "move"`` and registered no rule."""
    return [
        Warning(
            f"Open rows of {options(model).label} move with their organ, but no rule says how",
            hint="reorganisation.rules.register(model, rule) in the module's ready()",
            id="reorganisation.W001",
        )
        for model in apps.get_models()
        if vars(model).get("organ_rows") == "move" and not rules.has_rule(model)
    ]
