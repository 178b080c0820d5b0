"""The journal's two tables, both append-only: triggers in the migrations refuse any update, delete and truncate."""

from datetime import UTC

from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _


class CurrentTransaction(Func):
    """The id of the present transaction, 64 bits wide, so that it never wraps."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()


class CurrentCluster(Func):
    """The identifier of the database cluster, as transaction ids mean something only within one.

    A logical backup restored elsewhere brings lines whose transaction ids belong to another count.
    """

    template = "((pg_control_system()).system_identifier)"
    output_field = models.BigIntegerField()


class JournalLine(models.Model):
    """One act: what, on which record, by whom, when. Ids and codes only."""

    id = models.BigAutoField(primary_key=True)
    cluster = models.BigIntegerField(db_default=CurrentCluster(), editable=False)
    transaction = models.BigIntegerField(db_default=CurrentTransaction(), editable=False)
    at = models.DateTimeField(_("lúc"))
    act = models.CharField(_("việc"), max_length=64)
    subject_id = models.UUIDField()
    account_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    position_id = models.UUIDField(null=True)
    organ_id = models.UUIDField(null=True)
    is_system = models.BooleanField(default=False)
    facts = models.JSONField(default=dict)
    # SHA-256 of the canonical form of all of the above but the three numbers that the database gives.
    content_hash = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(name="journal_line_by_subject", fields=["subject_id", "id"]),
            models.Index(name="journal_line_in_seal_order", fields=["cluster", "transaction", "id"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="journal_line_is_by_the_system_or_by_a_person",
                condition=Q(is_system=False)
                | Q(account_id=None, person_id=None, position_id=None, organ_id=None, is_system=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.act}"


class Seal(models.Model):
    """A signed Merkle root over the lines of one cluster whose transaction ids lie in ``[first, end)``.

    Every transaction below ``end`` had finished when the seal was made, so no line can come into the range later.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    cluster = models.BigIntegerField()
    first_transaction = models.BigIntegerField()
    end_transaction = models.BigIntegerField()
    line_count = models.PositiveBigIntegerField()
    root = models.BinaryField(max_length=32)
    previous_hash = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField()
    hash = models.BinaryField(max_length=32)
    # Empty only where no signer was set when the seal was made.
    key_id = models.CharField(max_length=128, blank=True, default="")
    signature = models.BinaryField(blank=True, default=b"")

    class Meta:
        constraints = [
            models.CheckConstraint(name="seal_covers_some_lines", condition=Q(line_count__gte=1, number__gte=1)),
            models.CheckConstraint(
                name="seal_covers_a_range_of_transactions",
                condition=Q(first_transaction__lt=F("end_transaction")),
            ),
            models.UniqueConstraint(name="seal_begins_where_no_other_does", fields=["cluster", "first_transaction"]),
        ]

    def __str__(self) -> str:
        return f"niêm phong {self.number}"

    @property
    def stated_at(self) -> str:
        """The moment of sealing as it is hashed."""
        return self.sealed_at.astimezone(UTC).isoformat(timespec="microseconds")


class SealHead(models.Model):
    """The one row that says which seal is the last, so that a missing end of the chain shows."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    number = models.PositiveBigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.CheckConstraint(name="there_is_one_last_seal", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"niêm phong cuối: {self.number}"
