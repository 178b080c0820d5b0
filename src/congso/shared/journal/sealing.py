"""Sealing: each minute, a signed Merkle root over the lines that are surely complete.

A line gets its id before its transaction commits, so a seal by id would miss those that commit late. A seal covers a
range of transaction ids below the oldest transaction that still runs: there nothing can come in any more. The line of
a transaction that runs longer falls into a later seal.
"""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from congso.shared.journal.merkle import Tree
from congso.shared.journal.models import JournalLine, Seal, SealHead

SEALING_LOCK = 0x636F6E6773_01  # any number that no other lock has
CHUNK = 2_000
# Seconds before each try to seal a line that somebody waits for.
WAITS = (0, 0.2, 0.5, 1, 2)
FIRST_PREVIOUS_HASH = bytes(32)

HORIZON = """
    SELECT (pg_control_system()).system_identifier, pg_snapshot_xmin(pg_current_snapshot())::text::bigint
"""
# A skip scan: one look into the index per cluster, and there is hardly ever more than one.
CLUSTERS = """
    WITH RECURSIVE known AS (
        (SELECT cluster FROM journal_journalline ORDER BY cluster LIMIT 1)
        UNION ALL
        SELECT (SELECT line.cluster FROM journal_journalline line WHERE line.cluster > known.cluster
                ORDER BY line.cluster LIMIT 1)
        FROM known WHERE known.cluster IS NOT NULL
    )
    SELECT cluster FROM known WHERE cluster IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class SealSignature:
    """A signature of a seal.

    :param key_id: names the key for whoever checks (at most 128 characters).
    """

    key_id: str
    value: bytes


type Sign = Callable[[bytes], SealSignature]
type Check = Callable[[bytes, SealSignature], bool]


@dataclass(slots=True)
class Port:
    """How seals are signed and their signatures checked, once someone said."""

    sign: Sign | None = None
    check: Check | None = None


PORT = Port()


def set_signer(sign: Sign | None, *, check: Check | None = None) -> None:
    """Fill the port through which seals are signed and their signatures checked; ``shared.keys`` does.

    :param sign: signs a SHA-256 digest (the seal's hash, 32 bytes).
    :param check: says whether a signature of such a digest is genuine.
    """
    PORT.sign, PORT.check = sign, check


@transaction.atomic(durable=True)
def seal_lines(*, now: datetime) -> list[Seal]:
    """Seal every finished line that has no seal; return the new seals, none if there was nothing to seal.

    Lines that a backup brought from another database cluster get a seal of their own. Safe to run at once with itself.
    It writes no line: a seal is the journal's own.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALING_LOCK])
        cursor.execute(HORIZON)
        present, oldest_running = cursor.fetchone()
        cursor.execute(CLUSTERS)
        clusters = [cluster for (cluster,) in cursor.fetchall()]
    made = [_seal_cluster(cluster, oldest_running if cluster == present else None, now) for cluster in clusters]
    return [seal for seal in made if seal is not None]


def seal_through(line: JournalLine, *, now: datetime) -> bool:
    """Seal until ``line``, which is committed, is covered; return whether it is, after some seconds at most.

    It is not while an older transaction still writes. Inside a transaction nothing is waited for: its own lines cannot
    be sealed.
    """
    for wait in WAITS:
        if is_sealed(line):
            break
        if connection.in_atomic_block:
            return False
        time.sleep(wait)
        seal_lines(now=now)
    return is_sealed(line)


def is_sealed(line: JournalLine) -> bool:
    """Say whether a seal covers the line."""
    covering = Seal.objects.filter(cluster=line.cluster, first_transaction__lte=line.transaction)
    return covering.filter(end_transaction__gt=line.transaction).exists()


def seal_hash(seal: Seal) -> bytes:
    """Return the SHA-256 of everything that ``seal`` states but its signature."""
    parts = [
        "congso journal seal 1",
        seal.number,
        seal.cluster,
        seal.first_transaction,
        seal.end_transaction,
        seal.line_count,
        bytes(seal.root).hex(),
        bytes(seal.previous_hash).hex(),
        seal.stated_at,
    ]
    return hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode()).digest()


def leaf(cluster: int, transaction_id: int, line_id: int, content_hash: bytes) -> bytes:
    """Return what a seal holds of one line."""
    numbers = (cluster, transaction_id, line_id)
    return b"".join(number.to_bytes(8, signed=True) for number in numbers) + content_hash


def _seal_cluster(cluster: int, end: int | None, now: datetime) -> Seal | None:
    """Seal the lines of ``cluster`` up to ``end``, or all where no transaction can run any more."""
    last = Seal.objects.filter(cluster=cluster).order_by("-first_transaction").first()
    first = 0 if last is None else last.end_transaction
    lines = JournalLine.objects.filter(cluster=cluster, transaction__gte=first)
    if end is None:
        end = 1 + (lines.order_by("-transaction").values_list("transaction", flat=True).first() or 0)
    in_order = lines.filter(transaction__lt=end).order_by("transaction", "id")
    tree = Tree()
    for transaction_id, line_id, content_hash in in_order.values_list("transaction", "id", "content_hash").iterator(
        CHUNK
    ):
        tree.add(leaf(cluster, transaction_id, line_id, bytes(content_hash)))
    if not tree.size:
        return None
    return _put(
        Seal(
            cluster=cluster,
            first_transaction=first,
            end_transaction=end,
            line_count=tree.size,
            root=tree.root(),
            sealed_at=now,
        )
    )


def _put(seal: Seal) -> Seal:
    """Chain, sign and keep a seal."""
    head = SealHead.objects.select_for_update().first()
    seal.number = 1 if head is None else head.number + 1
    seal.previous_hash = FIRST_PREVIOUS_HASH if head is None else bytes(head.hash)
    seal.hash = seal_hash(seal)
    if PORT.sign is not None:
        signature = PORT.sign(seal.hash)
        seal.key_id, seal.signature = signature.key_id, signature.value
    seal.save(force_insert=True)
    SealHead.objects.update_or_create(id=SealHead.ONLY, defaults={"number": seal.number, "hash": seal.hash})
    return seal
