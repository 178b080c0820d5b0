"""Pass an incoming paper on (chuyển tiếp): to other organs, where it arrives anew, or to colleagues, to know of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel import clock, events
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError
from congso.modules.documents import findable, notices, permissions
from congso.modules.documents.commands.assigning import DirectionInput, assign_step, position_of
from congso.modules.documents.commands.guarding import notes_secrets
from congso.modules.documents.commands.pressing import first_press
from congso.modules.documents.events import IncomingForwarded
from congso.modules.documents.kinds import REGISTERED_AND_LATER, DirectionKind, IncomingState
from congso.modules.documents.models import Direction, Incoming
from congso.modules.documents.queries.access import access_incoming
from congso.modules.documents.secrecy import refuse_secret
from congso.shared import journal
from congso.shared.organs.queries import labels, who_answers


class NotToBeForwarded(DomainError):
    code = "documents.not_to_be_forwarded"
    message = _("Văn bản đến “%(subject)s” chưa vào sổ nên chưa chuyển tiếp được. Vào sổ trước.")


class ForwardingIncomplete(DomainError):
    code = "documents.forwarding_incomplete"
    message = _("Chưa chuyển tiếp được: chọn ít nhất một cơ quan hoặc một người nhận.")
    status = 422


class ThereAlready(DomainError):
    code = "documents.there_already"
    message = _("%(organs)s đã có văn bản này. Bỏ chọn rồi chuyển lại.")


@dataclass(frozen=True, slots=True)
class ForwardingInput:
    """Where a paper is passed on to.

    :param people: positions in the organ or in those that serve it; they come to know of it.
    """

    organs: Sequence[UUID] = ()
    people: Sequence[UUID] = ()
    text: str = ""


@notes_secrets
@transaction.atomic(durable=True)
def forward_incoming(
    incoming_id: UUID, to: ForwardingInput, *, by: Actor, now: datetime, key: UUID | None = None
) -> Incoming:
    """Put the paper at the door of each organ, with the verdict of its signatures, and let each person know of it.

    An organ that has ended is answered for by its successors. What awaits work here does not change.

    :raises NotToBeForwarded: it is not registered.
    :raises ForwardingIncomplete: nobody is named.
    :raises ThereAlready: an organ has it.
    :raises NotToBeAssigned: a person works elsewhere.
    :raises SecretContent: the text holds a secrecy stamp; nothing was kept.
    """
    incoming = access_incoming(incoming_id, by=by, to=permissions.FORWARD, for_update=True)
    refuse_secret(to.text)
    if not first_press(key, act="forward", subject_id=incoming.id, now=now):
        return incoming
    if incoming.state not in REGISTERED_AND_LATER:
        raise NotToBeForwarded(subject=incoming.subject)
    if not (to.organs or to.people):
        raise ForwardingIncomplete
    arrivals = _arrivals(incoming, to.organs, now=now)
    if to.people:
        _let_know(incoming, to, by=by, now=now)
    count = len(arrivals) + len(set(to.people))
    journal.record("documents.forwarded", subject_id=incoming.id, by=by, at=now, count=count)
    for arrival in arrivals:
        journal.record("documents.arrived", subject_id=arrival.id, by=Actor.system(), at=now, file=arrival.file_id)
        events.publish(IncomingForwarded(incoming_id=incoming.id, arrival_id=arrival.id))
    notices.tell_clerks_arrived(arrivals, now=now)
    return incoming


def _arrivals(incoming: Incoming, organ_ids: Sequence[UUID], *, now: datetime) -> list[Incoming]:
    today = clock.day_of(now)
    receivers = dict.fromkeys(heir for organ_id in organ_ids for heir in who_answers(organ_id, on=today))
    same = Q(id=incoming.id) | Q(forwarded_from=incoming)
    if incoming.document_id is not None:
        same |= Q(document=incoming.document_id)
    there = set(Incoming.objects.filter(same, organ__in=receivers).values_list("organ_id", flat=True))
    if there:
        names = labels(there, on=today)
        raise ThereAlready(organs=", ".join(sorted(label.short_name for label in names.values())))
    return Incoming.objects.bulk_create(_arrival(incoming, organ_id, now=now) for organ_id in receivers)


def _arrival(incoming: Incoming, organ_id: UUID, *, now: datetime) -> Incoming:
    return Incoming(
        organ_id=organ_id,
        forwarded_from=incoming,
        document_id=incoming.document_id,
        sender_id=incoming.sender_id,
        sender_text=incoming.sender_text,
        number_text=incoming.number_text,
        document_date=incoming.document_date,
        type_code=incoming.type_code,
        subject=incoming.subject,
        urgency=incoming.urgency,
        reply_due_date=incoming.reply_due_date,
        file_id=incoming.file_id,
        pages=incoming.pages,
        verdict=incoming.verdict,
        state=IncomingState.VALIDATED,
        arrived_at=now,
    )


def _let_know(incoming: Incoming, to: ForwardingInput, *, by: Actor, now: datetime) -> None:
    direction = Direction.objects.create(
        incoming=incoming,
        kind=DirectionKind.FORWARD,
        given_by_id=position_of(by),
        text=to.text.strip(),
        given_at=now,
        closed_at=now,
    )
    order = DirectionInput(lead=None, informed=to.people, only_to_know=True)
    assignments = assign_step(direction, order, organ_id=incoming.organ_id, now=now)
    notices.tell_assigned(incoming, assignments, now=now)
    findable.index_incoming(incoming)
