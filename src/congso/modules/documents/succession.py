"""What becomes of papers when organs are merged: what is open goes to the heir, what is done stays where it was.

Dossiers, open or not yet destroyed, go to the heir with their code as it was: the heir's archive answers for them.
Outgoing papers belong to the organ that made them and stay. A paper that several merged organs had received is taken
over once.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q

from congso.kernel import clock
from congso.modules.documents import findable
from congso.modules.documents.commands.registering import arrival_series_key
from congso.modules.documents.kinds import UNREGISTERED, IncomingState
from congso.modules.documents.models import Assignment, DossierState, Incoming, WorkDossier
from congso.shared import numbering
from congso.shared.reorganisation import rules

OPEN = (*UNREGISTERED, IncomingState.REGISTERED, IncomingState.DIRECTED, IncomingState.IN_PROGRESS)


def register() -> None:
    """Tell the merger of organs how papers move; safe to repeat."""
    rules.register(Incoming, move_incoming)
    rules.register(Assignment, move_assignments)
    rules.register(WorkDossier, move_dossiers)


def move_incoming(heirs: Mapping[UUID, UUID], day: date) -> int:
    """Give open incoming papers to the heirs; registered ones get the next arrival number of the heir's register.

    The number that they had stays taken in the register of the organ that ended.
    """
    moved = 0
    papers = Incoming.objects.select_for_update().filter(organ__in=heirs, state__in=OPEN)
    for paper in papers.order_by("registered_at", "arrived_at", "id"):
        heir = heirs[paper.organ_id]
        if _has_it(heir, paper):
            continue
        paper.organ_id = heir
        if paper.arrival_number is not None:
            morning = datetime.combine(day, time(), tzinfo=clock.HANOI)
            paper.arrival_year = day.year
            paper.arrival_number = numbering.take_next(
                arrival_series_key(heir, day.year), subject_id=paper.id, at=morning
            )
        paper.save(update_fields=["organ", "arrival_year", "arrival_number"])
        if paper.arrival_number is not None:
            findable.index_incoming(paper)
        moved += 1
    return moved


def _has_it(organ_id: UUID, paper: Incoming) -> bool:
    same = Q(document__isnull=False, document=paper.document_id)
    same |= Q(forwarded_from__isnull=False, forwarded_from=paper.forwarded_from_id)
    return Incoming.objects.filter(same, organ=organ_id).exists()


def move_assignments(heirs: Mapping[UUID, UUID], _day: date) -> int:
    """Give open parts of organs that end to their heirs; a direction names an organ once."""
    moved = 0
    for part in Assignment.objects.select_for_update().filter(organ__in=heirs, done_at=None).order_by("id"):
        heir = heirs[part.organ_id] if part.organ_id else None
        if heir is None or Assignment.objects.filter(direction=part.direction_id, organ=heir).exists():
            continue
        part.organ_id = heir
        part.save(update_fields=["organ"])
        findable.index_incoming(part.incoming)
        moved += 1
    return moved


def move_dossiers(heirs: Mapping[UUID, UUID], _day: date) -> int:
    """Give work dossiers to the heirs; their keepers' positions end, so a leader or clerk of the heir gives them on."""
    moved = 0
    dossiers = WorkDossier.objects.select_for_update().filter(organ__in=heirs).exclude(state=DossierState.DESTROYED)
    for dossier in dossiers.order_by("id"):
        dossier.organ_id = heirs[dossier.organ_id]
        dossier.save(update_fields=["organ"])
        moved += 1
    return moved
