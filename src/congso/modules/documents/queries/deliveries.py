"""The recipients of a paper, with what arrived there."""

from django.db.models import OuterRef, Subquery

from congso.kernel import clock
from congso.modules.documents.models import Document, Incoming, Recipient
from congso.shared.organs.queries import OrganLabel, labels


def recipients_of(document: Document) -> list[tuple[Recipient, OrganLabel | None]]:
    """Return the recipients with their organs, each annotated with ``arrival_state`` and ``arrival_number``."""
    arrivals = Incoming.objects.filter(document=OuterRef("document"), organ=OuterRef("organ"))
    recipients = document.recipients.order_by("place").annotate(
        arrival_state=Subquery(arrivals.values("state")[:1]),
        arrival_number=Subquery(arrivals.values("arrival_number")[:1]),
    )
    organs = labels({to.organ_id for to in recipients if to.organ_id}, on=clock.today())
    return [(to, organs.get(to.organ_id) if to.organ_id else None) for to in recipients]
