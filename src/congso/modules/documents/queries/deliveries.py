"""How far an issued paper has come with each of its recipients."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from congso.kernel import clock
from congso.modules.documents.kinds import IncomingState
from congso.modules.documents.models import Document, Incoming, Recipient
from congso.shared.organs.queries import OrganLabel, labels


@dataclass(frozen=True, slots=True)
class Delivery:
    """One recipient. ``state``: in words, empty as long as nothing arrived there."""

    organ: str
    state: str
    arrival_number: int | None


def deliveries(document: Document) -> list[Delivery]:
    """Return the recipients in the order of «Nơi nhận», in two queries."""
    return [
        Delivery(
            organ=organ.short_name,
            state=_words(getattr(to, "arrival_state", None)),
            arrival_number=getattr(to, "arrival_number", None),
        )
        for to, organ in recipients_of(document)
        if organ is not None
    ]


def recipients_of(document: Document) -> list[tuple[Recipient, OrganLabel | None]]:
    """Return the recipients with their organs, each annotated with ``arrival_state`` and ``arrival_number``."""
    arrivals = Incoming.objects.filter(document=OuterRef("document"), organ=OuterRef("organ"))
    recipients = document.recipients.order_by("place").annotate(
        arrival_state=Subquery(arrivals.values("state")[:1]),
        arrival_number=Subquery(arrivals.values("arrival_number")[:1]),
    )
    organs = labels({to.organ_id for to in recipients if to.organ_id}, on=clock.today())
    return [(to, organs.get(to.organ_id) if to.organ_id else None) for to in recipients]


def _words(state: str | None) -> str:
    return str(IncomingState(state).label) if state else ""
