"""Taking back a paper that was issued (thu hồi, thay thế)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.ids import new_id
from congso.modules.documents.kinds import RecallKind
from congso.modules.documents.models.outgoing import Document


class Recall(models.Model):
    """A leader orders, with a reason; the records clerk carries out, and only then do receivers learn of it.

    A replacement needs no order of its own: the signature on the paper that takes the place is the order.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.OneToOneField(Document, models.PROTECT, related_name="recall")
    kind = models.CharField(max_length=16, choices=RecallKind, default=RecallKind.RECALLED)
    reason = models.TextField(_("lý do"))
    ordered_by = models.ForeignKey("people.Position", models.PROTECT, related_name="+", db_index=False)
    ordered_at = models.DateTimeField()
    carried_out_by = models.ForeignKey("people.Position", models.PROTECT, null=True, related_name="+", db_index=False)
    carried_out_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="recall_gives_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="recall_for_another_paper_names_it",
                condition=Q(kind=RecallKind.REPLACED, replaced_by__isnull=False) | ~Q(kind=RecallKind.REPLACED),
            ),
        ]
        indexes = [
            models.Index(fields=["ordered_at"], name="recalls_to_carry_out", condition=Q(carried_out_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.document_id}"
