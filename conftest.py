"""Fixtures of the whole test suite."""

import pytest
from django.db import connection


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureDef[object]) -> None:  # noqa: ARG001
    """Let tests with real commits empty the test database afterwards; the journal refuses TRUNCATE everywhere else."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_journalline DISABLE TRIGGER journal_lines_are_never_emptied")
        cursor.execute("ALTER TABLE journal_seal DISABLE TRIGGER seals_are_never_emptied")
