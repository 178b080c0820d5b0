"""Acts on many papers at once, one after the other, with a result for each."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.ids import new_id


class BulkState(models.TextChoices):
    WAITING = "waiting", _("đang chờ")
    DONE = "done", _("xong")
    FAILED = "failed", _("chưa làm được")
    STOPPED = "stopped", _("đã dừng")


class BulkRun(models.Model):
    """What one person confirmed in one position: this act on these papers. The worker does it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    act = models.CharField(max_length=16)
    # Of acts that put papers somewhere: where.
    target_id = models.UUIDField(null=True)
    position = models.ForeignKey("people.Position", models.PROTECT, related_name="+", db_index=False)
    begun_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(name="bulk_runs_of_a_position", fields=["position", "-begun_at"])]

    def __str__(self) -> str:
        return f"{self.act} {self.id}"


class BulkItem(models.Model):
    """One paper of a run. Its id is the key of the act's press, so that doing it twice does it once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    run = models.ForeignKey(BulkRun, models.CASCADE, related_name="items", db_index=False)
    place = models.PositiveSmallIntegerField()
    subject_id = models.UUIDField()
    state = models.CharField(max_length=8, choices=BulkState, default=BulkState.WAITING)
    result = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="bulk_item_has_its_place_in_the_run", fields=["run", "place"]),
            models.UniqueConstraint(name="bulk_run_names_a_paper_once", fields=["run", "subject_id"]),
            models.CheckConstraint(
                name="bulk_item_ends_at_a_moment",
                condition=Q(state=BulkState.WAITING, ended_at=None)
                | ~Q(state=BulkState.WAITING) & Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="bulk_item_says_how_it_ended",
                condition=~Q(state__in=(BulkState.DONE, BulkState.FAILED)) | ~Q(result=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.place}"
