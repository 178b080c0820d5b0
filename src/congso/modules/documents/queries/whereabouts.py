"""How far an issued paper has come with each of its recipients."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.kernel import clock
from congso.modules.documents.kinds import IncomingState
from congso.modules.documents.models import Document, Incoming, Recipient
from congso.shared.calendar import add_working_days
from congso.shared.organs.queries import labels, who_answers
from congso.shared.people.queries import labels as position_labels
from congso.shared.ui.words import vn_date, vn_datetime

S = IncomingState
# Each group of the panel in its order, with the words above it and the tone of its count.
GROUPS: Sequence[tuple[str, str | Promise, str]] = (
    ("late", gettext_lazy("Quá hạn"), "bad"),
    ("returned", gettext_lazy("Trả lại nơi gửi"), "warn"),
    ("waiting", gettext_lazy("Chưa đến, chưa vào sổ"), "warn"),
    ("registered", gettext_lazy("Đã vào sổ"), "info"),
    ("in_work", gettext_lazy("Đang xử lý"), "info"),
    ("done", gettext_lazy("Xong, đã trả lời"), "ok"),
    ("recalled", gettext_lazy("Thu hồi, chờ báo đã hủy"), "warn"),
    ("destroyed", gettext_lazy("Thu hồi, đã hủy"), "idle"),
    ("by_name", gettext_lazy("Gửi đích danh"), "idle"),
    ("on_paper", gettext_lazy("Bản giấy"), "idle"),
)
_GROUP_OF_STATE: Mapping[str, str] = {
    S.ARRIVED: "waiting",
    S.VALIDATED: "waiting",
    S.REGISTERED: "registered",
    S.DIRECTED: "in_work",
    S.IN_PROGRESS: "in_work",
    S.ANSWERED: "done",
    S.CLOSED: "done",
    S.RETURNED: "returned",
    S.RECALLED: "recalled",
}
# Registered on the day of arrival, at the latest on the next working day (Decree 30/2020/NĐ-CP).
DAYS_TO_REGISTER = 1


@dataclass(frozen=True, slots=True)
class Delivery:
    """One recipient. ``note``: how far it is there, in words; ``group``: a key of ``GROUPS``."""

    name: str
    note: str
    group: str


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    label: str | Promise
    tone: str
    deliveries: Sequence[Delivery]


def whereabouts(document: Document, *, today: date) -> list[Group]:
    """Return the recipients in groups, what is late first, in four queries; more where an organ has ended."""
    recipients = list(document.recipients.order_by("place"))
    arrivals = {arrival.organ_id: arrival for arrival in document.arrivals.order_by("arrived_at", "id")}
    days = {clock.day_of(arrival.arrived_at) for arrival in arrivals.values()}
    late_days = frozenset(day for day in days if add_working_days(day, DAYS_TO_REGISTER) < today)
    found = [
        *_of_organs(document, [to.organ_id for to in recipients if to.organ_id], arrivals, late_days, today=today),
        *_by_name([to for to in recipients if to.position_id]),
        *(Delivery(to.name, _on_paper(to), "on_paper") for to in recipients if to.name),
    ]
    groups = [Group(key, label, tone, [one for one in found if one.group == key]) for key, label, tone in GROUPS]
    return [group for group in groups if group.deliveries]


def _of_organs(
    document: Document,
    organ_ids: Sequence[UUID],
    arrivals: Mapping[UUID, Incoming],
    late_days: Collection[date],
    *,
    today: date,
) -> Iterator[Delivery]:
    names = labels({*organ_ids, *arrivals}, on=today)
    for organ_id in organ_ids:
        arrival = arrivals.get(organ_id) or _at_an_heir(organ_id, arrivals, today=today)
        if organ_id not in names:
            continue
        name = names[organ_id].short_name
        if arrival is None:
            note = _("Không gửi, đã thu hồi trước khi đến") if document.recalled_at else _("Chưa đến")
            yield Delivery(name, note, "destroyed" if document.recalled_at else "waiting")
            continue
        heir = "" if arrival.organ_id == organ_id else f"{names[arrival.organ_id].short_name}: "
        yield Delivery(name, heir + _note(arrival), _group(arrival, late_days, today=today))


def _at_an_heir(organ_id: UUID, arrivals: Mapping[UUID, Incoming], *, today: date) -> Incoming | None:
    if not arrivals:
        return None
    return next((arrivals[heir] for heir in who_answers(organ_id, on=today) if heir in arrivals), None)


def _group(arrival: Incoming, late_days: Collection[date], *, today: date) -> str:
    group = _GROUP_OF_STATE[arrival.state]
    if group == "recalled":
        return "destroyed" if arrival.destroyed_at else group
    if group == "waiting" and clock.day_of(arrival.arrived_at) in late_days:
        return "late"
    is_open = group in {"waiting", "registered", "in_work"}
    return "late" if is_open and arrival.reply_due_date is not None and arrival.reply_due_date < today else group


def _note(arrival: Incoming) -> str:
    facts = [str(IncomingState(arrival.state).label)]
    if arrival.arrival_number is not None:
        facts.append(_("số đến %(number)s") % {"number": arrival.arrival_number})
    if arrival.answered_at is not None:
        facts.append(_("trả lời %(at)s") % {"at": vn_datetime(arrival.answered_at)})
    elif arrival.destroyed_at is not None:
        facts.append(_("báo đã hủy %(at)s") % {"at": vn_datetime(arrival.destroyed_at)})
    elif arrival.registered_at is not None:
        facts.append(_("nhận %(at)s") % {"at": vn_datetime(arrival.registered_at)})
    else:
        facts.append(_("đến %(at)s") % {"at": vn_datetime(arrival.arrived_at)})
    if arrival.return_reason:
        facts.append(arrival.return_reason)
    return ", ".join(facts)


def _by_name(recipients: Iterable[Recipient]) -> Iterator[Delivery]:
    named = list(recipients)
    people = position_labels([to.position_id for to in named if to.position_id])
    for to in named:
        label = people[to.position_id] if to.position_id else None
        read = _("đọc %(at)s") % {"at": vn_datetime(to.read_at)} if to.read_at else _("chưa đọc")
        yield Delivery(f"{label.full_name}, {label.title}" if label else "", read, "by_name")


def _on_paper(to: Recipient) -> str:
    copies = _("%(n)s bản") % {"n": to.copies}
    sent = _("gửi %(day)s") % {"day": vn_date(to.sent_date)} if to.sent_date else _("chưa gửi")
    return f"{copies}, {sent}"
