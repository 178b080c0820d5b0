"""The hat of a session: which of the positions held today is worn, and what to say when it is gone."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext as _

from congso.kernel.actor import Actor
from congso.kernel.errors import NotFound
from congso.shared.accounts import sessions
from congso.shared.accounts.models import Account
from congso.shared.accounts.queries import Hat, hats_of
from congso.shared.organs import queries as organs
from congso.shared.people.models import Position

_MARK_KEEPS, _MARK_WITHOUT = "congso_keeps_typed", "congso_works_without_hat"


@dataclass(frozen=True, slots=True)
class HatLost:
    """The position under which a session worked until this request; it is over.

    :param ended_date: the first day on which it did not hold.
    """

    position_id: UUID
    organ_id: UUID
    title: str
    organ_name: str
    ended_date: date | None

    @property
    def sentence(self) -> str:
        """What happened, in Vietnamese: that the role was over, and from which day on."""
        role = f"{self.title}, {self.organ_name}"
        if self.ended_date is None:
            return _("Vai trò %(role)s hết hiệu lực.") % {"role": role}
        day = f"{self.ended_date:%d/%m/%Y}"
        return _("Vai trò %(role)s hết hiệu lực từ ngày %(day)s.") % {"role": role, "day": day}


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits before the screen: the actor, the hat worn, the hats to choose from, the hat that was lost just now.

    :param is_program: nobody sits there: a program came with a token of the hat.
    """

    actor: Actor
    account: Account | None = None
    hat: Hat | None = None
    hats: tuple[Hat, ...] = ()
    hat_lost: HatLost | None = None
    is_program: bool = False


NOBODY = Seat(Actor.anonymous())


def seat_of(session: SessionBase, *, on: date) -> Seat:
    """Return who acts in a session on that day: three queries with the session's own.

    A hat that is gone is replaced by the first that remains; the session learns of it by :func:`settle`.
    """
    account = sessions.account_of(session)
    if account is None or not account.is_active:
        return NOBODY
    hats = hats_of(account, on=on)
    chosen = session.get(sessions.HAT)
    hat = next((hat for hat in hats if str(hat.position_id) == chosen), None)
    lost = _lost(UUID(chosen), account, on) if chosen and hat is None else None
    if hat is None and hats:
        hat = hats[0]
    actor = hat.actor(on) if hat else Actor(account_id=account.id, person_id=account.person_id)
    return Seat(actor, account, hat, hats, lost)


def settle(session: SessionBase, seat: Seat) -> None:
    """Keep the hat of ``seat`` in the session, once its wearer was told. Without any, the lost one is remembered."""
    if seat.hat is not None and session.get(sessions.HAT) != str(seat.hat.position_id):
        session[sessions.HAT] = str(seat.hat.position_id)


def put_on(session: SessionBase, position_id: UUID, *, on: date) -> Hat:
    """Wear another hat from now on.

    :raises NotFound: the person of this session does not hold that position on that day.
    """
    account = sessions.account_of(session)
    hats = hats_of(account, on=on) if account else ()
    for hat in hats:
        if hat.position_id == position_id:
            session[sessions.HAT] = str(position_id)
            return hat
    raise NotFound


def keeps_typed[V](view: V) -> V:
    """Mark a view that keeps what was typed when ``request.hat_lost`` is set, and does nothing else with it then.

    Other views do not get a form that was filled in under a lost hat: nothing is done under another.
    """
    setattr(view, _MARK_KEEPS, True)
    return view


def works_without_hat[V](view: V) -> V:
    """Mark a view of the account itself, which needs no position: sign out, password, devices."""
    setattr(view, _MARK_WITHOUT, True)
    return view


def does_keep_typed(view: object) -> bool:
    return getattr(view, _MARK_KEEPS, False)


def does_work_without_hat(view: object) -> bool:
    return getattr(view, _MARK_WITHOUT, False)


def _lost(position_id: UUID, account: Account, on: date) -> HatLost | None:
    position = Position.objects.filter(id=position_id, person=account.person_id).first()
    if position is None:
        return None
    organ = organs.labels([position.organ_id], on).get(position.organ_id)
    return HatLost(
        position_id=position.id,
        organ_id=position.organ_id,
        title=position.title,
        organ_name=organ.short_name if organ else "",
        ended_date=position.valid.upper,
    )
