"""Dossiers on their way to the archive, and out of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.ids import new_id
from congso.modules.documents.models.dossiers import WorkDossier
from congso.modules.documents.models.outgoing import Document


class TransferState(models.TextChoices):
    """Where a hand-over to the archive stands."""

    OFFERED = "offered", _("Chờ lưu trữ kiểm tra")
    TO_SIGN = "to_sign", _("Chờ bên giao ký")
    GIVER_SIGNED = "giver_signed", _("Chờ bên nhận ký")
    DONE = "done", _("Đã giao nhận")
    DROPPED = "dropped", _("Đã bỏ")


class DossierTransfer(models.Model):
    """A hand-over of dossiers to the archive (biên bản giao nhận, with its list)."""

    organ_rows = "stay"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organ = models.ForeignKey("organs.Organ", models.PROTECT, related_name="+", db_index=False)
    giver = models.ForeignKey("people.Position", models.PROTECT, related_name="+", db_index=False)
    receiver = models.ForeignKey("people.Position", models.PROTECT, null=True, related_name="+", db_index=False)
    state = models.CharField(max_length=16, choices=TransferState, default=TransferState.OFFERED)
    offered_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    drawn_pdf = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)
    giver_pdf = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)
    signed_pdf = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)
    pages = models.PositiveSmallIntegerField(_("số trang"), default=0)
    signing_failure = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dossier_transfer_has_its_files",
                condition=Q(state__in=(TransferState.OFFERED, TransferState.DROPPED))
                | Q(state=TransferState.TO_SIGN, drawn_pdf__isnull=False)
                | Q(state=TransferState.GIVER_SIGNED, giver_pdf__isnull=False)
                | Q(state=TransferState.DONE, signed_pdf__isnull=False, done_at__isnull=False),
            ),
            models.CheckConstraint(
                name="dossier_transfer_names_its_receiver_once_accepted",
                condition=Q(state__in=(TransferState.OFFERED, TransferState.DROPPED))
                | Q(receiver__isnull=False, accepted_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["organ", "-offered_at", "-id"], name="transfers_of_an_organ")]

    def __str__(self) -> str:
        return f"{self.state} {self.id}"

    @property
    def file_id(self) -> str | None:
        """The SHA-256 of the newest file of the protocol."""
        return self.signed_pdf_id or self.giver_pdf_id or self.drawn_pdf_id


class TransferLine(models.Model):
    """One dossier of a hand-over; the archive may refuse it with a reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    transfer = models.ForeignKey(DossierTransfer, models.PROTECT, related_name="lines", db_index=False)
    dossier = models.ForeignKey(WorkDossier, models.PROTECT, related_name="transfer_lines")
    place = models.PositiveSmallIntegerField()
    refused_reason = models.CharField(max_length=500, blank=True)
    # No longer under way: refused, or the whole hand-over was dropped.
    is_over = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="dossier_stands_once_in_a_transfer", fields=["transfer", "dossier"]),
            models.UniqueConstraint(name="dossier_is_handed_over_once", fields=["dossier"], condition=Q(is_over=False)),
            models.CheckConstraint(
                name="dossier_refused_is_out_of_its_transfer", condition=Q(refused_reason="") | Q(is_over=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.transfer_id} {self.place}"


class DossierDestruction(models.Model):
    """The destruction of a dossier whose retention is over: proposed, then approved by another person, by a decision.

    It stays as the protocol, with the counts of what was destroyed.
    """

    organ_rows = "stay"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organ = models.ForeignKey("organs.Organ", models.PROTECT, related_name="+", db_index=False)
    dossier = models.ForeignKey(WorkDossier, models.PROTECT, related_name="destructions", db_index=False)
    proposed_by = models.ForeignKey("people.Position", models.PROTECT, related_name="+", db_index=False)
    proposed_at = models.DateTimeField()
    reason = models.CharField(max_length=500)
    decision = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_by = models.ForeignKey("people.Position", models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    refused_reason = models.CharField(max_length=500, blank=True)
    papers = models.PositiveSmallIntegerField(default=0)
    files = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="dossier_is_proposed_for_destruction_once_at_a_time",
                fields=["dossier"],
                condition=Q(decided_at=None),
            ),
            models.CheckConstraint(
                name="dossier_destruction_is_decided_by_decision_or_refused",
                condition=Q(decided_at=None, decided_by=None, decision=None, refused_reason="")
                | Q(decided_at__isnull=False, decided_by__isnull=False, decision__isnull=False, refused_reason="")
                | Q(decided_at__isnull=False, decided_by__isnull=False, decision=None) & ~Q(refused_reason=""),
            ),
            models.CheckConstraint(
                name="dossier_destruction_takes_two_positions",
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("proposed_by")),
            ),
            models.CheckConstraint(name="dossier_destruction_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}"
