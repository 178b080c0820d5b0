"""Files that go with an outgoing paper."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.ids import new_id
from congso.modules.documents.kinds import DocumentState
from congso.modules.documents.models.incoming import Incoming
from congso.modules.documents.models.outgoing import Document
from congso.modules.documents.models.recipients import Recipient
from congso.shared.files import media


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Attachments, filtered by who asks."""

    def kept(self) -> "AttachmentQuerySet":
        """Keep those that were not taken out again, in their order."""
        return self.filter(removed_at=None).order_by("place", "id")

    def visible_to(self, actor: Actor) -> "AttachmentQuerySet":
        """Keep those of papers that ``actor`` may see: as outgoing, as arrived, or sent to them by name."""
        arrived = (
            Incoming.objects.visible_to(actor).filter(document__isnull=False, destroyed_at=None).values("document")
        )
        named = Recipient.objects.reaching(actor).filter(document__recalled_at=None).values("document")
        issued = Q(document__state=DocumentState.ISSUED)
        own = Q(document__in=Document.objects.visible_to(actor))
        return self.filter(own | issued & (Q(document__in=arrived) | Q(document__in=named)))


class Attachment(models.Model):
    """A file that goes with an outgoing paper (tệp đính kèm, tệp kèm theo).

    ``file`` is as the author gave it. A PDF that nobody has signed gets the organ's mark: ``prepared`` has the empty
    field for it, made anew with each number, ``sealed`` the signature. Others go as they are, named by their SHA-256.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="attachments")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(_("tên tệp"), max_length=200)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", db_index=False)
    pages = models.PositiveSmallIntegerField(_("số trang"), default=0)
    gets_mark = models.BooleanField(default=False)
    is_signed_elsewhere = models.BooleanField(default=False)
    prepared = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)
    sealed = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)
    # Why the last requested signature did not come; empty when none failed since.
    signing_failure = models.CharField(max_length=64, blank=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="attachment_is_sealed_only_if_it_gets_the_mark",
                condition=Q(gets_mark=True) | Q(prepared=None, sealed=None),
            ),
            models.CheckConstraint(
                name="attachment_signed_elsewhere_is_left_alone",
                condition=Q(is_signed_elsewhere=False) | Q(gets_mark=False),
            ),
            models.CheckConstraint(name="attachment_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def file_now_id(self) -> str:
        """The SHA-256 of what goes out: with the organ's mark, once it has it."""
        return self.sealed_id or self.file_id

    @property
    def awaits_seal(self) -> bool:
        return self.gets_mark and self.sealed_id is None

    @property
    def is_pdf(self) -> bool:
        return self.file.media_type == media.PDF

    @property
    def is_picture(self) -> bool:
        return self.file.media_type in {media.PNG, media.JPEG, media.WEBP}
