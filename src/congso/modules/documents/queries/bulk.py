"""Runs of bulk acts as their page shows them, and what waits for a clerk's acts."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.errors import NotFound
from congso.modules.documents.commands.bulk_acts import ACTS, BulkAct
from congso.modules.documents.kinds import DocumentState, IncomingState, Verdict
from congso.modules.documents.models import BulkItem, BulkRun, BulkState, Document, Incoming
from congso.modules.documents.queries import lists

MOST_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a records clerk does to papers that wait for it.

    :param label: on the tab.
    :param papers: what waits for it, the longest first.
    """

    label: str | Promise
    verb: str | Promise
    icon: str
    papers: Callable[[Actor], QuerySet[Any]]


def _in_state(state: DocumentState) -> Callable[[Actor], QuerySet[Document]]:
    return lambda by: lists.documents_with_clerk(by).filter(state=state)


def _registrable(by: Actor) -> QuerySet[Incoming]:
    return lists.at_the_door(by).filter(state=IncomingState.VALIDATED).exclude(verdict=Verdict.FAILED)


STEPS: Final[Mapping[str, Step]] = {
    "number": Step(_("Chờ cấp số"), _("Cấp số"), "number", _in_state(DocumentState.SIGNED)),
    "seal": Step(_("Chờ đóng dấu"), _("Đóng dấu"), "rubber-stamp", _in_state(DocumentState.NUMBERED)),
    "issue": Step(_("Chờ phát hành"), _("Phát hành"), "send", _in_state(DocumentState.SEALED)),
    "register": Step(_("Chờ vào sổ"), _("Vào sổ"), "inbox", _registrable),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One paper in a list to tick, or in a run with what came of it."""

    id: UUID
    title: str
    meta: str
    url: str
    state: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True)
class RunPage:
    """How far a run is.

    :param rows: each paper in its place; ``title`` is empty if its owner may not see it any more.
    """

    run: BulkRun
    act: BulkAct
    rows: tuple[Row, ...]

    @property
    def back_url(self) -> str:
        """Where one goes afterwards: to the dossier that the papers went into, else to the clerk's work."""
        if self.act.from_a_list and self.run.target_id:
            return reverse("documents:dossier", args=[self.run.target_id])
        return reverse("documents:clerk")

    @property
    def back_label(self) -> str:
        return said("Hồ sơ công việc") if self.act.from_a_list else said("Việc văn thư")

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def done(self) -> int:
        return self.counted(BulkState.DONE)

    @property
    def failed(self) -> int:
        return self.counted(BulkState.FAILED)

    @property
    def stopped(self) -> int:
        return self.counted(BulkState.STOPPED)

    @property
    def ended(self) -> int:
        return self.total - self.counted(BulkState.WAITING)

    @property
    def is_over(self) -> bool:
        return self.ended == self.total

    def counted(self, state: str) -> int:
        return sum(row.state == state for row in self.rows)


def rows_waiting(step: str, by: Actor) -> list[Row]:
    """Return what waits for a step, at most one more than is shown."""
    return [_row(paper) for paper in STEPS[step].papers(by)[: MOST_SHOWN + 1]]


def counts_waiting(by: Actor) -> dict[str, int]:
    """Return how many papers wait, by step."""
    return {key: step.papers(by).count() for key, step in STEPS.items()}


def chosen_rows(step: str, ids: Collection[UUID] | None, by: Actor, *, most: int) -> list[Row]:
    """Return those of ``ids`` (None: of all) that wait for a step, in their order, at most ``most``."""
    papers = STEPS[step].papers(by)
    return [_row(paper) for paper in (papers if ids is None else papers.filter(id__in=ids))[:most]]


def run_page(run_id: UUID, *, by: Actor) -> RunPage:
    """Return how far one's own run is.

    :raises NotFound: no such run, or one of another position.
    """
    run = BulkRun.objects.filter(id=run_id, position=by.position_id).first() if by.position_id else None
    if run is None:
        raise NotFound
    act = ACTS[run.act]
    items = list(run.items.order_by("place"))
    seen = _seen(act.of, [item.subject_id for item in items], by)
    return RunPage(run, act, tuple(_result_row(item, seen.get(item.subject_id)) for item in items))


def runs_under_way(by: Actor) -> list[BulkRun]:
    """Return the runs of this position that still have papers to do, the newest first."""
    if by.position_id is None:
        return []
    waiting = BulkItem.objects.filter(state=BulkState.WAITING).values("run")
    return list(BulkRun.objects.filter(position=by.position_id, id__in=waiting).order_by("-begun_at"))


def _seen(of: str, ids: Sequence[UUID], by: Actor) -> dict[UUID, Document] | dict[UUID, Incoming]:
    if of == "document":
        return {paper.id: paper for paper in Document.objects.visible_to(by).filter(id__in=ids).defer("body")}
    return {paper.id: paper for paper in Incoming.objects.visible_to(by).filter(id__in=ids)}


def _result_row(item: BulkItem, paper: Document | Incoming | None) -> Row:
    known = _row(paper) if paper else Row(id=item.subject_id, title="", meta="", url="")
    return Row(known.id, known.title, known.meta, known.url, state=item.state, result=item.result)


def _row(paper: Document | Incoming) -> Row:
    if isinstance(paper, Document):
        meta = " · ".join(filter(None, [paper.number_text, str(paper.type_name)]))
        return Row(paper.id, paper.subject, meta, reverse("documents:detail", args=[paper.id]))
    meta = f"{paper.number_text} · {paper.sender_text}"
    return Row(paper.id, paper.subject, meta, reverse("documents:incoming_detail", args=[paper.id]))
