"""Where an outgoing paper goes (nơi nhận): organs, persons, and addressees who get it on paper."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.ids import new_id
from congso.modules.documents.kinds import DocumentState, RecipientRole
from congso.modules.documents.models.outgoing import Document


class RecipientQuerySet(models.QuerySet["Recipient"]):
    """Recipients, filtered by who asks."""

    def reaching(self, actor: Actor) -> "RecipientQuerySet":
        """Keep what was sent to ``actor`` by name and has been issued: the person, under any hat of theirs."""
        if actor.person_id is None:
            return self.none()
        return self.filter(position__person=actor.person_id, document__state=DocumentState.ISSUED)


class Recipient(models.Model):
    """An organ, a person in a position, or an addressee without an account who gets printed copies."""

    # Who answers for an ended organ is resolved when the paper is sent.
    organ_rows = "stay"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="recipients", db_index=False)
    organ = models.ForeignKey("organs.Organ", models.PROTECT, null=True, related_name="+", db_index=False)
    position = models.ForeignKey("people.Position", models.PROTECT, null=True, related_name="+", db_index=False)
    name = models.CharField(_("tên nơi nhận bản giấy"), max_length=200, blank=True)
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    role = models.CharField(max_length=16, choices=RecipientRole, default=RecipientRole.TO)
    place = models.PositiveSmallIntegerField()
    # Printed copies: none for who gets it electronically.
    copies = models.PositiveSmallIntegerField(_("số bản giấy"), default=0)
    sent_date = models.DateField(_("ngày gửi bản giấy"), null=True)
    read_at = models.DateTimeField(null=True)

    objects = RecipientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="document_goes_to_an_organ_once", fields=["document", "organ"]),
            models.UniqueConstraint(name="document_goes_to_a_person_once", fields=["document", "position"]),
            models.CheckConstraint(
                name="recipient_is_an_organ_a_person_or_an_address",
                condition=Q(organ__isnull=False, position=None, name="", copies=0)
                | Q(organ=None, position__isnull=False, name="", copies=0)
                | Q(organ=None, position=None, copies__gte=1) & ~Q(name=""),
            ),
            models.CheckConstraint(
                name="recipient_is_sent_to_on_paper_only_by_address", condition=Q(sent_date=None) | ~Q(name="")
            ),
        ]
        indexes = [
            models.Index(
                fields=["position", "document"], name="recipients_by_name", condition=Q(position__isnull=False)
            ),
            models.Index(fields=["document"], name="recipients_to_send_to", condition=Q(sent_date=None) & ~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.organ_id or self.position_id or self.name}"
