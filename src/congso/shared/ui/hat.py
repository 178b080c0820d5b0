"""Under which position the actor works, as the side bar shows it."""

from dataclasses import dataclass
from datetime import date

from congso.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Hat:
    """Who acts, as what, for which organ; all empty for a visitor."""

    person: str = ""
    title: str = ""
    organ: str = ""


def hat_of(_actor: Actor, _on: date) -> Hat:
    """Return the words of the chosen position."""
    return Hat()
