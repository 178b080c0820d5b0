"""The one way into the journal."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.transaction import TransactionManagementError

from congso.kernel.actor import Actor
from congso.shared.journal.canonical import Content, checked_act, checked_facts
from congso.shared.journal.models import JournalLine


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
    return JournalLine.objects.create(
        at=content.at,
        act=content.act,
        subject_id=content.subject_id,
        account_id=content.account_id,
        person_id=content.person_id,
        position_id=content.position_id,
        organ_id=content.organ_id,
        is_system=content.is_system,
        facts=content.facts,
        content_hash=content.hash(),
    )
