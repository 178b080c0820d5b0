"""Cells, marks, and the numbers of measures."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Grain(models.IntegerChoices):
    DAY = 1, _("ngày")
    MONTH = 2, _("tháng")
    YEAR = 3, _("năm")


class FigureMeasure(models.Model):
    """The short number by which cells know a measure, and the fingerprint of what it meant when they were computed."""

    id = models.AutoField(primary_key=True)
    code = models.CharField(max_length=100)
    definition = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(name="figure_measure_has_one_number", fields=["code"])]

    def __str__(self) -> str:
        return self.code


class FigureMark(models.Model):
    """One (track, unit, day) whose cells must be computed anew. Written by the tables' triggers, so its key counts."""

    id = models.BigAutoField(primary_key=True)
    track = models.CharField(max_length=200)
    unit = models.UUIDField()
    day = models.DateField()

    def __str__(self) -> str:
        return f"{self.track} {self.unit} {self.day}"


class FigureCell(models.Model):
    """The sum of a measure's steps of one direction, of one piece of one unit, on a day, in a month or in a year.

    ``piece`` is 0 for what no split divided (see ``organs.OrganPiece``). ``day`` is the first day of the month or year.
    Whole numbers, no zero rows. The key carries the value along (``INCLUDE``), so that a reading needs the index only.
    """

    pk = models.CompositePrimaryKey("grain", "measure", "unit", "day", "piece", "step")
    grain = models.SmallIntegerField(choices=Grain)
    measure = models.IntegerField()
    unit = models.UUIDField()
    day = models.DateField()
    piece = models.PositiveSmallIntegerField(default=0)
    step = models.SmallIntegerField()
    value = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="figure_cell_is_a_positive_sum_of_one_step", condition=models.Q(step__in=[1, -1], value__gt=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.unit} {self.day}: {self.step * self.value}"


class FigureFold(models.Model):
    """When the cells last caught up with the records: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    caught_up_at = models.DateTimeField(_("số liệu tính đến"))

    class Meta:
        constraints = [models.CheckConstraint(name="figures_catch_up_once", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return f"{self.caught_up_at}"
