"""Authority to sign by delegation (TUQ.): given in writing, for a time and for types, and never passed on."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.clock import day_of
from congso.kernel.errors import DomainError, InvalidInput, NotFound
from congso.shared import journal
from congso.shared.areas.dated import period
from congso.shared.organs import queries as organs
from congso.shared.people import permissions
from congso.shared.people.capacity import own_capacity, signer_of
from congso.shared.people.models import Position, Rank, SigningDelegation
from congso.shared.people.queries import get_position


class OnlyTheHeadDelegates(DomainError):
    code = "people.only_the_head_delegates"
    message = _(
        "Chỉ người đứng đầu cơ quan được ủy quyền ký thừa ủy quyền; "
        "người ký thay, ký thừa lệnh hoặc được ủy quyền không được giao lại."
    )


class NotAHeadBelow(DomainError):
    code = "people.not_a_head_below"
    message = _("Chỉ ủy quyền ký được cho người đứng đầu đơn vị thuộc cơ quan. %(person)s không giữ chức vụ như vậy.")


@transaction.atomic(durable=True)
def delegate_signature(  # noqa: PLR0913 - what the decree wants in writing
    from_position_id: UUID,
    *,
    to_position_id: UUID,
    type_codes: Collection[str],
    scope: str,
    decision_number: str,
    decision_date: date,
    starts: date,
    ends: date,
    by: Actor,
    now: datetime,
) -> SigningDelegation:
    """Let the head of a unit sign certain types by delegation, from ``starts`` up to, but without, ``ends``.

    Source: Decree 30/2020/NĐ-CP, article 13, clause 4.

    :raises NotFound: one of the positions does not hold today.
    :raises NotPermitted: ``by`` is not who gives the authority.
    :raises OnlyTheHeadDelegates: the giver does not sign by right of heading the organ.
    :raises NotAHeadBelow: the receiver heads no unit of the organ and no organ that serves it.
    :raises InvalidInput: not in writing, without types or subject, or without an end after its beginning.
    """
    today = day_of(now)
    giver, receiver = get_position(from_position_id, on=today), get_position(to_position_id, on=today)
    permissions.DELEGATE_SIGNING.require(by, giver)
    if giver.rank != Rank.HEAD or own_capacity(signer_of(giver)) is None:
        raise OnlyTheHeadDelegates
    if not _heads_a_unit_of(giver.organ_id, receiver, today):
        raise NotAHeadBelow(person=receiver.person.full_name)
    if not (type_codes and scope.strip() and decision_number.strip()) or starts >= ends:
        raise InvalidInput(detail=_("ủy quyền ký phải bằng văn bản, ghi rõ loại, nội dung và thời hạn"))
    delegation = SigningDelegation.objects.create(
        from_position=giver,
        to_position=receiver,
        type_codes=sorted(set(type_codes)),
        scope=scope.strip(),
        decision_number=decision_number.strip(),
        decision_date=decision_date,
        valid=period(starts, ends),
    )
    journal.record(
        "people.signing_delegated",
        subject_id=delegation.id,
        by=by,
        at=now,
        giver=giver.id,
        receiver=receiver.id,
        start=starts,
        last=date.fromordinal(ends.toordinal() - 1),
    )
    return delegation


@transaction.atomic(durable=True)
def revoke_signature(delegation_id: UUID, *, by: Actor, now: datetime) -> SigningDelegation:
    """End a delegation at once; what was signed under it stays signed.

    :raises NotFound: no such delegation, or it was revoked before.
    :raises NotPermitted: ``by`` neither gave it nor leads the organ.
    """
    delegations = SigningDelegation.objects.select_for_update(of=("self",)).select_related("from_position")
    try:
        delegation = delegations.get(id=delegation_id, revoked_at=None)
    except SigningDelegation.DoesNotExist:
        raise NotFound from None
    permissions.REVOKE_SIGNING.require(by, delegation)
    delegation.revoked_at = now
    delegation.save(update_fields=["revoked_at"])
    journal.record("people.signing_delegation_revoked", subject_id=delegation.id, by=by, at=now)
    return delegation


def _heads_a_unit_of(organ_id: UUID, receiver: Position, today: date) -> bool:
    """Say whether a position heads a unit inside the organ, or an organ that serves it."""
    if receiver.rank != Rank.HEAD:
        return False
    if receiver.organ_id == organ_id:
        return not signer_of(receiver).leads_its_organ
    return organ_id in organs.organs_served(receiver.organ_id, today)
