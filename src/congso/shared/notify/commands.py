"""Tell positions something, mark it read.

Reading one's own notices is no act on a record: it leaves no line in the journal.
"""

import unicodedata
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from congso.kernel.actor import Actor
from congso.kernel.errors import NotFound
from congso.kernel.ids import new_id
from congso.shared.notify.models import Notice
from congso.shared.notify.queries import notices_to

# Positions in one order, so that two tellers never wait for each other in a circle.
TELL = """
    INSERT INTO notify_notice AS notice (id, position_id, kind, subject_id, title, url, at)
    SELECT told.id, told.position_id, %(kind)s, %(subject_id)s, %(title)s, %(url)s, %(at)s
    FROM unnest(%(ids)s::uuid[], %(positions)s::uuid[]) AS told (id, position_id)
    ORDER BY told.position_id
    ON CONFLICT (position_id, subject_id, kind) DO UPDATE
    SET title = excluded.title, url = excluded.url, at = excluded.at, read_at = NULL
    WHERE excluded.at > notice.at
"""
LONGEST_TITLE = 300


@transaction.atomic(savepoint=False)
def tell(position_ids: Collection[UUID], *, kind: str, title: str, url: str, subject_id: UUID, at: datetime) -> None:
    """Tell these positions about ``subject_id``. A step of the caller's transaction, in one query.

    One notice per kind, record and position: told again with a later ``at`` it is unread again, with the same or an
    earlier one nothing changes, so a job may run twice.

    :param kind: a code, ``documents.arrived``.
    :param title: one Vietnamese sentence, cut at 300 characters.
    :param url: a path of this site.
    """
    positions = sorted(set(position_ids))
    if not positions:
        return
    title = unicodedata.normalize("NFC", title).strip()
    facts: dict[str, Any] = {
        "ids": [new_id() for _ in positions],
        "positions": positions,
        "kind": kind,
        "subject_id": subject_id,
        "title": title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…",
        "url": url,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(TELL, facts)


@transaction.atomic(durable=True)
def mark_read(notice_id: UUID, *, by: Actor, now: datetime) -> Notice:
    """Mark one notice of the chosen position read; reading it again changes nothing.

    :raises NotFound: no such notice of this position.
    """
    notice = notices_to(by).select_for_update().filter(id=notice_id).first()
    if notice is None:
        raise NotFound
    if notice.read_at is None:
        notice.read_at = now
        notice.save(update_fields=["read_at"])
    return notice


@transaction.atomic(durable=True)
def mark_all_read(*, by: Actor, now: datetime) -> int:
    """Mark all notices of the chosen position read; return how many were not."""
    return notices_to(by).filter(read_at=None).update(read_at=now)
