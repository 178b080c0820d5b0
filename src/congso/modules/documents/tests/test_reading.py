"""Who opened a paper is on record, once for each version."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from congso.modules.documents import commands
from congso.modules.documents.models import ReadMark
from congso.modules.documents.tests.factories import NOW, IncomingFactory, make_commune
from congso.shared.journal.models import JournalLine


def wait_until_another_waits():
    """Return once some other session of this database waits for a row of ours."""
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.05)
    raise AssertionError("nobody waits")


@pytest.mark.django_db(transaction=True)
def test_two_readings_at_the_same_moment_are_one_line():
    office = make_commune()
    paper, by = IncomingFactory(organ=office.organ), office.actor("chair")

    def read():
        try:
            return commands.mark_read(paper.id, paper.file_id, by=by, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            ReadMark.objects.create(subject_id=paper.id, file=paper.file, position=office.chair, read_at=NOW)
            other = pool.submit(read)
            wait_until_another_waits()
        assert other.result() is False

    assert not JournalLine.objects.filter(act="documents.read").exists()
