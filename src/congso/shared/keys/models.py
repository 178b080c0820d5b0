"""Keys, their certificates, and the count of wrong PINs."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.ids import new_id
from congso.shared.keys.certificates import end_of_validity


class OwnerKind(models.TextChoices):
    PERSON = "person", _("người")
    ORGAN = "organ", _("cơ quan")
    AUTHORITY = "authority", _("nơi cấp chứng thư")
    JOURNAL = "journal", _("nhật ký")


class KeyState(models.TextChoices):
    ENROLLED = "enrolled", _("đang tạo khóa")
    ACTIVE = "active", _("đang dùng")
    REVOKED = "revoked", _("đã thu hồi")


class Key(models.Model):
    """A signing key of one person, one organ, the training authority, or the journal.

    An enrolled key has its owner and PIN but no key pair yet: a job makes that, so that a hundred of them cost the
    caller nothing. ``sealed`` is the private key (PKCS #8) under the master key; it is useless without it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner_kind = models.CharField(max_length=10, choices=OwnerKind)
    owner_id = models.UUIDField(null=True)
    common_name = models.CharField(max_length=200)
    organization = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=KeyState, default=KeyState.ENROLLED)
    sealed = models.BinaryField(null=True, editable=False)
    certificate = models.BinaryField(null=True, editable=False)
    serial = models.CharField(max_length=40, blank=True)
    valid_from = models.DateTimeField(null=True)
    valid_to = models.DateTimeField(null=True)
    pin_hash = models.CharField(max_length=200, blank=True, editable=False)
    wrong_pins = models.PositiveSmallIntegerField(default=0)
    # Real time, not the demo's: a lock guards against a person who tries, not against the story.
    locked_until = models.DateTimeField(null=True)
    enrolled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="key_is_the_only_usable_one_of_its_owner",
                fields=["owner_kind", "owner_id"],
                condition=~Q(state=KeyState.REVOKED),
                nulls_distinct=False,
            ),
            models.UniqueConstraint(name="key_serial_is_unique", fields=["serial"], condition=~Q(serial="")),
            models.CheckConstraint(
                name="key_has_an_owner_unless_it_is_the_installations",
                condition=Q(owner_kind__in=[OwnerKind.AUTHORITY, OwnerKind.JOURNAL], owner_id=None)
                | Q(owner_kind__in=[OwnerKind.PERSON, OwnerKind.ORGAN], owner_id__isnull=False),
            ),
            models.CheckConstraint(
                name="key_in_use_has_a_pair_and_a_certificate",
                condition=~Q(state=KeyState.ACTIVE)
                | Q(
                    sealed__isnull=False,
                    certificate__isnull=False,
                    valid_from__isnull=False,
                    valid_to__gt=models.F("valid_from"),
                ),
            ),
            models.CheckConstraint(
                name="key_of_a_person_or_organ_has_a_pin",
                condition=Q(owner_kind__in=[OwnerKind.AUTHORITY, OwnerKind.JOURNAL]) | ~Q(pin_hash=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner_kind} {self.owner_id}"

    @property
    def period(self) -> tuple[datetime, datetime]:
        """From when to when its certificate is valid; of an enrolled key, will be."""
        if self.valid_from is not None and self.valid_to is not None:
            return self.valid_from, self.valid_to
        return self.enrolled_at, end_of_validity(self.enrolled_at)

    def is_valid_at(self, moment: datetime) -> bool:
        start, end = self.period
        return start <= moment <= end
