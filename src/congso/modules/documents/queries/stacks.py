"""Stacks of scanned paper, as their pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from congso.kernel.actor import Actor
from congso.kernel.errors import NotFound
from congso.modules.documents import catalogue
from congso.modules.documents.kinds import StackState
from congso.modules.documents.models import ScanPage, ScanStack
from congso.modules.documents.scans import passing
from congso.modules.documents.scans.proposals import Proposal, propose

OPEN = (StackState.READING, StackState.READY)


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of a stack; ``number`` from 1."""

    number: int
    pages: Sequence[ScanPage]

    @property
    def first(self) -> ScanPage:
        return self.pages[0]

    @property
    def is_entered(self) -> bool:
        return self.first.incoming_id is not None


@dataclass(frozen=True, slots=True)
class StackPage:
    """A stack with its papers.

    :param left_out: pages that go into no paper; separator sheets apart.
    :param blank: how many pages of papers look blank.
    """

    stack: ScanStack
    papers: Sequence[Paper]
    left_out: Sequence[ScanPage]
    read: int
    total: int
    blank: int


def open_stacks(by: Actor) -> QuerySet[ScanStack]:
    """Return the stacks that are not done, the newest first."""
    return ScanStack.objects.visible_to(by).filter(state__in=OPEN).order_by("-taken_at", "-id")


def access_stack(stack_id: UUID, *, by: Actor) -> ScanStack:
    """Return a stack of an organ whose records clerk ``by`` is.

    :raises NotFound: no such stack, or another organ's.
    """
    stack = ScanStack.objects.visible_to(by).filter(id=stack_id).first()
    if stack is None:
        raise NotFound
    return stack


def stack_page(stack: ScanStack) -> StackPage:
    """Return what the page of a stack shows, in one query."""
    found = {page.place: page for page in stack.pages.defer("lines").order_by("place")}
    papers = [Paper(number, [found[place] for place in places]) for number, places in enumerate(stack.papers, start=1)]
    placed = {place for places in stack.papers for place in places}
    return StackPage(
        stack=stack,
        papers=papers,
        left_out=[page for page in found.values() if page.place not in placed and not page.is_separator],
        read=sum(page.is_read for page in found.values()),
        total=len(found),
        blank=sum(page.is_blank for paper in papers if not paper.is_entered for page in paper.pages),
    )


def proposal_of(paper: Paper) -> Proposal:
    """Return what the first page of a paper says of it that has words."""
    lines: list[Any] = next((page.lines for page in paper.pages if page.lines), [])
    return propose(lines, {kind.code: (kind.title, kind.abbreviation) for kind in catalogue.types().values()})


def picture_of(stack: ScanStack, place: int, size: str) -> bytes:
    """Return a page as WebP, ``small`` or ``shown``.

    :raises NotFound: it is not read, or gone.
    """
    if stack.state not in OPEN or not stack.pages.filter(place=place, is_read=True).exists():
        raise NotFound
    return passing.read(stack.id, f"{size}-{place}", key=bytes(stack.key))
