"""Close a dossier when its work is over, open it again, keep it beyond its day of hand-over."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.modules.documents.commands.guarding import notes_secrets
from congso.modules.documents.dossiers import permissions, retention
from congso.modules.documents.dossiers.access import access_dossier, access_open
from congso.modules.documents.dossiers.errors import (
    DaysWrong,
    DossierEmpty,
    DossierNotClosed,
    KeptTooLong,
    StillMissing,
    TooManyPages,
)
from congso.modules.documents.dossiers.opening import said
from congso.modules.documents.kinds import DocumentState, IncomingState
from congso.modules.documents.models import DossierItem, DossierState, WorkDossier
from congso.modules.documents.models.dossiers import MOST_PAGES
from congso.modules.documents.secrecy import refuse_secret
from congso.shared import journal
from congso.shared.ui.words import vn_date, vn_number

# Decree 30/2020/NĐ-CP: within a year after the work ended, basic construction three months after the settlement; who
# needs a dossier longer keeps it at most two years more.
MONTHS_TO_HAND_OVER: Final = 12
MONTHS_OF_CONSTRUCTION: Final = 3
MONTHS_KEPT_LONGER: Final = 24
ANSWERED: Final = (IncomingState.ANSWERED, IncomingState.CLOSED, IncomingState.RECALLED)


@dataclass(frozen=True, slots=True)
class Counts:
    """What is in a dossier.

    :param first, last: days of the earliest and of the latest paper; nothing where there are only files.
    :param drafts: papers of ours that are not issued; ``unanswered``: incoming ones that nobody has finished.
    """

    items: int
    pages: int
    first: date | None
    last: date | None
    drafts: int
    unanswered: int

    def missing(self) -> list[str]:
        """Say in sentences what is not done yet."""
        said = []
        if self.drafts:
            said.append(_("%(n)s văn bản đi chưa phát hành.") % {"n": self.drafts})
        if self.unanswered:
            said.append(_("%(n)s văn bản đến chưa xử lý xong.") % {"n": self.unanswered})
        return said


def counts_of(dossier_id: UUID) -> Counts:
    """Count a dossier, in one query."""
    items = list(DossierItem.objects.filter(dossier=dossier_id).present())
    documents = [item.document for item in items if item.document]
    arrived = [item.incoming for item in items if item.incoming]
    days = [document.issued_date for document in documents if document.issued_date]
    days += [paper.document_date for paper in arrived]
    return Counts(
        items=len(items),
        pages=sum(item.paper.pages if item.paper else item.pages for item in items),
        first=min(days, default=None),
        last=max(days, default=None),
        drafts=sum(document.state != DocumentState.ISSUED for document in documents),
        unanswered=sum(paper.state not in ANSWERED for paper in arrived),
    )


@transaction.atomic(durable=True)
def close_dossier(
    dossier_id: UUID, *, start_date: date, end_date: date, all_the_same: bool, by: Actor, now: datetime
) -> WorkDossier:
    """Close a dossier: its papers and pages are counted, nothing goes in or out any more.

    :param start_date, end_date: of the work.
    :param all_the_same: close it although something is not done yet.
    :raises DossierNotOpen: it is closed already, or further.
    :raises DossierEmpty, TooManyPages, DaysWrong: it cannot be closed so.
    :raises StillMissing: a draft or an unanswered paper is in it.
    """
    dossier = access_open(dossier_id, by=by, to=permissions.KEEP)
    if not start_date <= end_date <= clock.day_of(now):
        raise DaysWrong
    counts = counts_of(dossier.id)
    if not counts.items:
        raise DossierEmpty(notation=dossier.notation)
    if counts.pages > MOST_PAGES:
        raise TooManyPages(notation=dossier.notation, pages=vn_number(counts.pages))
    if counts.missing() and not all_the_same:
        raise StillMissing(missing=" ".join(counts.missing()))
    dossier.state, dossier.closed_at = DossierState.CLOSED, now
    dossier.start_date, dossier.end_date = start_date, end_date
    dossier.document_total, dossier.page_total = counts.items, counts.pages
    dossier.save(update_fields=["state", "closed_at", "start_date", "end_date", "document_total", "page_total"])
    journal.record(
        "documents.dossier_closed",
        subject_id=dossier.id,
        by=by,
        at=now,
        documents=counts.items,
        pages=counts.pages,
        missing=counts.drafts + counts.unanswered,
    )
    return dossier


@notes_secrets
@transaction.atomic(durable=True)
def reopen_dossier(dossier_id: UUID, *, reason: str, by: Actor, now: datetime) -> WorkDossier:
    """Open a closed dossier again, before it is handed over.

    :raises DossierNotClosed: it is open, or with the archive.
    :raises ReasonMissing: it does not say why.
    """
    dossier = access_dossier(dossier_id, by=by, to=permissions.SEE, for_update=True)
    if dossier.state != DossierState.CLOSED:
        raise DossierNotClosed(notation=dossier.notation)
    permissions.KEEP.require(by, dossier)
    reason = said(reason)
    refuse_secret(reason)
    dossier.state, dossier.closed_at, dossier.reopen_reason = DossierState.OPEN, None, reason
    dossier.kept_until, dossier.keep_reason = None, ""
    dossier.save(update_fields=["state", "closed_at", "reopen_reason", "kept_until", "keep_reason"])
    journal.record("documents.dossier_reopened", subject_id=dossier.id, by=by, at=now)
    return dossier


@notes_secrets
@transaction.atomic(durable=True)
def keep_longer(dossier_id: UUID, *, until: date, reason: str, by: Actor, now: datetime) -> WorkDossier:
    """Let the owner keep a closed dossier beyond its day of hand-over, at most two years.

    :raises DossierNotClosed: it is open, or with the archive.
    :raises KeptTooLong: not after that day, or more than two years after it.
    :raises ReasonMissing: it does not say why.
    """
    dossier = access_dossier(dossier_id, by=by, to=permissions.KEEP, for_update=True)
    due = due_date(dossier)
    if dossier.state != DossierState.CLOSED or due is None:
        raise DossierNotClosed(notation=dossier.notation)
    reason = said(reason)
    refuse_secret(reason)
    latest = months_after(due, MONTHS_KEPT_LONGER)
    if not due < until <= latest:
        raise KeptTooLong(latest=vn_date(latest))
    dossier.kept_until, dossier.keep_reason = until, reason
    dossier.save(update_fields=["kept_until", "keep_reason"])
    journal.record("documents.dossier_kept_longer", subject_id=dossier.id, by=by, at=now, until=until)
    return dossier


def due_date(dossier: WorkDossier) -> date | None:
    """Return the last day of hand-over, without a longer keeping; nothing for what does not go to the archive."""
    if dossier.end_date is None or not retention.goes_to_archive(dossier.retention, dossier.other_years):
        return None
    return months_after(dossier.end_date, MONTHS_OF_CONSTRUCTION if dossier.is_construction else MONTHS_TO_HAND_OVER)


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))
