"""Notices of who asks."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Value

from congso.kernel.actor import Actor
from congso.kernel.prepared import prepared
from congso.shared.notify.models import Notice

PAGE_SIZE = 30
LAST_PAGE = 100


@dataclass(frozen=True, slots=True)
class NoticePage:
    """One page of notices, grouped by record: each group newest first, the groups by their newest.

    :param newer: number of the page before, or 0; ``older``: of the page after, or 0.
    """

    groups: tuple[tuple[Notice, ...], ...]
    number: int
    newer: int
    older: int


def notices_to(actor: Actor) -> QuerySet[Notice]:
    """Return the notices of the chosen position; none without a position."""
    if actor.position_id is None:
        return Notice.objects.none()
    return Notice.objects.filter(position_id=actor.position_id)


def unread_count(actor: Actor) -> int:
    """Count the unread notices of the chosen position, in one query; none without a position."""
    return sum(row["number"] for row in _unread(by=actor))


def notices_of(actor: Actor, *, page: int = 1) -> NoticePage:
    """Return a page of the notices of the chosen position, newest first, in one query."""
    page = min(max(page, 1), LAST_PAGE)
    start = (page - 1) * PAGE_SIZE
    rows = list(notices_to(actor).order_by("-at", "-id")[start : start + PAGE_SIZE + 1])
    has_older = len(rows) > PAGE_SIZE and page < LAST_PAGE
    groups: dict[object, list[Notice]] = {}
    for notice in rows[:PAGE_SIZE]:
        groups.setdefault(notice.subject_id, []).append(notice)
    return NoticePage(
        groups=tuple(tuple(group) for group in groups.values()),
        number=page,
        newer=page - 1,
        older=page + 1 if has_older else 0,
    )


@prepared
def _unread(*, by: Actor) -> QuerySet[Any, Any]:
    return notices_to(by).filter(read_at=None).values(all=Value(1)).annotate(number=Count("id"))
