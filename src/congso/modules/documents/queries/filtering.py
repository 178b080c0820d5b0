"""Narrow the lists of papers by what is known of them. Words are found with or without their marks."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from congso.kernel import clock
from congso.kernel.vietnamese import fold
from congso.modules.documents.kinds import IncomingState
from congso.modules.documents.models import Assignment, Document, Incoming, Recipient
from congso.modules.documents.queries import lists
from congso.shared.organs.models import OrganName

type Rule = Callable[[Any, date], Q]

STATES: Mapping[str, tuple[str, ...]] = {
    "new": (IncomingState.ARRIVED, IncomingState.VALIDATED),
    "to_direct": (IncomingState.REGISTERED,),
    "open": lists.OPEN_STATES,
    "done": (IncomingState.ANSWERED, IncomingState.CLOSED),
}
MOST_NUMBER_DIGITS = 9


def filtered_incoming(papers: QuerySet[Incoming], asked: Mapping[str, Any], today: date) -> QuerySet[Incoming]:
    """Keep the incoming papers that have all that ``asked`` (of ``IncomingFilter``) names; its words aside."""
    return _narrowed(papers, asked, today, _INCOMING)


def filtered_outgoing(papers: QuerySet[Document], asked: Mapping[str, Any], today: date) -> QuerySet[Document]:
    """Keep the outgoing papers that have all that ``asked`` (of ``OutgoingFilter``) names; its words aside."""
    return _narrowed(papers, asked, today, _OUTGOING)


def _narrowed[T: Model](
    papers: QuerySet[T], asked: Mapping[str, Any], today: date, rules: Mapping[str, Rule]
) -> QuerySet[T]:
    for name, rule in rules.items():
        if asked[name]:
            papers = papers.filter(rule(asked[name], today))
    return papers


def _in_state(state: str, today: date) -> Q:
    if state == "late":
        return Q(state__in=lists.OPEN_STATES, due_date__lt=today)
    return Q(state__in=STATES[state])


def _incoming_number(text: str, _today: date) -> Q:
    numbered = Q(number_text__unaccent__icontains=text)
    return numbered | Q(arrival_number=int(text)) if _is_number(text) else numbered


def _outgoing_number(text: str, _today: date) -> Q:
    number, _slash, notation = text.partition("/")
    if _is_number(number):
        return Q(number=int(number), notation__unaccent__icontains=notation)
    return Q(notation__unaccent__icontains=text)


def _given_to(name: str, _today: date) -> Q:
    named = Assignment.objects.filter(incoming=OuterRef("pk"), position__person__full_name__unaccent__icontains=name)
    return Q(Exists(named))


def _answered(word: str, _today: date) -> Q:
    answers = Q(Exists(Incoming.objects.filter(answers=OuterRef("pk"))))
    return answers if word == "yes" else ~answers


def _sent_to(words: str, today: date) -> Q:
    """Keep papers with a recipient that is called so: an organ, a person, an addressee on paper."""
    organs: list[UUID] = list(
        OrganName.objects.filter(search_key__contains=fold(words), valid__contains=today).values_list(
            "organ_id", flat=True
        )
    )
    called = (
        Q(organ__in=organs)
        | Q(name__unaccent__icontains=words)
        | Q(position__person__full_name__unaccent__icontains=words)
    )
    return Q(Exists(Recipient.objects.filter(called, document=OuterRef("pk"))))


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= MOST_NUMBER_DIGITS


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.HANOI)


_INCOMING: Mapping[str, Rule] = {
    "state": _in_state,
    "type": lambda code, _today: Q(type_code=code),
    "urgency": lambda urgency, _today: Q(urgency=urgency),
    "verdict": lambda verdict, _today: Q(verdict=verdict),
    "sender": lambda text, _today: Q(sender_text__unaccent__icontains=text),
    "number": _incoming_number,
    "since": lambda day, _today: Q(arrived_at__gte=_begin_of(day)),
    "until": lambda day, _today: Q(arrived_at__lt=_begin_of(day + timedelta(days=1))),
    "due_since": lambda day, _today: Q(due_date__gte=day),
    "due_until": lambda day, _today: Q(due_date__lte=day),
    "who": _given_to,
}
_OUTGOING: Mapping[str, Rule] = {
    "type": lambda code, _today: Q(type_code=code),
    "urgency": lambda urgency, _today: Q(urgency=urgency),
    "number": _outgoing_number,
    "signer": lambda text, _today: Q(signer_name__unaccent__icontains=text),
    "author": lambda text, _today: Q(author__person__full_name__unaccent__icontains=text),
    "to": _sent_to,
    "since": lambda day, _today: Q(issued_date__gte=day),
    "until": lambda day, _today: Q(issued_date__lte=day),
    "signed": lambda word, _today: Q(leader_validated=word == "digital"),
    "answered": _answered,
}
