"""Copies of papers: whole (sao y, sao lục) or in part (trích sao), with the organ's signature."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.ids import new_id
from congso.modules.documents.models.incoming import Incoming
from congso.modules.documents.models.outgoing import Document


class CopyQuerySet(models.QuerySet["Copy"]):
    """Copies, filtered by who asks."""

    def visible_to(self, actor: Actor) -> "CopyQuerySet":
        """Keep those of the organs whose registers ``actor`` keeps or leads."""
        return self.filter(organ__in=actor.organs_where("records_clerk", "leader"))


class Copy(models.Model):
    """A copy of an issued paper of ours, or of one that arrived. Copies of all forms share one number series a year.

    ``prepared`` holds the pages, drawn anew, with an empty field for the organ's signature; ``sealed`` the signature.
    """

    organ_rows = "stay"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organ = models.ForeignKey("organs.Organ", models.PROTECT, related_name="+", db_index=False)
    type_code = models.CharField(_("hình thức sao"), max_length=16)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="copies_made")
    incoming = models.ForeignKey(Incoming, models.PROTECT, null=True, related_name="copies_made")
    # Empty for a whole copy.
    page_numbers = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(_("số"))
    notation = models.CharField(_("ký hiệu"), max_length=30)
    # As in the mark at the top right of page 1: form of copy and organ.
    mark = models.CharField(max_length=300)
    pages = models.PositiveSmallIntegerField(_("số trang"))
    prepared = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", db_index=False)
    sealed = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)
    signing_failure = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey("people.Position", models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)

    objects = CopyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="copy_is_of_one_paper",
                condition=Q(document__isnull=False, incoming=None) | Q(document=None, incoming__isnull=False),
            ),
            models.UniqueConstraint(name="copy_number_is_unique_in_its_year", fields=["organ", "year", "number"]),
            models.CheckConstraint(
                name="copy_is_sealed_at_a_moment",
                condition=Q(sealed=None, sealed_at=None) | Q(sealed__isnull=False, sealed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number_text

    @property
    def number_text(self) -> str:
        """``03/SY-UBND``, below ten with a leading zero."""
        return f"{self.number:02d}/{self.notation}"

    @property
    def file_id(self) -> str:
        return self.sealed_id or self.prepared_id

    @property
    def source(self) -> Document | Incoming:
        """The paper that was copied."""
        found = self.document or self.incoming
        if found is None:
            raise ValueError("A copy is of a paper")
        return found

    @property
    def subject(self) -> str:
        return self.source.subject
