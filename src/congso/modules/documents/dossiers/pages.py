"""What the page of one dossier shows, and the panel of a paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.modules.documents.dossiers import permissions
from congso.modules.documents.dossiers.closing import due_date
from congso.modules.documents.dossiers.destroying import is_over
from congso.modules.documents.dossiers.filling import PaperKind
from congso.modules.documents.kinds import REGISTERED_AND_LATER, DocumentState
from congso.modules.documents.models import (
    Document,
    DossierDestruction,
    DossierExport,
    DossierItem,
    DossierState,
    Incoming,
    WorkDossier,
)
from congso.modules.documents.queries import lists
from congso.modules.documents.queries.history import HistoryLine, entries_about, people_in, told
from congso.shared.files import media
from congso.shared.organs.queries import labels as organ_labels
from congso.shared.ui.words import vn_date

MOST_TICKED: Final = 100
MOST_EXPORTS: Final = 5


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One thing in a dossier as a line.

    :param url: where it is opened by who looks; empty of a paper that they may not read.
    :param state: of a paper that is not finished, else empty.
    """

    item: DossierItem
    number: str
    day: date | None
    title: str
    kind: str
    pages: int
    url: str
    state: str | Promise


@dataclass(frozen=True, slots=True)
class DossierPage:
    """One dossier for who looks.

    :param destructions: proposals to destroy it, with what became of them.
    :param may: names of what they may do: keep, reopen, longer, hand_over, give, propose, decide, export.
    """

    dossier: WorkDossier
    rows: tuple[ItemRow, ...]
    removed: tuple[ItemRow, ...]
    facts: tuple[tuple[str, str | Promise], ...]
    history: tuple[HistoryLine, ...]
    destructions: tuple[DossierDestruction, ...]
    may: frozenset[str]


def dossier_page(dossier: WorkDossier, *, by: Actor, today: date) -> DossierPage:
    """Return the page; the same number of queries for each number of papers."""
    items = list(dossier.items.select_related("document", "incoming", "file").defer("document__body").order_by("place"))
    rows = item_rows(items, by=by)
    entries = entries_about(dossier.id)
    people = people_in(entries, dossier.keeper_id)
    destructions = list(dossier.destructions.select_related("decision").defer("decision__body").order_by("proposed_at"))
    may = _may(dossier, destructions, by, today=today)
    return DossierPage(
        dossier=dossier,
        rows=tuple(row for row in rows if row.item.removed_at is None),
        removed=tuple(row for row in rows if row.item.removed_at is not None) if "keep" in may else (),
        facts=tuple(_facts(dossier, people[dossier.keeper_id].full_name, today=today)),
        history=tuple(told(entries, people)),
        destructions=tuple(destructions),
        may=may,
    )


def item_rows(items: Sequence[DossierItem], *, by: Actor) -> list[ItemRow]:
    """Return lines of a dossier; a paper that ``by`` may not read has no link."""
    documents = Document.objects.visible_to(by).filter(id__in=[item.document_id for item in items if item.document_id])
    arrived = Incoming.objects.visible_to(by).filter(id__in=[item.incoming_id for item in items if item.incoming_id])
    readable = {*documents.values_list("id", flat=True), *arrived.values_list("id", flat=True)}
    return [_row(item, readable) for item in items]


def dossiers_of_paper(paper: Document | Incoming, *, by: Actor) -> list[WorkDossier]:
    """Return the dossiers that hold a paper, of those that ``by`` may see."""
    held = {"items__document": paper} if isinstance(paper, Document) else {"items__incoming": paper}
    found = WorkDossier.objects.visible_to(by).filter(**held, items__removed_at=None)
    return list(found.order_by("-opened_at", "-id"))


def papers_to_tick(dossier: WorkDossier, kind: PaperKind, words: str, *, by: Actor) -> list[Document] | list[Incoming]:
    """Return papers that ``by`` may put into a dossier and that are not there yet, the newest first."""
    there = dossier.items.filter(removed_at=None)
    if kind == "document":
        documents = Document.objects.visible_to(by).filter(state=DocumentState.ISSUED).defer("body")
        documents = documents.exclude(id__in=there.exclude(document=None).values("document"))
        return list(_holding(documents, words).order_by("-issued_date", "-id")[:MOST_TICKED])
    arrived = lists.incoming_papers(by).filter(state__in=REGISTERED_AND_LATER)
    arrived = arrived.exclude(id__in=there.exclude(incoming=None).values("incoming"))
    return list(_holding(arrived, words).order_by("-arrived_at", "-id")[:MOST_TICKED])


