"""The last number of each series, and every number that was ever given."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.ids import new_id


class NumberState(models.TextChoices):
    USED = "used", _("đã cấp")
    CANCELLED = "cancelled", _("đã hủy")


class Counter(models.Model):
    """The last number given in a series; its row is the lock behind which the askers queue."""

    series = models.CharField(primary_key=True, max_length=128)
    last_number = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.series}: {self.last_number}"


class NumberTaken(models.Model):
    """A number that was given, for good. The database refuses to delete it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    series = models.CharField(_("dãy số"), max_length=128)
    number = models.PositiveBigIntegerField(_("số"))
    subject_id = models.UUIDField()
    state = models.CharField(_("trạng thái"), max_length=16, choices=NumberState, default=NumberState.USED)
    reason = models.CharField(_("lý do hủy"), max_length=500, blank=True, default="")
    taken_at = models.DateTimeField(_("cấp lúc"))
    cancelled_at = models.DateTimeField(_("hủy lúc"), null=True)

    class Meta:
        indexes = [models.Index(name="number_taken_by_subject", fields=["subject_id"])]
        constraints = [
            models.UniqueConstraint(name="number_is_given_once_in_its_series", fields=["series", "number"]),
            models.CheckConstraint(name="numbers_run_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="number_is_cancelled_exactly_with_a_reason",
                condition=Q(state=NumberState.USED, reason="", cancelled_at=None)
                | (Q(state=NumberState.CANCELLED, cancelled_at__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series}: {self.number}"
