"""At the door: register an incoming paper, or give it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel import clock, events
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError
from congso.modules.documents import findable, notices, permissions
from congso.modules.documents.commands.guarding import notes_secrets
from congso.modules.documents.commands.pressing import first_press
from congso.modules.documents.events import IncomingRegistered, IncomingReturned
from congso.modules.documents.kinds import UNREGISTERED, IncomingState, Verdict
from congso.modules.documents.models import Incoming
from congso.modules.documents.queries.access import access_incoming
from congso.modules.documents.queries.duplicates import earlier_than
from congso.modules.documents.secrecy import refuse_secret
from congso.shared import journal, numbering

LONGEST_REASON = 500


class AlreadyRegistered(DomainError):
    code = "documents.already_registered"
    message = _("Văn bản này đã vào sổ, số đến %(number)s.")


class NotYetValidated(DomainError):
    code = "documents.not_yet_validated"
    message = _("Chữ ký của văn bản đang được kiểm tra. Chờ một lát rồi vào sổ.")


class SignatureBroken(DomainError):
    code = "documents.signature_broken"
    message = _("Chữ ký của văn bản không hợp lệ nên không vào sổ được. Trả lại nơi gửi kèm lý do.")


class IncomingWasReturned(DomainError):
    code = "documents.incoming_was_returned"
    message = _("Văn bản này đã được trả lại nơi gửi.")


class IncomingWasRecalled(DomainError):
    code = "documents.incoming_was_recalled"
    message = _("Nơi gửi đã thu hồi văn bản này. Hủy bản đã nhận và báo nơi gửi.")


class ReturnReasonMissing(DomainError):
    code = "documents.return_reason_missing"
    message = _("Trả lại nơi gửi phải ghi lý do. Chưa có gì thay đổi.")
    status = 422


class LooksRegistered(DomainError):
    """There is an earlier paper of the same number and sender: ``earlier_id``."""

    code = "documents.looks_registered"
    message = _(
        "Văn bản %(number)s của nơi gửi này đã có ở cơ quan (số đến %(arrival)s). Mở bản trước để đối chiếu; nếu vẫn "
        "vào sổ bản này thì ghi lý do."
    )

    @classmethod
    def of(cls, earlier: Incoming) -> "LooksRegistered":
        """Return the refusal that names the earlier paper."""
        return cls(
            number=earlier.number_text, arrival=earlier.arrival_number or _("chưa cấp"), earlier_id=str(earlier.id)
        )


def arrival_series_key(organ_id: UUID, year: int) -> str:
    """Return the name of the running series of arrival numbers (số đến): one per organ and year."""
    return f"incoming/{organ_id}/{year}"


@notes_secrets
@transaction.atomic(durable=True)
def register_incoming(
    incoming_id: UUID, *, by: Actor, now: datetime, key: UUID | None = None, duplicate_reason: str = ""
) -> Incoming:
    """Give an incoming paper the next arrival number of the year in Hanoi and lay it before the leaders.

    :param duplicate_reason: why it is registered though an earlier one looks like the same.
    :raises NotYetValidated: its signatures are still being judged.
    :raises SignatureBroken: they are not valid.
    :raises LooksRegistered: an earlier one has its number and sender, and there is no reason.
    :raises AlreadyRegistered, IncomingWasReturned, IncomingWasRecalled: somebody else decided meanwhile.
    """
    incoming = access_incoming(incoming_id, by=by, to=permissions.REGISTER, for_update=True)
    if not first_press(key, act="register", subject_id=incoming.id, now=now):
        return incoming
    _refuse_unregistrable(incoming)
    note_duplicate_step(incoming, earlier_than(incoming), reason=duplicate_reason)
    register_step(incoming, by=by, now=now)
    return incoming


def note_duplicate_step(incoming: Incoming, earlier: Incoming | None, *, reason: str) -> None:
    """Keep in a paper, before it is saved, of which earlier one it looks like the same, and why it is taken.

    :raises LooksRegistered: without a reason.
    """
    if earlier is None:
        return
    refuse_secret(reason)
    if not reason.strip():
        raise LooksRegistered.of(earlier)
    incoming.duplicate_of, incoming.duplicate_reason = earlier, " ".join(reason.split())[:LONGEST_REASON]


@transaction.atomic(savepoint=False)
def register_step(incoming: Incoming, *, by: Actor, now: datetime) -> None:
    """Give the paper its arrival number and lay it before the leaders, inside another command."""
    year = clock.day_of(now).year
    incoming.arrival_year = year
    incoming.arrival_number = numbering.take_next(
        arrival_series_key(incoming.organ_id, year), subject_id=incoming.id, at=now
    )
    incoming.registered_at, incoming.registered_by_id = now, by.position_id
    incoming.state = IncomingState.REGISTERED
    incoming.save()
    journal.record("documents.registered", subject_id=incoming.id, by=by, at=now, number=incoming.arrival_number)
    notices.tell_leaders_registered(incoming, now=now)
    findable.index_incoming(incoming)
    events.publish(IncomingRegistered(incoming_id=incoming.id))


@notes_secrets
@transaction.atomic(durable=True)
def return_incoming(incoming_id: UUID, *, reason: str, by: Actor, now: datetime, key: UUID | None = None) -> Incoming:
    """Give back a paper that is not for this organ or not authentic, before it is registered.

    :raises ReturnReasonMissing: without a reason.
    :raises SecretContent: the reason holds a secrecy stamp; nothing was kept.
    :raises AlreadyRegistered, IncomingWasReturned, IncomingWasRecalled: somebody else decided meanwhile.
    """
    incoming = access_incoming(incoming_id, by=by, to=permissions.REGISTER, for_update=True)
    refuse_secret(reason)
    if not first_press(key, act="return_incoming", subject_id=incoming.id, now=now):
        return incoming
    if not reason.strip():
        raise ReturnReasonMissing
    _refuse_decided(incoming)
    incoming.state, incoming.return_reason = IncomingState.RETURNED, reason.strip()
    incoming.save(update_fields=["state", "return_reason"])
    journal.record("documents.incoming_returned", subject_id=incoming.id, by=by, at=now)
    notices.tell_sender_returned(incoming, now=now)
    events.publish(IncomingReturned(incoming_id=incoming.id))
    return incoming


def _refuse_unregistrable(incoming: Incoming) -> None:
    _refuse_decided(incoming)
    if incoming.verdict == Verdict.PENDING:
        raise NotYetValidated
    if incoming.verdict == Verdict.FAILED:
        raise SignatureBroken


def _refuse_decided(incoming: Incoming) -> None:
    if incoming.state == IncomingState.RETURNED:
        raise IncomingWasReturned
    if incoming.state == IncomingState.RECALLED:
        raise IncomingWasRecalled
    if incoming.state not in UNREGISTERED:
        raise AlreadyRegistered(number=incoming.arrival_number)
