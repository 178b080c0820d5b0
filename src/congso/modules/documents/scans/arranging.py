"""Which pages make one paper: parted by separator sheets at first, then by hand."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

type Papers = list[list[int]]


def parted(pages: Sequence[tuple[int, bool]]) -> Papers:
    """Return the papers of a stack.

    :param pages: place of each page, and whether it is a separator sheet, which goes into no paper.
    """
    papers: Papers = [[]]
    for place, is_separator in pages:
        if is_separator:
            papers.append([])
        else:
            papers[-1].append(place)
    return [paper for paper in papers if paper]


def split_before(papers: Papers, place: int) -> Papers:
    """Let a paper begin with the page at ``place``."""
    found: Papers = []
    for paper in papers:
        at = paper.index(place) if place in paper else 0
        found += [paper[:at], paper[at:]] if at else [paper]
    return found


def join_before(papers: Papers, place: int) -> Papers:
    """Let the paper that begins at ``place`` go on the one before it."""
    for number, paper in enumerate(papers):
        if number and paper[0] == place:
            return [*papers[: number - 1], [*papers[number - 1], *paper], *papers[number + 1 :]]
    return papers


def leave_out(papers: Papers, place: int) -> Papers:
    """Take a page out of its paper."""
    return [kept for paper in papers if (kept := [one for one in paper if one != place])]


def take_in(papers: Papers, place: int) -> Papers:
    """Put a page that was left out back where it lay, into the paper of the page before it."""
    if any(place in paper for paper in papers):
        return papers
    before = [paper for paper in papers if paper[0] < place]
    if not before:
        return [[place, *papers[0]], *papers[1:]] if papers else [[place]]
    last = before[-1]
    return [sorted([*paper, place]) if paper is last else paper for paper in papers]


ACTS: Final[Mapping[str, Callable[[Papers, int], Papers]]] = {
    "split": split_before,
    "join": join_before,
    "drop": leave_out,
    "restore": take_in,
}
