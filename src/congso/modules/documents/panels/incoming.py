"""The panels of an incoming paper."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.modules.documents import permissions
from congso.modules.documents.forms import ActForm, ReasonForm
from congso.modules.documents.incoming_forms import DirectionForm, DueForm, ForwardForm
from congso.modules.documents.kinds import REGISTERED_AND_LATER, IncomingState
from congso.modules.documents.models import Assignment, Incoming
from congso.modules.documents.panels.registry import INCOMING, Panel
from congso.modules.documents.queries import choices
from congso.modules.documents.queries.amendments import received_amendments
from congso.modules.documents.queries.progress import progress_of
from congso.modules.documents.queries.readers import readers_of

SPLITTING = "giao-tiep"
OPEN = (IncomingState.DIRECTED, IncomingState.IN_PROGRESS)


def register() -> None:
    """Offer the panels; safe to repeat."""
    INCOMING.add(
        Panel(
            key="tien-do",
            title=_("Tiến độ, đổi hạn, rút lại chỉ đạo"),
            template="documents/parts/progress.html",
            context=_progress,
            applies=_is_registered,
        ),
        Panel(
            key=SPLITTING,
            title=_("Giao tiếp cho người của đơn vị"),
            template="documents/parts/split.html",
            context=_split,
            applies=_leads_staff,
        ),
        Panel(
            key="chi-dao-them",
            title=_("Cho thêm ý kiến chỉ đạo"),
            template="documents/parts/direct_beside.html",
            context=_direct_beside,
            applies=_is_open_to_leader,
        ),
        Panel(
            key="thu-hoi",
            title=_("Thu hồi, thay thế, đính chính"),
            template="documents/parts/received_amendments.html",
            context=_amended,
            applies=_is_amended,
        ),
        Panel(
            key="chuyen-tiep",
            title=_("Chuyển tiếp"),
            template="documents/parts/forward.html",
            context=_forward,
            applies=_may_forward,
        ),
        Panel(
            key="nguoi-doc",
            title=_("Ai đã đọc, ai chưa đọc"),
            template="documents/parts/readers.html",
            context=_readers,
            applies=_may_forward,
        ),
    )


def _is_registered(incoming: Incoming, _by: Actor) -> bool:
    return incoming.state in REGISTERED_AND_LATER


def _leads_staff(incoming: Incoming, by: Actor) -> bool:
    return incoming.state in OPEN and by.has_role("head", "leader", in_organ=by.organ_id)


def _is_open_to_leader(incoming: Incoming, by: Actor) -> bool:
    return incoming.state in OPEN and permissions.DIRECT.allows(by, incoming)


def _may_forward(incoming: Incoming, by: Actor) -> bool:
    return incoming.state in REGISTERED_AND_LATER and permissions.FORWARD.allows(by, incoming)


def _progress(incoming: Incoming, by: Actor) -> Mapping[str, Any]:
    lines = progress_of(incoming, by=by)
    return {
        "lines": [
            (
                line,
                DueForm(auto_id=f"due_{line.id}_%s") if line.may_change else None,
                ReasonForm(auto_id=f"undo_{line.id}_%s") if line.may_change else None,
            )
            for line in lines.directions
        ],
        "forwarded": lines.forwarded,
    }


def _split(incoming: Incoming, by: Actor) -> Mapping[str, Any]:
    part = Assignment.objects.awaited_from(by).filter(incoming=incoming).first()
    if part is None or by.organ_id is None:
        return {"form": None}
    offered = choices.assignees(by.organ_id, clock.today(), except_for=by.position_id)
    form = DirectionForm(offered=offered, auto_id="split_%s", initial={"due_date": part.due_date})
    form.mark_needed()
    return {"form": form}


def _direct_beside(incoming: Incoming, by: Actor) -> Mapping[str, Any]:
    if incoming.directions.filter(given_by=by.position_id, closed_at=None).exists():
        return {"form": None}
    offered = choices.assignees(incoming.organ_id, clock.today())
    return {"form": DirectionForm(offered=offered, auto_id="beside_%s", initial={"beside": True})}


def _forward(incoming: Incoming, _by: Actor) -> Mapping[str, Any]:
    return {"form": forward_form(incoming)}


def forward_form(incoming: Incoming, **given: Any) -> ForwardForm:
    """Return the form that offers where ``incoming`` may go."""
    today = clock.today()
    return ForwardForm(
        organs=[choice for choice in choices.recipients(incoming.organ_id, today) if choice[0] != choices.ALL_BELOW],
        people=choices.staff(incoming.organ_id, today),
        auto_id="forward_%s",
        **given,
    )


def _readers(incoming: Incoming, _by: Actor) -> Mapping[str, Any]:
    readers = readers_of(incoming, now=clock.now())
    return {
        "readers": readers,
        "unread": sum(reader.read_at is None for reader in readers),
        "act_form": ActForm(auto_id="remind_%s"),
    }


def _is_amended(incoming: Incoming, _by: Actor) -> bool:
    return incoming.is_amendment or incoming.recalled_at is not None or incoming.corrected_at is not None


def _amended(incoming: Incoming, by: Actor) -> Mapping[str, Any]:
    return {"amended": received_amendments(incoming, by=by)}
