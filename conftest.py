"""Fixtures of the whole test suite."""

from importlib import import_module

import pytest
from django.db import connection

# What a TRUNCATE trigger refuses everywhere else: the journal's lines, the records behind figures.
OPEN = """
DO $$ DECLARE refusal record; BEGIN
    FOR refusal IN SELECT tgrelid::regclass AS place, tgname FROM pg_trigger WHERE tgtype & 32 > 0 LOOP
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER %I', refusal.place, refusal.tgname);
    END LOOP;
END $$
"""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureDef[object]) -> None:  # noqa: ARG001
    """Let tests with real commits empty the tables of the test database afterwards."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(OPEN)
    # Otherwise whichever test first shows the name of a type would pay for reading them.
    import_module("congso.modules.documents.catalogue").keep_shipped()
