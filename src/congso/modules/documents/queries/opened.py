"""Who opened an issued paper: in the sender's organ, at each receiver, and by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from congso.kernel import clock
from congso.modules.documents.models import Document, ReadMark
from congso.shared.organs.queries import labels
from congso.shared.people.queries import labels as position_labels

AT_MOST = 300


@dataclass(frozen=True, slots=True)
class Opened:
    """A person and when they first opened the paper, in any of its versions."""

    name: str
    title: str
    read_at: datetime


def opened_by(document: Document) -> Mapping[str, list[Opened]]:
    """Return the first readers by the short name of their organ, the earliest first, in four queries."""
    arrivals = list(document.arrivals.values_list("id", flat=True))
    marks = ReadMark.objects.filter(subject_id__in=[document.id, *arrivals]).order_by("read_at", "id")
    first: dict[UUID, datetime] = {}
    for mark in marks[:AT_MOST]:
        first.setdefault(mark.position_id, mark.read_at)
    people = position_labels(first)
    organs = labels({label.organ_id for label in people.values()}, on=clock.today())
    found: dict[str, list[Opened]] = {}
    for position_id, read_at in first.items():
        label = people[position_id]
        organ = organs[label.organ_id].short_name if label.organ_id in organs else ""
        found.setdefault(organ, []).append(Opened(label.full_name, label.title, read_at))
    return found
