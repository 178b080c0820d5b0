"""Lines of the journal with what proves them to somebody who has neither the database nor this program."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from congso.shared.journal.canonical import Content
from congso.shared.journal.merkle import Path, ProvingTree
from congso.shared.journal.models import JournalLine, Seal
from congso.shared.journal.sealing import CHUNK, leaf


@dataclass(frozen=True, slots=True)
class ProvenLine:
    """A line, the seal that covers it (none yet of the newest lines), and its way up to the seal's root."""

    line: JournalLine
    seal: Seal | None
    path: Path = ()

    @property
    def content(self) -> list[object]:
        """The parts whose canonical JSON is hashed; see ``canonical.Content``."""
        return Content(**{name: getattr(self.line, name) for name in Content.__slots__}).parts


def proven_lines(subject_ids: Collection[UUID]) -> list[ProvenLine]:
    """Return all lines about these records, the oldest first, each with its proof.

    Reads every line of each seal that is met: for a job, not for a page.
    """
    lines = list(JournalLine.objects.filter(subject_id__in=subject_ids).order_by("id"))
    covered = JournalLine.objects.filter(
        id__in=[line.id for line in lines],
        cluster=OuterRef("cluster"),
        transaction__gte=OuterRef("first_transaction"),
        transaction__lt=OuterRef("end_transaction"),
    )
    proven = {line.id: ProvenLine(line, None) for line in lines}
    for seal in Seal.objects.filter(Exists(covered)).order_by("number"):
        paths = _paths_under(seal, set(proven))
        proven |= {line_id: ProvenLine(proven[line_id].line, seal, path) for line_id, path in paths.items()}
    return [proven[line.id] for line in lines]


def _paths_under(seal: Seal, wanted: set[int]) -> dict[int, Path]:
    """Return by line its way to the root of its seal."""
    under = JournalLine.objects.filter(
        cluster=seal.cluster, transaction__gte=seal.first_transaction, transaction__lt=seal.end_transaction
    ).order_by("transaction", "id")
    places = {place: line_id for place, line_id in enumerate(under.values_list("id", flat=True)) if line_id in wanted}
    tree = ProvingTree(places)
    rows = under.values_list("transaction", "id", "content_hash")
    for transaction_id, line_id, content_hash in rows.iterator(CHUNK):
        tree.add(leaf(seal.cluster, transaction_id, line_id, bytes(content_hash)))
    return {places[place]: path for place, path in tree.paths().items()}
