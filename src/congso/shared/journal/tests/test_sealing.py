"""Sealing needs transactions that really end, so these tests commit."""

import threading

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from congso.shared.journal import sealing
from congso.shared.journal.jobs import seal as seal_job
from congso.shared.journal.models import JournalLine, Seal
from congso.shared.journal.sealing import PORT, seal_hash, seal_lines
from congso.shared.journal.tests.factories import NOON, check, sign, tamper, write_lines
from congso.shared.journal.verification import verify

pytestmark = pytest.mark.django_db(transaction=True)

INSERT_LIKE = """
    INSERT INTO journal_journalline (at, act, subject_id, is_system, facts, content_hash)
    SELECT at, act, subject_id, is_system, facts, content_hash FROM journal_journalline WHERE id = %s
"""


@pytest.fixture(autouse=True)
def _signer(monkeypatch):
    monkeypatch.setattr(PORT, "sign", sign)
    monkeypatch.setattr(PORT, "check", check)


def other_connection():
    """Return a second real connection to the same database."""
    settings = connection.get_connection_params()
    return psycopg.connect(host=settings["host"], dbname=settings["dbname"], user=settings["user"])


class TestSealLines:
    def test_a_seal_covers_the_finished_lines_and_is_chained_and_signed(self):
        write_lines(3)
        (first,) = seal_lines(now=NOON)
        write_lines(2)
        (second,) = seal_lines(now=NOON)

        assert (first.number, first.line_count, second.number, second.line_count) == (1, 3, 2, 2)
        assert second.first_transaction == first.end_transaction
        assert bytes(second.previous_hash) == bytes(first.hash)
        assert second.key_id == "test-key"
        assert seal_hash(Seal.objects.get(number=2)) == bytes(second.hash)

    def test_nothing_new_makes_no_seal(self):
        assert seal_lines(now=NOON) == []
        write_lines()
        seal_lines(now=NOON)

        assert seal_lines(now=NOON) == []

    def test_one_may_wait_for_the_seal_of_a_line(self, monkeypatch):
        monkeypatch.setattr(sealing, "WAITS", (0, 0))
        (early,) = write_lines()
        assert sealing.seal_through(JournalLine.objects.get(id=early), now=NOON)
        with other_connection() as late:
            late.execute(INSERT_LIKE, [early])
            (after,) = (JournalLine.objects.get(id=number) for number in write_lines())
            assert not sealing.seal_through(after, now=NOON)
            late.commit()
        with transaction.atomic():
            assert not sealing.seal_through(after, now=NOON)

        assert sealing.seal_through(after, now=NOON)

    def test_the_line_of_a_transaction_that_is_still_open_falls_into_a_later_seal(self):
        (early,) = write_lines()
        with other_connection() as late:
            late.execute(INSERT_LIKE, [early])
            (after,) = write_lines()
            (first,) = seal_lines(now=NOON)
            late.commit()
        (second,) = seal_lines(now=NOON)

        assert first.line_count == 1
        assert second.line_count == 2
        assert JournalLine.objects.count() == 3
        late_line = JournalLine.objects.exclude(id__in=[early, after]).get()
        assert early < late_line.id < after
        assert first.end_transaction <= late_line.transaction < second.end_transaction
        assert verify().is_sound

    def test_a_transaction_rolled_back_after_the_seal_leaves_nothing(self):
        (early,) = write_lines()
        with other_connection() as late:
            late.execute(INSERT_LIKE, [early])
            late.rollback()
        seal_lines(now=NOON)

        assert verify().sealed == 1

    def test_two_at_once_seal_each_line_once(self):
        write_lines(5)
        made = []

        def run():
            try:
                made.extend(seal_lines(now=NOON))
            finally:
                connection.close()

        threads = [threading.Thread(target=run) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert [seal.line_count for seal in made] == [5]

    def test_lines_restored_from_another_cluster_get_seals_of_their_own(self):
        ids = write_lines(4)
        tamper(
            "UPDATE journal_journalline SET cluster = 7, transaction = transaction + 1000000 WHERE id <= %s", [ids[1]]
        )

        seals = seal_lines(now=NOON)
        write_lines()
        seals += seal_lines(now=NOON)

        assert [(seal.cluster == 7, seal.line_count) for seal in seals] == [(True, 2), (False, 2), (False, 1)]
        assert verify().is_sound

    def test_a_signer_that_fails_leaves_the_lines_for_the_next_run(self, monkeypatch):
        write_lines()

        def broken(_digest):
            raise OSError("no key")

        monkeypatch.setattr(PORT, "sign", broken)
        with pytest.raises(OSError, match="no key"):
            seal_lines(now=NOON)
        monkeypatch.setattr(PORT, "sign", sign)

        (seal,) = seal_lines(now=NOON)
        assert seal.number == 1


def test_the_job_run_twice_seals_once():
    write_lines()

    seal_job(timestamp=0)
    seal_job(timestamp=0)

    assert Seal.objects.count() == 1


def test_the_database_refuses_to_change_or_remove_a_seal():
    write_lines()
    seal_lines(now=NOON)

    for change in (Seal.objects.all().delete, lambda: Seal.objects.update(line_count=9)):
        with pytest.raises(IntegrityError, match="journal_is_append_only"):
            change()


def test_sealing_while_acts_go_on_loses_no_line():
    def act():
        try:
            for _ in range(20):
                write_lines()
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        seal_lines(now=NOON)
    for thread in threads:
        thread.join()
    seal_lines(now=NOON)

    report = verify()
    assert (report.is_sound, report.lines, report.sealed) == (True, 40, 40)
    assert sum(Seal.objects.values_list("line_count", flat=True)) == 40
