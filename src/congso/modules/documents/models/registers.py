"""Registers that were written out or closed, and filters that somebody keeps."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.ids import new_id


class RegisterKind(models.TextChoices):
    """The registers of the decree; values stand in addresses."""

    OUTGOING = "di", _("Sổ văn bản đi")
    INCOMING = "den", _("Sổ văn bản đến")
    FOLLOWING = "theo-doi", _("Sổ theo dõi giải quyết văn bản đến")


class RegisterMedia(models.TextChoices):
    PDF = "pdf", _("PDF để in")
    XLSX = "xlsx", _("Bảng tính Excel")


class RegisterFile(models.Model):
    """A register, whole or filtered, that a job writes out for who asked; forgotten after some days."""

    organ_rows = "stay"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organ = models.ForeignKey("organs.Organ", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=16, choices=RegisterKind)
    year = models.PositiveSmallIntegerField()
    filters = models.JSONField(default=dict, blank=True)
    media = models.CharField(max_length=8, choices=RegisterMedia)
    asked_by = models.ForeignKey("people.Position", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_index=True)
    lines = models.PositiveIntegerField(null=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="register_file_is_done_with_its_file",
                condition=Q(file=None, done_at=None) | Q(file__isnull=False, done_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year} {self.media}"


class RegisterClosing(models.Model):
    """A register of a year that was closed (khóa sổ): how many lines it had, and the files that show them."""

    organ_rows = "stay"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organ = models.ForeignKey("organs.Organ", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=16, choices=RegisterKind)
    year = models.PositiveSmallIntegerField()
    closed_by = models.ForeignKey("people.Position", models.PROTECT, related_name="+", db_index=False)
    closed_at = models.DateTimeField()
    lines = models.PositiveIntegerField()
    cancelled = models.PositiveIntegerField(default=0)
    # Written by a job soon after.
    pdf = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)
    xlsx = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="register_of_a_year_is_closed_once", fields=["organ", "kind", "year"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"


class SavedFilter(models.Model):
    """A filter of a list that a position keeps under a name.

    :ivar place: the url name of the list.
    :ivar query: the address's query, without a page's place.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    position = models.ForeignKey("people.Position", models.PROTECT, related_name="+", db_index=False)
    place = models.CharField(max_length=64)
    name = models.CharField(_("tên bộ lọc"), max_length=60)
    query = models.CharField(max_length=1000)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="saved_filter_has_its_name_once", fields=["position", "place", "name"]),
        ]

    def __str__(self) -> str:
        return self.name
