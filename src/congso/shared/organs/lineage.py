"""Who followed whom: which organs stand, on a day, for those that are no more or not yet."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from congso.shared.areas.dated import DateRange
from congso.shared.areas.models import SuccessionKind
from congso.shared.organs.models import OrganSuccession


@dataclass(frozen=True, slots=True)
class Edge:
    """One organ that ended, and one that followed it on a day."""

    old: UUID
    new: UUID
    kind: str
    day: date


class Lineage:
    """The successions of all organs of some kinds, read once."""

    def __init__(self, edges: Collection[Edge], lives: Mapping[UUID, DateRange]) -> None:
        self._lives = lives
        self._edges = edges
        self._after: defaultdict[UUID, list[UUID]] = defaultdict(list)
        self._before: defaultdict[UUID, list[UUID]] = defaultdict(list)
        for edge in edges:
            self._after[edge.old].append(edge.new)
            # What was dissolved is nobody's past: its work went to several, and none of them acts on its land.
            if edge.kind != SuccessionKind.DISSOLUTION:
                self._before[edge.new].append(edge.old)

    @classmethod
    def read(cls, kinds: Collection[str]) -> Self:
        rows = OrganSuccession.objects.filter(from_organ__kind__in=kinds).values_list(
            "from_organ_id", "to_organ_id", "kind", "date", "from_organ__valid", "to_organ__valid"
        )
        edges: list[Edge] = []
        lives: dict[UUID, DateRange] = {}
        for old, new, kind, day, old_life, new_life in rows:
            edges.append(Edge(old, new, kind, day))
            lives |= {old: old_life, new: new_life}
        return cls(edges, lives)

    def is_alive(self, organ_id: UUID, on: date) -> bool:
        """Whether an organ lives on a day; one that follows nobody and is followed by nobody does on each."""
        return organ_id not in self._lives or on in self._lives[organ_id]

    def has_begun(self, organ_id: UUID, on: date) -> bool:
        """Whether an organ lives on a day, or did before."""
        return self.is_alive(organ_id, on) or self.has_ended(organ_id, on)

    def has_ended(self, organ_id: UUID, on: date) -> bool:
        """Whether an organ lived before a day and is no more."""
        end = self._lives[organ_id].upper if organ_id in self._lives else None
        return end is not None and end <= on

    def was_split(self, organ_id: UUID) -> bool:
        return any(edge.old == organ_id and edge.kind == SuccessionKind.SPLIT for edge in self._edges)

    def stand_in(self, organ_ids: Collection[UUID], on: date) -> frozenset[UUID]:
        """Return which organs living on a day stand for others: these themselves, else their heirs or forerunners."""
        found: set[UUID] = set()
        seen: set[UUID] = set()
        waiting = list(organ_ids)
        while waiting:
            organ_id = waiting.pop()
            if organ_id in seen:
                continue
            seen.add(organ_id)
            if self.is_alive(organ_id, on):
                found.add(organ_id)
            else:
                waiting += (self._after if self.has_ended(organ_id, on) else self._before)[organ_id]
        return frozenset(found)

    def apart(self, organ_ids: Collection[UUID], on: date) -> list[UUID]:
        """Return the organs that do not live on a day and for which none but ``organ_ids`` stand."""
        return [other for other in sorted(self._lives) if self._is_apart(other, frozenset(organ_ids), on)]

    def _is_apart(self, organ_id: UUID, living: frozenset[UUID], on: date) -> bool:
        if self.is_alive(organ_id, on):
            return False
        instead = self.stand_in([organ_id], on)
        return bool(instead) and instead <= living

    def days_of_change(self, organ_ids: Collection[UUID]) -> list[date]:
        """Return the days on which one of the organs, or of those related to them, was followed; oldest first."""
        related, waiting = set[UUID](), list(organ_ids)
        while waiting:
            organ_id = waiting.pop()
            if organ_id not in related:
                related.add(organ_id)
                waiting += self._neighbours(organ_id)
        return sorted({edge.day for edge in self._edges if edge.old in related})

    def _neighbours(self, organ_id: UUID) -> Iterator[UUID]:
        yield from self._after[organ_id]
        yield from self._before[organ_id]
