"""Lines, and a signer that needs no key."""

import hashlib
from datetime import UTC, datetime
from uuid import uuid4

from django.db import connection, transaction

from congso.kernel.actor import Actor
from congso.shared import journal
from congso.shared.journal.sealing import SealSignature

NOON = datetime(2023, 11, 29, 5, 0, tzinfo=UTC)


def write_lines(count=1, **facts):
    """Commit ``count`` lines, each in a transaction of its own, and return their ids."""
    ids = []
    for number in range(count):
        with transaction.atomic():
            line = journal.record("tests.done", subject_id=uuid4(), by=Actor.system(), at=NOON, number=number, **facts)
        ids.append(line.id)
    return ids


def sign(digest):
    return SealSignature("test-key", hashlib.sha256(b"secret" + digest).digest())


def check(digest, signature):
    return signature == sign(digest)


def tamper(statement, parameters=()):
    """Do as a superuser could: the triggers off, the rows changed, the triggers on again."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, parameters)
