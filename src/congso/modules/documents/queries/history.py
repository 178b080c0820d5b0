"""The history of a paper as sentences: who did what, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from congso.shared.journal.queries import HistoryEntry, lines_about
from congso.shared.people.queries import PositionLabel
from congso.shared.people.queries import labels as position_labels

AT_MOST = 60


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """``text`` is a whole sentence without its full stop."""

    text: str
    at: datetime


def entries_about(subject_id: UUID) -> list[HistoryEntry]:
    """Return the newest lines of the journal about a paper, in one query."""
    return lines_about(subject_id, limit=AT_MOST)


def people_in(entries: Sequence[HistoryEntry], *more: UUID | None) -> dict[UUID, PositionLabel]:
    """Return the positions named in ``entries``, and ``more``, in one query."""
    return position_labels({entry.position_id for entry in entries if entry.position_id} | {m for m in more if m})


def told(entries: Sequence[HistoryEntry], people: dict[UUID, PositionLabel]) -> list[HistoryLine]:
    """Return the lines as sentences: «Hoàng Thị Giả Sử vào sổ, số đến 231»."""
    return [HistoryLine(f"{_who(entry, people)} {entry.phrase}", entry.at) for entry in entries]


def _who(entry: HistoryEntry, people: dict[UUID, PositionLabel]) -> str:
    if entry.is_system or entry.position_id not in people:
        return _("Hệ thống")
    return people[entry.position_id].full_name
