"""How modules hand over open rows when organs end. Each fills this in ``AppConfig.ready``."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Model

type Rule = Callable[[Mapping[UUID, UUID], date], int]

_rules: dict[type[Model], Rule] = {}


def register(model: type[Model], rule: Rule) -> None:
    """Hand over the open rows of a model that declares ``organ_rows = "move"``. Safe to repeat.

    :param rule: moves them in the transaction of the merger or split, given the heir of each ended organ (of a split:
        in its first share) and the first day of the heirs; returns how many it moved. It runs while the ended organs
        are still open.
    """
    _rules[model] = rule


def has_rule(model: type[Model]) -> bool:
    return model in _rules


def hand_over(heirs: Mapping[UUID, UUID], day: date) -> int:
    """Run all rules; return how many rows moved."""
    return sum(rule(heirs, day) for rule in _rules.values())
