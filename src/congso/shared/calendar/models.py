"""Days that are worked or free against the rule."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.ids import new_id


class CalendarOverride(models.Model):
    """One day that the Government made a working day or a day off, as it was announced."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    day = models.DateField(_("ngày"))
    is_working = models.BooleanField(_("làm việc"))
    note = models.CharField(_("căn cứ"), max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_day_is_overridden_once", fields=["day"]),
            models.CheckConstraint(name="calendar_override_says_why", condition=~Q(note="")),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"
