"""What is known of each stored content."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """One content, found by its SHA-256. Records point to it; its name stands with them."""

    sha256 = models.CharField(primary_key=True, max_length=64, editable=False)
    size = models.PositiveBigIntegerField(_("cỡ"))
    media_type = models.CharField(max_length=100)
    # Real time, also in a demo: the clean-up of leftovers goes by it.
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="stored_file_is_not_empty", condition=Q(size__gte=1)),
            models.CheckConstraint(
                name="stored_file_is_named_by_its_sha256", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} ({self.media_type})"

    @property
    def short_hash(self) -> str:
        """The beginning of the SHA-256 that people compare (mã tệp)."""
        return self.sha256[:8]
