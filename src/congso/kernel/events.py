"""Events: what happened, told to whom subscribed, as one job per subscriber in the transaction of the act.

An event is a frozen dataclass of ids, named in the past. A subscriber is a procrastinate task whose keyword arguments
are the event's fields (UUIDs as text, dates in ISO form) and ``**_newer``; it runs after the commit, maybe twice.
"""

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from procrastinate.tasks import Task

_subscribers: defaultdict[type["Event"], "list[Task[Any, Any, Any]]"] = defaultdict(list)


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events."""


def subscribe(event_type: type[Event], task: "Task[Any, Any, Any]") -> None:
    """Run ``task`` for every published event of exactly this type. Called from ``AppConfig.ready``; safe to repeat."""
    if task not in _subscribers[event_type]:
        _subscribers[event_type].append(task)


def publish(event: Event) -> None:
    """Defer one job per subscriber, kept or lost with the surrounding transaction."""
    payload = {name: _as_json(value) for name, value in asdict(event).items()}
    for task in _subscribers[type(event)]:
        task.defer(**payload)


def _as_json(value: object) -> object:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value
