"""Sessions in the database, one row per browser, that know their account (``SESSION_ENGINE``).

One query loads session, account and person. What the columns repeat stands in the session's data, so that Django's own
way of saving (all columns at once) keeps it.
"""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from congso.kernel.ids import new_id
from congso.shared.accounts.models import Account, LoginSession

ACCOUNT, PUBLIC_ID, ADDRESS, BROWSER = "account", "public_id", "address", "browser"
SIGNED_IN_AT, LAST_SEEN_AT, HAT = "signed_in_at", "last_seen_at", "hat"


class SessionStore(DatabaseStore):
    """Django's database store over ``LoginSession``."""

    def __init__(self, session_key: str | None = None) -> None:
        self.account: Account | None = None
        super().__init__(session_key)

    @classmethod
    def get_model_class(cls) -> type[LoginSession]:
        return LoginSession

    def _get_session_from_db(self) -> LoginSession | None:
        rows = LoginSession.objects.select_related("account__person")
        row = rows.filter(session_key=self.session_key, expire_date__gt=datetime.now(UTC)).first()
        if row is None:
            self._session_key = None
        else:
            self.account = row.account
        return row

    def create_model_instance(self, data: dict[str, Any]) -> LoginSession:
        row: LoginSession = super().create_model_instance(data)
        row.public_id = UUID(data[PUBLIC_ID]) if PUBLIC_ID in data else new_id()
        row.account_id = UUID(data[ACCOUNT]) if ACCOUNT in data else None
        row.address, row.user_agent = data.get(ADDRESS), data.get(BROWSER, "")
        row.signed_in_at, row.last_seen_at = _moment(data, SIGNED_IN_AT), _moment(data, LAST_SEEN_AT)
        return row


def _moment(data: dict[str, Any], key: str) -> datetime | None:
    return datetime.fromisoformat(data[key]) if key in data else None
