"""Whether a paper that arrives is here already: the same number and notation from the same sender in the same year."""

from datetime import date
from uuid import UUID

from congso.kernel.vietnamese import fold
from congso.modules.documents.kinds import REGISTERED_AND_LATER, UNREGISTERED
from congso.modules.documents.models import Incoming


def earlier_like(
    *,
    organ_id: UUID,
    number_text: str,
    document_date: date,
    sender_id: UUID | None,
    sender_text: str,
    at_the_door: bool = False,
    except_id: UUID | None = None,
) -> Incoming | None:
    """Return the first paper of an organ that looks like the same one, or nothing; in one query.

    Numbers begin anew each year, so the years of the papers' own dates have to agree.

    :param number_text: as ``reading.numbers.canonical`` writes it.
    :param at_the_door: look also among those that are not registered.
    """
    states = [*REGISTERED_AND_LATER, *(UNREGISTERED if at_the_door else ())]
    papers = Incoming.objects.filter(
        organ=organ_id, number_text=number_text, document_date__year=document_date.year, state__in=states
    )
    for paper in papers.order_by("arrived_at", "id"):
        if paper.id != except_id and _is_same_sender(paper, sender_id, sender_text):
            return paper
    return None


def earlier_than(incoming: Incoming) -> Incoming | None:
    """Return the registered paper of which ``incoming`` looks like the same one."""
    return earlier_like(
        organ_id=incoming.organ_id,
        number_text=incoming.number_text,
        document_date=incoming.document_date,
        sender_id=incoming.sender_id,
        sender_text=incoming.sender_text,
        except_id=incoming.id,
    )


def _is_same_sender(paper: Incoming, sender_id: UUID | None, sender_text: str) -> bool:
    if paper.sender_id is not None and sender_id is not None:
        return paper.sender_id == sender_id
    return fold(paper.sender_text) == fold(sender_text)
