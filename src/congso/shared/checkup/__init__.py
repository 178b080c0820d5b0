"""What ``congso doctor`` looks at: checks of a running installation, registered by whoever can know.

Each says in plain Vietnamese what it found and, when something is wrong, what to do about it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum


class State(Enum):
    """How bad it is: ``BAD`` stops work or endangers data, ``WATCH`` will, if nothing is done."""

    GOOD = "tốt"
    WATCH = "cần để ý"
    BAD = "hỏng"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check saw.

    :param said: the state in a sentence, with the facts.
    :param cure: what to do; empty when all is well.
    """

    state: State
    said: str
    cure: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at.

    :param code: ``module.what``; checks are shown in the order of registration.
    :param label: what is looked at, in Vietnamese.
    :param needs_database: not run, and said so, while the database cannot be reached.
    """

    code: str
    label: str
    look: Callable[[], Finding]
    needs_database: bool = True


@dataclass
class Checkup:
    """The registry; a test builds its own."""

    checks: dict[str, Check] = field(default_factory=dict)

    def register(self, check: Check) -> None:
        """Add a check. Called from ``AppConfig.ready``; safe to repeat."""
        self.checks[check.code] = check


CHECKUP = Checkup()
register = CHECKUP.register
