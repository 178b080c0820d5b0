"""Requests for signatures, and what was found in signed files."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.ids import new_id


class ItemState(models.TextChoices):
    WAITING = "waiting", _("đang ký")
    SIGNED = "signed", _("đã ký")
    FAILED = "failed", _("chưa ký được")


class SignatureRequest(models.Model):
    """An activation: who confirmed, with which key, and until when the worker may use it. It holds no PIN.

    ``confirmation`` is the page that was confirmed: sent twice, it is one request.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.ForeignKey("keys.Key", models.PROTECT, related_name="+")
    person_id = models.UUIDField()
    position_id = models.UUIDField()
    confirmation = models.UUIDField(unique=True, default=new_id)
    requested_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="signature_request_expires_after_it_was_made",
                condition=Q(expires_at__gt=models.F("requested_at")),
            ),
        ]
        indexes = [models.Index(name="requests_of_a_person", fields=["person_id", "-requested_at"])]

    def __str__(self) -> str:
        return str(self.id)


class SignatureItem(models.Model):
    """One signature of a request, bound to the very file that was shown."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(SignatureRequest, models.PROTECT, related_name="items")
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=50)
    subject_id = models.UUIDField()
    field = models.CharField(max_length=10)
    file_sha256 = models.CharField(max_length=64)
    title = models.CharField(max_length=500)
    reason = models.CharField(max_length=200, blank=True)
    # Shown before the signing time instead of a picture.
    mark = models.CharField(max_length=100, blank=True)
    # Made with another one of the same request, which counts.
    is_companion = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ItemState, default=ItemState.WAITING)
    signed_file_sha256 = models.CharField(max_length=64, blank=True)
    failure = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="signature_item_has_its_place_in_the_request", fields=["request", "place"]),
            models.UniqueConstraint(
                name="signature_item_is_asked_for_once_at_a_time",
                fields=["kind", "subject_id", "field"],
                condition=Q(state=ItemState.WAITING),
            ),
            models.UniqueConstraint(
                name="signature_item_signs_a_file_once",
                fields=["kind", "subject_id", "field", "file_sha256"],
                condition=Q(state=ItemState.SIGNED),
            ),
            models.CheckConstraint(
                name="signature_item_says_how_it_ended",
                condition=Q(state=ItemState.WAITING, signed_file_sha256="", failure="", ended_at=None)
                | (Q(state=ItemState.SIGNED, failure="", ended_at__isnull=False) & ~Q(signed_file_sha256=""))
                | (Q(state=ItemState.FAILED, signed_file_sha256="", ended_at__isnull=False) & ~Q(failure="")),
            ),
        ]
        indexes = [
            models.Index(name="signature_items_waiting", fields=["request"], condition=Q(state=ItemState.WAITING)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id} {self.field}"


class ValidationReport(models.Model):
    """What the check of a file found; kept so that a page need not check again.

    ``holds_until`` is the earliest end of a certificate in it: after that the file is judged afresh.
    """

    file_sha256 = models.CharField(primary_key=True, max_length=64)
    verdict = models.CharField(max_length=15)
    findings = models.JSONField()
    checked_at = models.DateTimeField()
    holds_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="validation_report_says_one_of_three_words",
                condition=Q(verdict__in=["passed", "failed", "indeterminate"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_sha256[:8]} {self.verdict}"