def exports_of(dossier: WorkDossier, *, by: Actor) -> list[DossierExport]:
    """Return what ``by`` asked to have written out of a dossier, the newest first."""
    asked = dossier.exports.filter(asked_by=by.position_id).order_by("-asked_at")
    return list(asked[:MOST_EXPORTS])


def _holding[Rows: (QuerySet[Document], QuerySet[Incoming])](papers: Rows, words: str) -> Rows:
    for word in words.split()[:8]:
        papers = papers.filter(subject__icontains=word)
    return papers


def _row(item: DossierItem, readable: set[UUID]) -> ItemRow:
    document, incoming = item.document, item.incoming
    if document is not None:
        unfinished = "" if document.state == DocumentState.ISSUED else document.get_state_display()
        state = _("Đã thu hồi") if document.recalled_at else unfinished
        url = reverse("documents:detail", args=[document.id])
        return _paper_row(item, document, document.number_text, document.issued_date, url, readable, state)
    if incoming is not None:
        state = "" if incoming.closed_at or incoming.answered_at else incoming.get_state_display()
        url = reverse("documents:incoming_detail", args=[incoming.id])
        return _paper_row(item, incoming, incoming.number_text, incoming.document_date, url, readable, state)
    return ItemRow(
        item=item,
        number="",
        day=clock.day_of(item.added_at),
        title=item.name,
        kind=str(media.KNOWN[item.file.media_type].label) if item.file else "",
        pages=item.pages,
        url=reverse("documents:dossier_file", args=[item.dossier_id, item.id]),
        state="",
    )


def _paper_row(
    item: DossierItem,
    paper: Document | Incoming,
    number: str,
    day: date | None,
    url: str,
    readable: set[UUID],
    state: str | Promise,
) -> ItemRow:
    direction = _("đi") if isinstance(paper, Document) else _("đến")
    return ItemRow(
        item=item,
        number=number,
        day=day,
        title=paper.subject,
        kind=f"{paper.type_name}, {direction}",
        pages=paper.pages,
        url=url if paper.id in readable else "",
        state=state,
    )


def _may(dossier: WorkDossier, destructions: Sequence[DossierDestruction], by: Actor, *, today: date) -> frozenset[str]:
    keeps = permissions.KEEP.allows(by, dossier)
    is_closed = dossier.state == DossierState.CLOSED
    goes = is_closed and due_date(dossier) is not None
    proposal = next((one for one in destructions if one.decided_at is None), None)
    over = is_over(dossier, today=today)
    may_decide = permissions.DECIDE_DESTRUCTION.allows(by, dossier)
    offered = {
        "keep": keeps and dossier.is_open,
        "reopen": keeps and is_closed,
        "longer": keeps and goes,
        "hand_over": keeps and goes,
        "give": permissions.GIVE.allows(by, dossier),
        "propose": proposal is None and over and permissions.PROPOSE_DESTRUCTION.allows(by, dossier),
        "decide": proposal is not None and may_decide and proposal.proposed_by_id != by.position_id,
        "export": dossier.state != DossierState.DESTROYED,
    }
    return frozenset(name for name, is_offered in offered.items() if is_offered)


def _facts(dossier: WorkDossier, keeper: str, *, today: date) -> list[tuple[str, str | Promise]]:
    organ = organ_labels([dossier.organ_id], on=today).get(dossier.organ_id)
    facts: list[tuple[str, str | Promise]] = [
        (_("Cơ quan"), organ.short_name if organ else ""),
        (_("Người lập"), keeper),
        (_("Thời hạn bảo quản"), dossier.retention_words),
    ]
    if dossier.start_date and dossier.end_date:
        facts.append((_("Thời gian"), f"{vn_date(dossier.start_date)} - {vn_date(dossier.end_date)}"))
    due = due_date(dossier)
    if due is not None and dossier.state == DossierState.CLOSED:
        facts.append((_("Hạn nộp lưu"), vn_date(due)))
    if dossier.kept_until:
        facts.append((_("Được giữ đến"), f"{vn_date(dossier.kept_until)}: {dossier.keep_reason}"))
    if dossier.outside_reason:
        facts.append((_("Ngoài danh mục vì"), dossier.outside_reason))
    if dossier.description:
        facts.append((_("Ghi chú"), dossier.description))
    return facts
