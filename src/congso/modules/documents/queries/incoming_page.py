"""Everything that the page of an incoming paper shows, in a known number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.modules.documents import permissions
from congso.modules.documents.kinds import DIRECTABLE, AssignmentKind, IncomingState, Verdict
from congso.modules.documents.models import Assignment, Direction, Document, Incoming
from congso.modules.documents.queries import directions, history
from congso.modules.documents.queries.access import access_incoming
from congso.modules.documents.queries.directions import Given, Part
from congso.modules.documents.queries.duplicates import earlier_than
from congso.modules.documents.queries.history import HistoryLine
from congso.modules.documents.queries.pages import kept_verdict
from congso.modules.documents.queries.steps import Step, steps_of_incoming
from congso.modules.signing import public as signing
from congso.shared.organs.queries import labels as organ_labels


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the ĐẾN stamp says (Decree 30/2020, Phụ lục IV); the reader draws it, the file never holds it."""

    organ: str
    number: int
    day: datetime
    passed_to: str


@dataclass(frozen=True, slots=True)
class IncomingPage:
    """The page of an incoming paper.

    :param orders: what leaders directed and did not take back, the first one first.
    :param merged: who does something by these orders, each once; empty where one order says it all.
    :param earlier: a registered paper of which this one looks like the same, for who may register it.
    :param acts: what ``by`` may do now: register, return, direct, answer, take_on, finish_part, confirm_destroyed.
    :param replies: drafts and issued papers that answer it, as far as ``by`` may see them.
    """

    incoming: Incoming
    orders: Sequence[Given]
    merged: Sequence[Part]
    stamp: Stamp | None
    replies: Sequence[Document]
    verdict: signing.Verdict | None
    history: Sequence[HistoryLine]
    steps: Sequence[Step]
    acts: frozenset[str]
    earlier: Incoming | None


def incoming_page(incoming_id: UUID, *, by: Actor) -> IncomingPage:
    """Return the page of an incoming paper for who may see it.

    :raises NotFound: see :func:`access_incoming`.
    """
    incoming = access_incoming(incoming_id, by=by, to=permissions.SEE_INCOMING)
    entries = history.entries_about(incoming.id)
    rows = [] if incoming.state in _UNDIRECTED else directions.rows_of(incoming.id)
    parts = [part for _direction, some in rows for part in some]
    people = history.people_in(
        entries, *(direction.given_by_id for direction, _some in rows), *(part.position_id for part in parts)
    )
    organs = organ_labels({incoming.organ_id, *(part.organ_id for part in parts if part.organ_id)}, on=clock.today())
    orders = directions.standing(rows, (people, organs))
    lead = directions.leading(orders)
    acts = _acts(incoming, rows, by)
    directed_at = orders[0].direction.given_at if orders else None
    organ = organs.get(incoming.organ_id)
    return IncomingPage(
        incoming=incoming,
        orders=orders,
        merged=directions.merged(orders) if len(orders) > 1 else [],
        stamp=_stamp(incoming, organ.short_name if organ else "", lead),
        replies=list(Document.objects.visible_to(by).filter(reply_to=incoming).order_by("created_at", "id")),
        verdict=kept_verdict(incoming.file_id),
        history=history.told(entries, people),
        steps=steps_of_incoming(incoming, waiting_for=_waited_for(incoming, lead), directed_at=directed_at),
        acts=acts,
        earlier=earlier_than(incoming) if "register" in acts else None,
    )


_UNDIRECTED = (IncomingState.ARRIVED, IncomingState.VALIDATED, IncomingState.REGISTERED, IncomingState.RETURNED)


def _acts(incoming: Incoming, rows: Sequence[tuple[Direction, list[Assignment]]], by: Actor) -> frozenset[str]:
    is_clerk = permissions.REGISTER.allows(by, incoming)
    mine = awaited(rows, by)
    leads = any(part.kind == AssignmentKind.LEAD for part in mine)
    is_leader = permissions.DIRECT.allows(by, incoming)
    by_state: dict[str, list[tuple[bool, str]]] = {
        IncomingState.ARRIVED: [(is_clerk, "return")],
        IncomingState.VALIDATED: [
            (is_clerk and incoming.verdict != Verdict.FAILED, "register"),
            (is_clerk, "return"),
        ],
        IncomingState.REGISTERED: [(is_leader, "direct")],
        IncomingState.DIRECTED: [(leads, "answer"), (leads, "take_on"), (bool(mine), "finish_part")],
        IncomingState.IN_PROGRESS: [(leads, "answer"), (bool(mine), "finish_part")],
        IncomingState.RECALLED: [(is_clerk and incoming.destroyed_at is None, "confirm_destroyed")],
    }
    return frozenset(name for allowed, name in by_state.get(incoming.state, []) if allowed)


def awaited(rows: Sequence[tuple[Direction, list[Assignment]]], by: Actor) -> list[Assignment]:
    """Return the parts that ``by`` is to finish, as ``Assignment.objects.awaited_from`` says it."""
    elsewhere = {
        direction.within_id
        for direction, _parts in rows
        if direction.within_id and direction.closed_at is None and direction.given_by_id != by.position_id
    }
    return [
        part
        for direction, parts in rows
        for part in parts
        if direction.closed_at is None
        and part.done_at is None
        and part.taken_back_at is None
        and part.kind != AssignmentKind.INFORMED
        and part.id not in elsewhere
        and _reaches(part, by)
    ]


def _reaches(part: Assignment, by: Actor) -> bool:
    return (part.position_id is not None and part.position_id == by.position_id) or (
        part.organ_id is not None and part.organ_id == by.organ_id
    )


def _stamp(incoming: Incoming, organ_name: str, lead: Part | None) -> Stamp | None:
    if incoming.arrival_number is None or incoming.registered_at is None:
        return None
    return Stamp(
        organ=organ_name,
        number=incoming.arrival_number,
        day=incoming.registered_at,
        passed_to=lead.name.split(",")[0] if lead else "",
    )


def _waited_for(incoming: Incoming, lead: Part | None) -> str:
    if incoming.state in {IncomingState.ARRIVED, IncomingState.VALIDATED}:
        return _("đang chờ Văn thư")
    if incoming.state == IncomingState.REGISTERED:
        return _("đang chờ Lãnh đạo")
    if lead is None or incoming.state not in DIRECTABLE:
        return ""
    return _("đang chờ %(name)s") % {"name": lead.name}
