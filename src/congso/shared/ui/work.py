"""«Việc của tôi»: what waits for the actor, from every module, sorted by when it is due."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congso.kernel import clock
from congso.kernel.actor import Actor

type Provider = Callable[[Actor, date], list["WorkItem"]]
type WaitingProvider = Callable[[Actor, date], list["Waiting"]]
type LeadProvider = Callable[[Actor, date], "Lead | None"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """One act that waits for the actor.

    :param kind: key of the tab, e.g. ``sign``; ``verb`` is the tab's and the row's word («Ký»).
    :param meta: who sent it and since when, one line.
    :param due: the day or moment by which it must be done; None without a deadline.
    :param button: verb and object on the row's button («Đọc để ký»); the whole row opens ``url``.
    """

    kind: str
    verb: str | Promise
    icon: str
    title: str
    url: str
    button: str | Promise
    meta: str = ""
    due: date | datetime | None = None

    @property
    def due_day(self) -> date | None:
        return clock.day_of(self.due) if isinstance(self.due, datetime) else self.due


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something that the actor gave to others and waits for."""

    title: str
    url: str
    meta: str
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The one main act of the home page, over the list: «5 văn bản chờ ký», one filled button."""

    count: int
    title: str | Promise
    url: str
    button: str | Promise
    icon: str
    detail: str = ""


class Period(models.TextChoices):
    """The groups of the list, in order."""

    LATE = "late", _("Quá hạn")
    TODAY = "today", _("Hôm nay")
    WEEK = "week", _("Trong tuần")
    LATER = "later", _("Sau")

    @property
    def is_late(self) -> bool:
        return self is Period.LATE


@dataclass(frozen=True, slots=True)
class Tab:
    kind: str
    label: str | Promise
    count: int


@dataclass
class Work:
    """The registry; a test builds its own."""

    providers: list[Provider] = field(default_factory=list)
    waiting_providers: list[WaitingProvider] = field(default_factory=list)
    lead_providers: list[LeadProvider] = field(default_factory=list)

    def register(self, provider: Provider) -> None:
        """Add a module's items. Called from ``AppConfig.ready``; safe to repeat. A provider runs few queries."""
        if provider not in self.providers:
            self.providers.append(provider)

    def register_waiting(self, provider: WaitingProvider) -> None:
        """Add what the actor waits for from others («Đang chờ người khác»)."""
        if provider not in self.waiting_providers:
            self.waiting_providers.append(provider)

    def register_lead(self, provider: LeadProvider) -> None:
        """Add a candidate for the page's one main act; the first that gives one is shown."""
        if provider not in self.lead_providers:
            self.lead_providers.append(provider)

    def items(self, actor: Actor, today: date) -> list[WorkItem]:
        """Return all items, the most urgent first."""
        found = [item for provider in self.providers for item in provider(actor, today)]
        return sorted(found, key=_urgency)

    def waiting(self, actor: Actor, today: date) -> list[Waiting]:
        found = [item for provider in self.waiting_providers for item in provider(actor, today)]
        return sorted(found, key=lambda item: not item.is_late)

    def lead(self, actor: Actor, today: date) -> Lead | None:
        return next((lead for provider in self.lead_providers if (lead := provider(actor, today))), None)


def period_of(item: WorkItem, today: date) -> Period:
    """Say in which group an item stands; the week ends on Sunday, no deadline stands last."""
    day = item.due_day
    if day is None:
        return Period.LATER
    if day < today:
        return Period.LATE
    if day == today:
        return Period.TODAY
    end_of_week = today + timedelta(days=6 - today.weekday())
    return Period.WEEK if day <= end_of_week else Period.LATER


def grouped(items: Iterable[WorkItem], today: date) -> list[tuple[Period, list[WorkItem]]]:
    """Return the groups that hold something, in order."""
    groups: dict[Period, list[WorkItem]] = {period: [] for period in Period}
    for item in items:
        groups[period_of(item, today)].append(item)
    return [(period, found) for period, found in groups.items() if found]


def tabs(items: Iterable[WorkItem]) -> list[Tab]:
    """Return one tab per kind, in the order in which kinds first appear."""
    found: dict[str, tuple[str | Promise, int]] = {}
    for item in items:
        _label, number = found.get(item.kind, (item.verb, 0))
        found[item.kind] = (item.verb, number + 1)
    return [Tab(kind, label, number) for kind, (label, number) in found.items()]


def _urgency(item: WorkItem) -> tuple[date, bool, datetime, str]:
    moment = item.due if isinstance(item.due, datetime) else datetime.max.replace(tzinfo=clock.HANOI)
    return (item.due_day or date.max, not isinstance(item.due, datetime), moment, item.title)


WORK = Work()
register = WORK.register
register_waiting = WORK.register_waiting
register_lead = WORK.register_lead
