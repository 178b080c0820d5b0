"""What part of a register is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from congso.kernel import clock
from congso.kernel.vietnamese import fold

MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """Empty fields let everything through.

    :param text: words of number, notation and subject, with or without marks; all must be there.
    :param who: the signer of an outgoing paper, the sender of an incoming one.
    :param since, until: days within the year, both counted in.
    :param state: of incoming papers: ``open``, ``late`` on the day ``today``, ``done``.
    """

    text: str = ""
    type_code: str = ""
    who: str = ""
    since: date | None = None
    until: date | None = None
    state: str = ""
    today: date = date.max

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(fold(word) for word in self.text.replace("/", " ").split()[:MOST_WORDS])

    @property
    def is_whole(self) -> bool:
        """Whether the whole register passes."""
        return not (self.text or self.type_code or self.who or self.since or self.until or self.state)

    def days_within(self, year: int) -> tuple[date, date]:
        """Return the first and the last day that are asked for."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        return max(self.since or first, first), min(self.until or last, last)

    def moments_within(self, year: int) -> tuple[datetime, datetime]:
        """Return the first moment that is asked for and the first that is not, as Hanoi counts its days."""
        since, until = self.days_within(year)
        end = until + timedelta(days=1)
        return (
            datetime.combine(since, time(), tzinfo=clock.HANOI),
            datetime.combine(end, time(), tzinfo=clock.HANOI),
        )

    def as_facts(self) -> dict[str, str]:
        """Return what JSON can keep; :func:`from_facts` reads it."""
        facts = {
            "text": self.text,
            "type_code": self.type_code,
            "who": self.who,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "state": self.state,
        }
        return {name: value for name, value in facts.items() if value}


def from_facts(facts: Mapping[str, str], *, today: date) -> RegisterFilter:
    """Read a filter that was kept."""
    days = {name: date.fromisoformat(facts[name]) for name in ("since", "until") if facts.get(name)}
    words = {name: facts.get(name, "") for name in ("text", "type_code", "who", "state")}
    return RegisterFilter(**words, since=days.get("since"), until=days.get("until"), today=today)
