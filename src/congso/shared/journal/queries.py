"""Reads of the journal for people: the history of a record."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from congso.kernel.prepared import prepared
from congso.shared.journal import acts
from congso.shared.journal.canonical import Plain
from congso.shared.journal.models import JournalLine


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of a record's history. Names are looked up by the reader (``people.queries.labels``).

    :param phrase: what was done, in Vietnamese, without who.
    :param is_system: done by the installation itself, not by a person.
    """

    line_id: int
    at: datetime
    act: str
    subject_id: UUID
    position_id: UUID | None
    person_id: UUID | None
    organ_id: UUID | None
    is_system: bool
    phrase: str
    facts: Mapping[str, Plain]


def lines_about(subject_ids: UUID | Collection[UUID], limit: int = 100) -> list[HistoryEntry]:
    """Return the newest lines about these records, newest first, in one query.

    Who may see a record's history is the caller's rule: the journal knows no records.
    """
    ids = [subject_ids] if isinstance(subject_ids, UUID) else list(subject_ids)
    return [_entry(line) for line in _lines(subject_ids=ids, limit=limit)]


@prepared
def _lines(*, subject_ids: Collection[UUID], limit: int) -> QuerySet[JournalLine]:
    return JournalLine.objects.filter(subject_id__in=subject_ids).order_by("-id")[:limit]


def _entry(line: JournalLine) -> HistoryEntry:
    return HistoryEntry(
        line_id=line.id,
        at=line.at,
        act=line.act,
        subject_id=line.subject_id,
        position_id=line.position_id,
        person_id=line.person_id,
        organ_id=line.organ_id,
        is_system=line.is_system,
        phrase=acts.phrase_of(line.act, line.facts),
        facts=line.facts,
    )
