"""The moments at which the tests of accounts play."""

from datetime import UTC, datetime

NOON = datetime(2023, 11, 29, 5, tzinfo=UTC)
