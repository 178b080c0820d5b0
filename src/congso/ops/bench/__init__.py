"""Benches: what was promised, measured on data that the bench makes itself, on a database of its own that goes away.

Each bench is a module here with ``run(scale: float) -> Outcome``. It is called with Django set up and the database
migrated; the scale is 1 for the promised size and less for a trial.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Goal:
    """One promise and what was measured.

    :param name: of the figure, as in the promise.
    :param sense: whether the value must stay at or below (``at_most``) or reach (``at_least``) the goal.
    """

    name: str
    value: float
    goal: float
    unit: str
    sense: Literal["at_most", "at_least"]

    @property
    def is_met(self) -> bool:
        return self.value <= self.goal if self.sense == "at_most" else self.value >= self.goal


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a bench ran on, what it saw, and how that compares with the goals. Values must fit into JSON."""

    inputs: Mapping[str, object]
    results: Mapping[str, object]
    goals: tuple[Goal, ...]
