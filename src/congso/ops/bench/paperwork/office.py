"""The office of the bench: people who take papers from draft to issue by the commands; the workers do the rest.

Each batch is one leader's and one clerk's: they confirm all its signatures with one PIN, as people do.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Final
from uuid import UUID

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.ids import new_id
from congso.modules.documents import commands, signables
from congso.modules.documents.commands import DraftInput
from congso.modules.documents.kinds import DocumentState, IncomingState, RecipientRole
from congso.modules.documents.models import Document, Incoming
from congso.modules.signing import public as signing
from congso.ops.bench.paperwork import crews, words
from congso.ops.demo import history
from congso.ops.demo.history import Desk
from congso.ops.demo.keys_to_the_door import PIN
from congso.shared.accounts.queries import actor_for

PAPERS_IN_A_BATCH: Final = 20
BATCHES_AT_A_TIME: Final = 3
RECEIVERS: Final = 2
_PAUSE_SECONDS: Final = 0.05
_WARM_PAPERS: Final = 6


def main() -> None:
    """Issue as many papers as told, from a common start; say when it began and ended."""
    told = crews.told()
    senders, district = sending()[told.place :: told.members], history.desks()[0]
    list(work(_batches(_WARM_PAPERS, senders, district, first=10_000_000)))
    told.await_start()
    begin = time.monotonic()
    arrived = list(work(_batches(told.papers, senders, district, first=told.place * 1_000_000)))
    told.finish(begin=begin, end=time.monotonic(), papers=len(arrived))


def sending() -> list[Desk]:
    """Return the communes that write: their leaders and seals have keys."""
    return history.desks()[1][:8]


def work(batches: "Iterator[Batch]") -> Iterator[UUID]:
    """Work on some batches at a time; yield each paper that both receivers hold, judged."""
    under_way = {batch: batch.steps() for batch in islice(batches, BATCHES_AT_A_TIME)}
    while under_way:
        moved = False
        for batch, steps in list(under_way.items()):
            try:
                moved |= next(steps)
            except StopIteration:
                del under_way[batch]
                under_way |= {fresh: fresh.steps() for fresh in islice(batches, 1)}
                moved = True
                yield from batch.documents
        if not moved:
            time.sleep(_PAUSE_SECONDS)


@dataclass(eq=False, slots=True)
class Batch:
    """Some papers of one committee to the district and a neighbour."""

    numbers: Sequence[int]
    sender: Desk
    receivers: Sequence[UUID]
    documents: list[UUID] = field(default_factory=list, init=False)

    def steps(self) -> Iterator[bool]:
        """Do one act at a time; say at each stop whether something was done, or is waited for."""
        author, chair, clerk = (self._acting(who) for who in (self.sender.author, self.sender.chair, self.sender.clerk))
        for number in self.numbers:
            self.documents.append(self._draft(number, author))
            yield True
        yield from self._sign(chair, until=DocumentState.SIGNED)
        for document_id in self.documents:
            commands.number_document(document_id, by=clerk, now=clock.now(), key=new_id())
            yield True
        yield from self._sign(clerk, until=DocumentState.SEALED)
        for document_id in self.documents:
            commands.issue_document(document_id, by=clerk, now=clock.now(), key=new_id())
            yield True
        while self._judged() < len(self.documents) * len(self.receivers):
            yield False

    def _draft(self, number: int, author: Actor) -> UUID:
        draft = DraftInput(
            organ_id=self.sender.organ,
            type_code=words.TYPE,
            subject=words.subject_of(number),
            body=words.body_of(number),
            signatory_id=self.sender.chair,
            recipients=[(organ, RecipientRole.TO) for organ in self.receivers],
        )
        document = commands.create_draft(new_id(), draft, by=author, now=clock.now())
        commands.submit_for_review(document.id, by=author, now=clock.now(), key=new_id())
        return document.id

    def _sign(self, by: Actor, *, until: DocumentState) -> Iterator[bool]:
        infos = signables.describe(self.documents, by)
        for info in infos:
            commands.mark_read(info.order.subject_id, info.order.file_sha256, by=by, now=clock.now())
        yield True
        signing.request_signatures([info.order for info in infos], pin=PIN, by=by, now=clock.now())
        yield True
        while Document.objects.filter(id__in=self.documents, state=until).count() < len(self.documents):
            yield False

    def _judged(self) -> int:
        return Incoming.objects.filter(document__in=self.documents, state=IncomingState.VALIDATED).count()

    def _acting(self, position: UUID) -> Actor:
        return actor_for(position, on=clock.today())


def _batches(papers: int, senders: Sequence[Desk], district: Desk, *, first: int) -> Iterator[Batch]:
    rest, chosen = range(first, first + papers), cycle(range(len(senders)))
    while rest:
        place = next(chosen)
        neighbour = senders[(place + 1) % len(senders)]
        yield Batch(rest[:PAPERS_IN_A_BATCH], senders[place], (district.organ, neighbour.organ))
        rest = rest[PAPERS_IN_A_BATCH:]
