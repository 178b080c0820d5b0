"""How an organ numbers its outgoing papers."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.ids import new_id
from congso.modules.documents.kinds import SeriesScheme
from congso.shared.organs.models import OrganRows


class SeriesChoice(models.Model):
    """What the head of an organ decided of its number series, from 1 January of a year on."""

    organ_rows: ClassVar[OrganRows] = "stay"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organ = models.ForeignKey("organs.Organ", models.PROTECT, related_name="+", db_index=False)
    from_year = models.PositiveSmallIntegerField(_("từ năm"))
    scheme = models.CharField(_("cách đánh số"), max_length=16, choices=SeriesScheme)
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey("people.Position", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="organ_chooses_its_series_once_a_year", fields=["organ", "from_year"]),
            models.CheckConstraint(name="series_choice_begins_with_a_year", condition=Q(from_year__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.from_year} {self.scheme}"
