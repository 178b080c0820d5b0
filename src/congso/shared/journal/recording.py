"""The one way into the journal.

Every act of the product passes here, so the line is written by one plain statement, not through a model.
"""

from datetime import datetime
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.transaction import TransactionManagementError
from psycopg.types.json import Jsonb

from congso.kernel.actor import Actor
from congso.shared.journal.canonical import Content, checked_act, checked_facts
from congso.shared.journal.models import JournalLine

INSERT = """
    INSERT INTO journal_journalline (
        cluster, at, act, subject_id, account_id, person_id, position_id, organ_id, is_system, facts, content_hash
    ) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
    RETURNING id, transaction
"""

# Asked once per connection: it reads a file of the server.
_clusters: WeakKeyDictionary[Any, int] = WeakKeyDictionary()


def record(act: str, *, subject_id: UUID, by: Actor, at: datetime, **facts: object) -> JournalLine:
    """Write the line of one act. A step of the act's own transaction: both are kept or lost together.

    :param act: a code registered in ``journal.acts``, named in the past (``documents.numbered``).
    :param facts: ids, codes, whole numbers, booleans, days, or lists of them; never a name, a title or a sentence.
    :raises NotForTheJournal: a fact may carry free text; a bug of the caller.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("A line of the journal is written in the transaction of its act")
    content = Content(
        at=at,
        act=checked_act(act),
        subject_id=subject_id,
        account_id=by.account_id,
        person_id=by.person_id,
        position_id=by.position_id,
        organ_id=by.organ_id,
        is_system=by.is_system,
        facts=checked_facts(facts),
    )
    return _insert(content)


def _insert(content: Content) -> JournalLine:
    said = {name: getattr(content, name) for name in Content.__slots__}
    line = JournalLine(cluster=_cluster(), content_hash=content.hash(), **said)
    values: list[Any] = [line.cluster, *said.values(), line.content_hash]
    values[-2] = Jsonb(content.facts)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)
        line.id, line.transaction = cursor.fetchone()
    line._state.adding = False  # noqa: SLF001 - Django's documented way to say that the row exists
    line._state.db = connection.alias  # noqa: SLF001 - the same
    return line


def _cluster() -> int:
    """Return the identifier of the database cluster that the present connection leads to."""
    link = connection.connection
    known = _clusters.get(link)
    if known is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT (pg_control_system()).system_identifier")
            known = _clusters[connection.connection] = int(cursor.fetchone()[0])
    return known
