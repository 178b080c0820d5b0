"""The way of a paper, and where it stands on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.modules.documents.kinds import DocumentState, IncomingState
from congso.modules.documents.models import Document, Incoming
from congso.shared.ui.words import vn_datetime

Out, In = DocumentState, IncomingState


@dataclass(frozen=True, slots=True)
class Step:
    """``state`` is done, now or todo; ``note`` says when it was done, or who is waited for."""

    label: str | Promise
    state: str
    note: str = ""


_OUTGOING: Sequence[tuple[str | Promise, frozenset[str]]] = (
    (gettext_lazy("Soạn"), frozenset({Out.DRAFT})),
    (gettext_lazy("Xem xét"), frozenset({Out.IN_REVIEW})),
    (gettext_lazy("Ký"), frozenset({Out.APPROVED})),
    (gettext_lazy("Cấp số, đóng dấu"), frozenset({Out.SIGNED, Out.NUMBERED})),
    (gettext_lazy("Phát hành"), frozenset({Out.SEALED})),
)
_INCOMING: Sequence[tuple[str | Promise, frozenset[str]]] = (
    (gettext_lazy("Đã đến"), frozenset({In.ARRIVED})),
    (gettext_lazy("Vào sổ"), frozenset({In.VALIDATED})),
    (gettext_lazy("Chỉ đạo"), frozenset({In.REGISTERED})),
    (gettext_lazy("Xử lý"), frozenset({In.DIRECTED, In.IN_PROGRESS, In.ANSWERED})),
    (gettext_lazy("Xong"), frozenset()),
)


def steps_of(document: Document, *, waiting_for: str = "") -> list[Step]:
    """Return the five steps of an outgoing paper; one that was withdrawn stands nowhere."""
    done_at = (
        document.submitted_at,
        document.approved_at,
        document.signed_at,
        document.sealed_at,
        document.issued_at,
    )
    return _steps(_OUTGOING, document.state, done_at, waiting_for, is_over=document.state == Out.ISSUED)


def steps_of_incoming(incoming: Incoming, *, waiting_for: str = "", directed_at: datetime | None = None) -> list[Step]:
    """Return the five steps of an incoming paper."""
    done_at = (incoming.arrived_at, incoming.registered_at, directed_at, incoming.closed_at, incoming.closed_at)
    steps = _steps(_INCOMING, incoming.state, done_at, waiting_for, is_over=incoming.state == In.CLOSED)
    if incoming.state == In.RECALLED:
        steps = _so_far(steps, done_at)
    if incoming.arrival_number:
        number = _("số đến %(number)s") % {"number": incoming.arrival_number}
        steps[1] = Step(steps[1].label, steps[1].state, number)
    return steps


def _steps(
    way: Sequence[tuple[str | Promise, frozenset[str]]],
    state: str,
    done_at: Sequence[datetime | None],
    waiting_for: str,
    *,
    is_over: bool,
) -> list[Step]:
    present = next(
        (place for place, (_label, states) in enumerate(way) if state in states), len(way) if is_over else -1
    )
    return [
        Step(
            label,
            "done" if place < present else "now" if place == present else "todo",
            _note(place, present, done_at[place], waiting_for),
        )
        for place, (label, _states) in enumerate(way)
    ]


def _so_far(steps: Sequence[Step], done_at: Sequence[datetime | None]) -> list[Step]:
    """Return how far a paper had come before its sender took it back; nothing of it is awaited any more."""
    return [
        Step(step.label, "done" if moment else "todo", vn_datetime(moment) if moment else "")
        for step, moment in zip(steps, done_at, strict=True)
    ]


def _note(place: int, present: int, moment: datetime | None, waiting_for: str) -> str:
    if place == present:
        return waiting_for
    return vn_datetime(moment) if place < present and moment else ""
