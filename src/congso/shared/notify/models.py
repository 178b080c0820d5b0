"""Notices to positions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.ids import new_id


class Notice(models.Model):
    """One thing that a position should know of one record. Told again later, it moves up and is unread again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    position = models.ForeignKey("people.Position", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=64)
    subject_id = models.UUIDField()
    title = models.CharField(_("nội dung"), max_length=300)
    url = models.CharField(max_length=300)
    at = models.DateTimeField(_("lúc"))
    read_at = models.DateTimeField(_("đọc lúc"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="notice_is_told_once_per_kind_record_and_position", fields=["position", "subject_id", "kind"]
            ),
            models.CheckConstraint(name="notice_says_something", condition=~Q(title="")),
            models.CheckConstraint(
                name="notice_leads_to_a_page_of_this_site",
                condition=Q(url__startswith="/") & ~Q(url__startswith="//"),
            ),
        ]
        indexes = [
            models.Index(name="notice_newest_of_position", fields=["position", "-at", "-id"]),
            models.Index(name="notice_unread_of_position", fields=["position"], condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return self.title
