"""Rights in this system lent for a period (a clerk on leave). Signing is never lent so: see ``people.delegations``."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.clock import day_of
from congso.kernel.errors import DomainError, InvalidInput, NotFound
from congso.shared import journal
from congso.shared.accounts import permissions
from congso.shared.accounts.models import RightsDelegation
from congso.shared.areas.dated import period
from congso.shared.organs import queries as organs
from congso.shared.people.models import Position, Role
from congso.shared.people.queries import get_position

# What leads an organ is a position, or a written delegation; it is not lent.
NOT_LENT = frozenset({Role.LEADER, Role.HEAD})


class RightsNotLent(DomainError):
    code = "accounts.rights_not_lent"
    message = _(
        "Quyền của lãnh đạo, người đứng đầu không ủy quyền được trên hệ thống. "
        "Dùng văn bản giao quyền hoặc ủy quyền ký (TUQ.)."
    )


class NotAColleague(DomainError):
    code = "accounts.not_a_colleague"
    message = _("Chỉ ủy quyền được cho người của cùng cơ quan hoặc của văn phòng, phòng giúp việc cơ quan.")


@transaction.atomic(durable=True)
def lend_rights(
    from_position_id: UUID, *, to_position_id: UUID, reason: str, starts: date, ends: date, by: Actor, now: datetime
) -> RightsDelegation:
    """Lend the role of one position to another from ``starts`` up to, but without, ``ends``.

    :raises NotFound: one of the positions does not hold today.
    :raises NotPermitted: ``by`` is not the lender and does not lead or administer the organ.
    :raises RightsNotLent: the role leads.
    :raises NotAColleague: the borrower's organ does not work for the lender's.
    :raises InvalidInput: no reason, or no end after the beginning.
    """
    today = day_of(now)
    lender, borrower = get_position(from_position_id, on=today), get_position(to_position_id, on=today)
    permissions.LEND.require(by, lender)
    _refuse_unfit(lender, borrower, today)
    if not reason.strip() or starts >= ends:
        raise InvalidInput(detail=_("ghi lý do và thời hạn ủy quyền"))
    loan = RightsDelegation.objects.create(
        from_position=lender, to_position=borrower, reason=reason.strip(), valid=period(starts, ends)
    )
    journal.record(
        "accounts.rights_lent",
        subject_id=loan.id,
        by=by,
        at=now,
        lender=lender.id,
        borrower=borrower.id,
        start=starts,
        last=ends - timedelta(days=1),
    )
    return loan


@transaction.atomic(durable=True)
def return_rights(loan_id: UUID, *, by: Actor, now: datetime) -> RightsDelegation:
    """End a loan at once.

    :raises NotFound: no such loan, or it ended before.
    :raises NotPermitted: ``by`` is neither side and does not lead or administer the organ.
    """
    loans = RightsDelegation.objects.select_for_update(of=("self",)).select_related("from_position")
    try:
        loan = loans.get(id=loan_id, revoked_at=None)
    except RightsDelegation.DoesNotExist:
        raise NotFound from None
    permissions.RETURN.require(by, loan)
    loan.revoked_at = now
    loan.save(update_fields=["revoked_at"])
    journal.record("accounts.rights_returned", subject_id=loan.id, by=by, at=now)
    return loan


def _refuse_unfit(lender: Position, borrower: Position, today: date) -> None:
    if lender.role in NOT_LENT:
        raise RightsNotLent
    if lender.id == borrower.id or lender.organ_id not in organs.organs_served(borrower.organ_id, today):
        raise NotAColleague
