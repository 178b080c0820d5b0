"""Sessions in the database, one row per browser, that know their account (``SESSION_ENGINE``).

One query loads session, account and person. What the columns repeat stands in the session's data, so that Django's own
way of saving (all columns at once) keeps it.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import QuerySet

from congso.kernel.ids import new_id
from congso.kernel.prepared import prepared
from congso.shared.accounts.models import Account, LoginSession

ACCOUNT, PUBLIC_ID, ADDRESS, BROWSER = "account", "public_id", "address", "browser"
SIGNED_IN_AT, LAST_SEEN_AT, HAT = "signed_in_at", "last_seen_at", "hat"
TOUCH_EVERY = timedelta(minutes=5)
LONGEST_BROWSER = 300


class SessionStore(DatabaseStore):
    """Django's database store over ``LoginSession``."""

    def __init__(self, session_key: str | None = None) -> None:
        self.account: Account | None = None
        super().__init__(session_key)

    def cycle_key(self) -> None:
        """Give the session a new key, and a new id to show: the old row lives until the new one is written."""
        if PUBLIC_ID in self:
            self[PUBLIC_ID] = str(new_id())
        super().cycle_key()

    @classmethod
    def get_model_class(cls) -> type[LoginSession]:
        return LoginSession

    def _get_session_from_db(self) -> LoginSession | None:
        rows = _open(key=self.session_key, at=datetime.now(UTC)) if self.session_key else []
        if not rows:
            self._session_key = None
            return None
        self.account = rows[0].account
        return rows[0]

    def create_model_instance(self, data: dict[str, Any]) -> LoginSession:
        row = super().create_model_instance(data)
        if not isinstance(row, LoginSession):
            raise TypeError(row)
        row.public_id = UUID(data[PUBLIC_ID]) if PUBLIC_ID in data else new_id()
        row.account_id = UUID(data[ACCOUNT]) if ACCOUNT in data else None
        row.address, row.user_agent = data.get(ADDRESS), data.get(BROWSER, "")
        row.signed_in_at, row.last_seen_at = _moment(data, SIGNED_IN_AT), _moment(data, LAST_SEEN_AT)
        return row


@prepared
def _open(*, key: str, at: datetime) -> QuerySet[LoginSession]:
    return LoginSession.objects.select_related("account__person").filter(session_key=key, expire_date__gt=at)


def _moment(data: Mapping[str, Any] | SessionBase, key: str) -> datetime | None:
    return datetime.fromisoformat(data[key]) if key in data else None


def account_of(session: SessionBase) -> Account | None:
    """Return the account that signed in here; the row is loaded at most once."""
    if session.get(ACCOUNT) is None:
        return None
    return getattr(session, "account", None)


def begin(session: SessionBase, account: Account, *, address: str, browser: str, at: datetime) -> None:
    """Make ``session`` one of ``account``, under a fresh key; ``at`` is real time."""
    session.flush()
    moment = at.isoformat()
    session.update(
        {
            ACCOUNT: str(account.id),
            PUBLIC_ID: str(new_id()),
            ADDRESS: address,
            BROWSER: browser[:LONGEST_BROWSER],
            SIGNED_IN_AT: moment,
            LAST_SEEN_AT: moment,
        }
    )
    if isinstance(session, SessionStore):
        session.account = account


def touch(session: SessionBase, *, at: datetime) -> None:
    """Note that the device is in use, at most once in five minutes; ``at`` is real time."""
    last = _moment(session, LAST_SEEN_AT)
    if last is None or at - last >= TOUCH_EVERY:
        session[LAST_SEEN_AT] = at.isoformat()


def of_account(account_id: UUID, *, at: datetime) -> QuerySet[LoginSession]:
    """Return the open sessions of an account, the last used first."""
    return LoginSession.objects.filter(account=account_id, expire_date__gt=at).order_by("-last_seen_at", "public_id")


def public_id_of(session: SessionBase) -> UUID | None:
    """Return the id of a session that pages may show."""
    return UUID(session[PUBLIC_ID]) if PUBLIC_ID in session else None
