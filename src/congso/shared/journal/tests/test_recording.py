from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from congso.kernel.actor import Actor
from congso.shared import journal
from congso.shared.journal.canonical import NotForTheJournal
from congso.shared.journal.models import JournalLine

NOON = datetime(2023, 11, 29, 5, 0, tzinfo=UTC)
SUBJECT = UUID(int=7)


def record(act="documents.numbered", by=None, **facts):
    return journal.record(act, subject_id=SUBJECT, by=by or Actor.system(), at=NOON, **facts)


@pytest.mark.django_db
class TestRecord:
    def test_a_line_says_what_on_which_record_by_whom_and_when(self):
        actor = Actor(account_id=uuid4(), person_id=uuid4(), position_id=uuid4(), organ_id=uuid4())

        record(by=actor, number=15, day=date(2023, 11, 29), notation="15/KH-UBND", urgent=True, to=[UUID(int=1)])

        line = JournalLine.objects.get(subject_id=SUBJECT)
        assert (line.act, line.at, line.is_system) == ("documents.numbered", NOON, False)
        assert (line.account_id, line.person_id) == (actor.account_id, actor.person_id)
        assert (line.position_id, line.organ_id) == (actor.position_id, actor.organ_id)
        assert line.facts == {
            "number": 15,
            "day": "2023-11-29",
            "notation": "15/KH-UBND",
            "urgent": True,
            "to": ["00000000-0000-0000-0000-000000000001"],
        }

    def test_a_line_knows_its_transaction(self):
        line = record()

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text::bigint")
            assert line.transaction == cursor.fetchone()[0]

    @pytest.mark.parametrize(
        "value",
        ["Nguyễn Văn An", "hai chữ", "Vũ", "", "a" * 129, "x\n", 1.5, None, NOON, b"x", {"a": 1}, 2**63, [["a"]]],
    )
    def test_free_text_and_other_kinds_are_refused_as_a_bug(self, value):
        with pytest.raises(NotForTheJournal):
            record(fact=value)

    @pytest.mark.parametrize("act", ["numbered", "Documents.numbered", "documents.cấp_số", "a." + "b" * 70, "a b.c"])
    def test_an_act_is_a_code(self, act):
        with pytest.raises(NotForTheJournal):
            record(act)

    def test_a_fact_that_is_too_long_a_list_is_refused(self):
        with pytest.raises(NotForTheJournal):
            record(to=[1] * 501)


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_a_transaction_is_refused():
    with pytest.raises(TransactionManagementError):
        record()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_journalline SET act = 'a.b'",
        "DELETE FROM journal_journalline",
        "ALTER TABLE journal_journalline ENABLE TRIGGER journal_lines_are_never_emptied; TRUNCATE journal_journalline",
        "ALTER TABLE journal_seal ENABLE TRIGGER seals_are_never_emptied; TRUNCATE journal_seal",
    ],
)
def test_the_database_refuses_to_change_remove_or_empty_lines(statement):
    record()

    with pytest.raises(IntegrityError, match="journal_is_append_only"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement)

    assert JournalLine.objects.count() == 1
