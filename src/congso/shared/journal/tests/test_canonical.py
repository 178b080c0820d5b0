from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congso.kernel.actor import Actor
from congso.shared import journal
from congso.shared.journal.canonical import Content, checked_facts
from congso.shared.journal.models import JournalLine

NOON = datetime(2023, 11, 29, 5, 0, 0, 123456, tzinfo=UTC)

codes = st.from_regex(r"[A-Za-z0-9Đđ][A-Za-z0-9Đđ._:/\-]{0,30}", fullmatch=True)
scalars = st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.uuids() | st.dates() | codes
names = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)


def content(at=NOON, facts=None):
    return Content(at, "tests.done", UUID(int=1), None, None, None, None, is_system=True, facts=facts or {})


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    facts=st.dictionaries(names, scalars | st.lists(scalars, max_size=4), max_size=5),
    at=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis adds the zone
)
def test_a_line_read_back_has_the_hash_that_was_written(facts, at):
    reserved = {"act", "subject_id", "by", "at"}
    facts = {name: value for name, value in facts.items() if name not in reserved}
    with transaction.atomic():
        written = journal.record("tests.done", subject_id=UUID(int=1), by=Actor.system(), at=at, **facts)

    line = JournalLine.objects.get(id=written.id)

    assert line.facts == checked_facts(facts)
    assert content(line.at, line.facts).hash() == bytes(line.content_hash) == written.content_hash


def test_the_form_that_is_hashed_does_not_change():
    facts = checked_facts({"b": 1, "a": "QĐ", "day": date(2023, 11, 29), "to": [UUID(int=2)], "urgent": True})

    assert content(facts=facts).hash().hex() == ("6d060dc0486f9ade4ae0c7ad719afb888259b7b9dd22fc91e1e986a3116049f9")


def test_the_zone_in_which_a_moment_is_said_does_not_matter():
    assert content(NOON).hash() == content(NOON.astimezone(timezone(timedelta(hours=7)))).hash()


def test_the_order_of_facts_does_not_matter_and_that_of_lists_does():
    assert content(facts={"a": 1, "b": 2}).hash() == content(facts={"b": 2, "a": 1}).hash()
    assert content(facts={"a": [1, 2]}).hash() != content(facts={"a": [2, 1]}).hash()


def test_sets_are_put_in_order():
    assert checked_facts({"to": {UUID(int=2), UUID(int=1)}})["to"] == [str(UUID(int=1)), str(UUID(int=2))]
