"""Lists of dossiers, filtered by who asks, and what their rows say."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.modules.documents.dossiers import retention
from congso.modules.documents.dossiers.closing import (
    MONTHS_OF_CONSTRUCTION,
    MONTHS_TO_HAND_OVER,
    due_date,
    months_after,
)
from congso.modules.documents.models import DossierEntry, DossierState, WorkDossier
from congso.shared.people.queries import labels
from congso.shared.ui.paging import Keyset

NEWEST: Final = Keyset[WorkDossier](("opened_at", "id"))
# «Đến hạn» begins so long before the day.
SOON: Final = timedelta(days=30)
MOST_OFFERED: Final = 200
GOES_TO_ARCHIVE: Final = Q(retention__in=[code for code in retention.RETENTIONS if code != retention.OTHER]) | Q(
    retention=retention.OTHER, other_years__gte=retention.YEARS_FOR_THE_ARCHIVE
)


@dataclass(frozen=True, slots=True)
class Listing:
    """One list of dossiers.

    :param whose: returns its dossiers for who asks, on a day.
    :param for_desk: only records clerks and leaders are offered it.
    """

    label: str | Promise
    whose: Callable[[Actor, date], QuerySet[WorkDossier]]
    for_desk: bool = False


def _mine(*states: DossierState) -> Callable[[Actor, date], QuerySet[WorkDossier]]:
    return lambda by, _today: WorkDossier.objects.kept_by(by).filter(state__in=states)


def _of_organ(*states: DossierState) -> Callable[[Actor, date], QuerySet[WorkDossier]]:
    return lambda by, _today: WorkDossier.objects.filter(
        organ__in=by.organs_where("records_clerk", "leader"), state__in=states
    )


def due_for_archive(by: Actor, today: date) -> QuerySet[WorkDossier]:
    """Return the closed dossiers that ``by`` sees whose day of hand-over has come or comes soon."""
    soon = today + SOON
    ended = Q(is_construction=False, end_date__lte=months_after(soon, -MONTHS_TO_HAND_OVER)) | Q(
        is_construction=True, end_date__lte=months_after(soon, -MONTHS_OF_CONSTRUCTION)
    )
    closed = WorkDossier.objects.visible_to(by).filter(GOES_TO_ARCHIVE, ended, state=DossierState.CLOSED)
    return closed.exclude(kept_until__gt=soon)


LISTINGS: Final[Mapping[str, Listing]] = {
    "dang-mo": Listing(_("Đang lập"), _mine(DossierState.OPEN)),
    "da-ket-thuc": Listing(_("Đã kết thúc"), _mine(DossierState.CLOSED, DossierState.OFFERED)),
    "den-han": Listing(_("Đến hạn nộp lưu"), due_for_archive),
    "co-quan": Listing(
        _("Cả cơ quan"), _of_organ(DossierState.OPEN, DossierState.CLOSED, DossierState.OFFERED), for_desk=True
    ),
    "luu-tru": Listing(_("Trong lưu trữ"), _of_organ(DossierState.ARCHIVED, DossierState.DESTROYED), for_desk=True),
}


@dataclass(frozen=True, slots=True)
class DossierRow:
    """One dossier in a list.

    :param due: the last day of hand-over, with a longer keeping; nothing before it is closed.
    """

    dossier: WorkDossier
    keeper: str
    items: int
    due: date | None
    is_late: bool
    is_mine: bool


def offered_to(by: Actor) -> dict[str, Listing]:
    """Return the lists that ``by`` has."""
    is_desk = bool(by.organs_where("records_clerk", "leader"))
    return {key: listing for key, listing in LISTINGS.items() if is_desk or not listing.for_desk}


def searched(dossiers: QuerySet[WorkDossier], words: str) -> QuerySet[WorkDossier]:
    """Keep those whose notation or title holds every word."""
    for word in words.split()[:8]:
        dossiers = dossiers.filter(Q(title__icontains=word) | Q(notation__icontains=word))
    return dossiers


def rows_of(dossiers: Sequence[WorkDossier], today: date, *, by: Actor) -> list[DossierRow]:
    """Return what lists show of dossiers; two queries."""
    keepers = labels({dossier.keeper_id for dossier in dossiers})
    counts = counts_by_dossier([dossier.id for dossier in dossiers if dossier.is_open])
    rows = []
    for dossier in dossiers:
        due = dossier.kept_until or due_date(dossier)
        rows.append(
            DossierRow(
                dossier=dossier,
                keeper=keepers[dossier.keeper_id].full_name,
                items=counts.get(dossier.id, 0) if dossier.is_open else dossier.document_total,
                due=due if dossier.state == DossierState.CLOSED else None,
                is_late=dossier.state == DossierState.CLOSED and due is not None and due < today,
                is_mine=dossier.keeper_id == by.position_id,
            )
        )
    return rows


def counts_by_dossier(dossier_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return how many things are in each, in one query."""
    present = Count("items", filter=Q(items__removed_at=None))
    counted = WorkDossier.objects.filter(id__in=dossier_ids).annotate(present=present)
    return dict(counted.values_list("id", "present"))


def my_open_dossiers(by: Actor) -> list[WorkDossier]:
    """Return the dossiers that ``by`` may put something into, the newest first."""
    mine = WorkDossier.objects.kept_by(by).filter(state=DossierState.OPEN)
    return list(mine.order_by("-opened_at", "-id")[:MOST_OFFERED])


def entries_to_open(by: Actor, organ_id: UUID, year: int) -> list[DossierEntry]:
    """Return what the approved catalogue foresees and nobody has opened: one's own first, then by notation."""
    entries = DossierEntry.objects.filter(
        catalogue__organ=organ_id, catalogue__year=year, catalogue__approved_at__isnull=False, dossiers=None
    )
    return sorted(entries, key=lambda entry: (entry.maker_id != by.position_id, entry.notation))
