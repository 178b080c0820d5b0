"""The side bar: seven groups that never change, entries that modules add, counts in as few queries as possible."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor

type Counter = Callable[[Actor, date], Mapping[str, int]]

DEFAULT_ORDER = 100


def everybody(_actor: Actor) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Group:
    """A place of the side bar's top level. A module joins one of these; the list does not grow."""

    key: str
    label: str | Promise
    icon: str
    on_phone: bool = False


GROUPS = (
    Group("work", _("Việc của tôi"), icon="checklist", on_phone=True),
    Group("documents", _("Văn bản"), icon="files", on_phone=True),
    Group("tasks", _("Nhiệm vụ"), icon="list-check", on_phone=True),
    Group("counter", _("Một cửa"), icon="building-community"),
    Group("calendar", _("Lịch và cuộc họp"), icon="calendar-event"),
    Group("area", _("Địa bàn"), icon="map-pin"),
    Group("figures", _("Số liệu"), icon="chart-bar"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One page in a group.

    :param group: the key of a ``Group``.
    :param url_name: a route without arguments, e.g. ``documents:incoming``.
    :param views: beginnings of further view names under which this entry is the present one.
    :param visible: whether the actor finds anything there; must not query.
    :param badge: the key under which a counter gives this entry's number.
    :param key: one letter that leads here after ``g``; told in the list of keys.
    """

    group: str
    label: str | Promise
    url_name: str
    order: int = DEFAULT_ORDER
    views: tuple[str, ...] = ()
    visible: Callable[[Actor], bool] = everybody
    badge: str = ""
    key: str = ""

    def is_present(self, view_name: str) -> bool:
        return view_name == self.url_name or any(view_name.startswith(start) for start in self.views)


@dataclass(frozen=True, slots=True)
class ShownEntry:
    label: str | Promise
    url: str
    is_present: bool
    count: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group as the side bar draws it; ``is_present``: its own link is the page, ``is_open``: one of its pages is."""

    key: str
    label: str | Promise
    icon: str
    url: str
    on_phone: bool
    is_open: bool
    is_present: bool
    count: int
    entries: tuple[ShownEntry, ...]


@dataclass
class Navigation:
    """The registry; a test builds its own."""

    entries: dict[str, Entry] = field(default_factory=dict)
    counters: list[Counter] = field(default_factory=list)

    def register(self, entry: Entry) -> None:
        """Add a page to the side bar. Called from ``AppConfig.ready``; safe to repeat."""
        if entry.group not in {group.key for group in GROUPS}:
            raise ValueError(f"No navigation group {entry.group}")
        self.entries[entry.url_name] = entry

    def register_counter(self, counter: Counter) -> None:
        """Add a function that gives numbers by badge key, in one query. ``work`` is the number beside Việc của tôi."""
        if counter not in self.counters:
            self.counters.append(counter)

    def counts(self, actor: Actor, today: date) -> dict[str, int]:
        """Return all numbers by badge key; equal keys of several modules add up."""
        total: dict[str, int] = {}
        for counter in self.counters:
            for key, number in counter(actor, today).items():
                total[key] = total.get(key, 0) + number
        return total

    def shown_to(self, actor: Actor, *, view_name: str, counts: Mapping[str, int]) -> list[ShownGroup]:
        """Return the groups in which ``actor`` has something to do, with their entries in order."""
        shown = (_shown(group, self._entries_of(group, actor), view_name=view_name, counts=counts) for group in GROUPS)
        return [group for group in shown if group]

    def _entries_of(self, group: Group, actor: Actor) -> list[Entry]:
        mine = (entry for entry in self.entries.values() if entry.group == group.key and entry.visible(actor))
        return sorted(mine, key=lambda entry: (entry.order, entry.url_name))


def _shown(group: Group, entries: Iterable[Entry], *, view_name: str, counts: Mapping[str, int]) -> ShownGroup | None:
    pages = [page for entry in entries if (page := _page(entry, view_name=view_name, counts=counts))]
    if not pages:
        return None
    has_present = any(page.is_present for page in pages)
    return ShownGroup(
        key=group.key,
        label=group.label,
        icon=group.icon,
        url=pages[0].url,
        on_phone=group.on_phone,
        is_open=has_present and len(pages) > 1,
        is_present=has_present and len(pages) == 1,
        count=sum(page.count for page in pages),
        entries=tuple(pages),
    )


def _page(entry: Entry, *, view_name: str, counts: Mapping[str, int]) -> ShownEntry | None:
    try:
        url = reverse(entry.url_name)
    except NoReverseMatch:
        return None
    return ShownEntry(
        label=entry.label,
        url=url,
        is_present=entry.is_present(view_name),
        count=counts.get(entry.badge, 0),
        key=entry.key,
    )


NAVIGATION = Navigation()
register = NAVIGATION.register
register_counter = NAVIGATION.register_counter
