"""An incoming paper, from the door of an organ to its end."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.ids import new_id
from congso.modules.documents import catalogue
from congso.modules.documents.kinds import (
    REGISTERED_AND_LATER,
    UNREGISTERED,
    CameBy,
    IncomingState,
    Urgency,
    Verdict,
)
from congso.modules.documents.models.directions import Assignment

S = IncomingState


class IncomingQuerySet(models.QuerySet["Incoming"]):
    """Incoming papers, filtered by who asks."""

    def visible_to(self, actor: Actor) -> "IncomingQuerySet":
        """Keep what ``actor`` may know of: the rule is written in ``permissions``."""
        desk = Q(organ__in=actor.organs_where("records_clerk", "leader"))
        return self.filter(desk | Q(pk__in=Assignment.objects.reaching(actor).values("incoming")))

    def assigned_to(self, actor: Actor) -> "IncomingQuerySet":
        """Keep what was given to the position of ``actor`` or to the organ it sits in."""
        return self.filter(pk__in=Assignment.objects.reaching(actor).values("incoming"))


class Incoming(models.Model):
    """A paper that arrived at an organ (văn bản đến)."""

    organ_rows = "move"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organ = models.ForeignKey("organs.Organ", models.PROTECT, related_name="+", db_index=False)
    # Set when the sender is served by this installation.
    document = models.ForeignKey(
        "documents.Document", models.PROTECT, null=True, related_name="arrivals", db_index=False
    )
    # The paper at the organ that passed it on to this one.
    forwarded_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="forwarded")
    # An earlier one of the same number and sender; the clerk said why both are registered.
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    duplicate_reason = models.CharField(max_length=500, blank=True, default="", db_default="")
    # The paper of ours that this one answers.
    answers = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="answers")
    sender = models.ForeignKey("organs.Organ", models.PROTECT, null=True, related_name="+", db_index=False)
    sender_text = models.CharField(_("nơi gửi"), max_length=200)
    number_text = models.CharField(_("số, ký hiệu"), max_length=60)
    document_date = models.DateField(_("ngày văn bản"))
    type_code = models.CharField(_("loại văn bản"), max_length=16)
    came_by = models.CharField(
        _("đến bằng"), max_length=8, choices=CameBy, default=CameBy.SYSTEM, db_default=CameBy.SYSTEM
    )
    subject = models.CharField(_("trích yếu"), max_length=500)
    urgency = models.PositiveSmallIntegerField(_("độ khẩn"), choices=Urgency, default=Urgency.ORDINARY)
    reply_due_date = models.DateField(_("hạn trả lời"), null=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", db_index=False)
    # What came from the scanner or by e-mail, byte by byte, where ``file`` is the searchable form of it.
    scan = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)
    pages = models.PositiveSmallIntegerField(_("số trang"), default=0)
    # Of the sender's paper, repeated as it arrived.
    attachment_count = models.PositiveSmallIntegerField(_("số tệp kèm theo"), default=0)
    verdict = models.CharField(max_length=16, choices=Verdict, default=Verdict.PENDING)

    state = models.CharField(max_length=16, choices=IncomingState, default=IncomingState.ARRIVED)
    arrived_at = models.DateTimeField()
    arrival_year = models.PositiveSmallIntegerField(null=True)
    arrival_number = models.PositiveIntegerField(_("số đến"), null=True)
    registered_at = models.DateTimeField(null=True)
    registered_by = models.ForeignKey("people.Position", models.PROTECT, null=True, related_name="+", db_index=False)
    # The day of the leader's direction, repeated for lists and for what is late.
    due_date = models.DateField(_("hạn xử lý"), null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    return_reason = models.TextField(blank=True)
    # The sender took the paper back: the number stays, the line says why, the receiver destroys its copy and says so.
    recalled_at = models.DateTimeField(null=True)
    recall_reason = models.TextField(blank=True)
    # The sender corrected it later by a công văn; this paper itself replaces or corrects one that came before.
    corrected_at = models.DateTimeField(null=True)
    is_amendment = models.BooleanField(default=False)
    destroyed_at = models.DateTimeField(null=True)
    destroyed_by = models.ForeignKey("people.Position", models.PROTECT, null=True, related_name="+", db_index=False)

    objects = IncomingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="incoming_arrives_once_at_an_organ", fields=["document", "organ"]),
            models.UniqueConstraint(name="incoming_is_forwarded_once_to_an_organ", fields=["forwarded_from", "organ"]),
            models.CheckConstraint(
                name="incoming_duplicate_has_a_reason", condition=Q(duplicate_of=None) | ~Q(duplicate_reason="")
            ),
            models.CheckConstraint(
                name="incoming_duplicates_another", condition=Q(duplicate_of=None) | ~Q(duplicate_of=models.F("id"))
            ),
            models.CheckConstraint(
                name="incoming_has_an_arrival_number_exactly_when_registered",
                condition=Q(
                    state__in=REGISTERED_AND_LATER,
                    arrival_number__gte=1,
                    arrival_year__gte=1,
                    registered_at__isnull=False,
                )
                | Q(state=S.RECALLED, arrival_number__gte=1, arrival_year__gte=1, registered_at__isnull=False)
                | ~Q(state__in=REGISTERED_AND_LATER) & Q(arrival_number=None, arrival_year=None, registered_at=None),
            ),
            models.UniqueConstraint(
                name="incoming_arrival_number_is_unique_in_its_year",
                fields=["organ", "arrival_year", "arrival_number"],
            ),
            models.CheckConstraint(
                name="incoming_is_judged_before_it_is_registered",
                condition=Q(state__in=(S.ARRIVED, S.RETURNED, S.RECALLED)) | ~Q(verdict=Verdict.PENDING),
            ),
            models.CheckConstraint(
                name="incoming_is_closed_at_a_moment",
                condition=Q(state=S.CLOSED, closed_at__isnull=False)
                | Q(state=S.RECALLED)
                | ~Q(state=S.CLOSED) & Q(closed_at=None),
            ),
            models.CheckConstraint(
                name="incoming_is_recalled_at_a_moment_with_a_reason",
                condition=Q(state=S.RECALLED, recalled_at__isnull=False) & ~Q(recall_reason="")
                | ~Q(state=S.RECALLED) & Q(recalled_at=None, destroyed_at=None),
            ),
            models.CheckConstraint(
                name="incoming_is_returned_with_a_reason", condition=~Q(state=S.RETURNED) | ~Q(return_reason="")
            ),
        ]
        indexes = [
            models.Index(fields=["organ", "-arrived_at", "-id"], name="incoming_newest_first"),
            models.Index(
                fields=["organ", "state", "arrived_at"],
                name="incoming_at_the_door",
                condition=Q(state__in=UNREGISTERED),
            ),
            models.Index(fields=["organ", "registered_at"], name="incoming_to_direct", condition=Q(state=S.REGISTERED)),
            models.Index(
                fields=["organ", "recalled_at"],
                name="incoming_to_destroy",
                condition=Q(state=S.RECALLED, destroyed_at=None),
            ),
            models.Index(fields=["organ", "number_text"], name="incoming_of_a_number"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def state_name(self) -> str:
        """Where the paper stands, in words; ``get_state_display`` builds all choices for each row."""
        return str(IncomingState(self.state).label)

    @property
    def type_name(self) -> str:
        """The type's Vietnamese name, from the process's own list: a row of a list costs no query."""
        return catalogue.name_of(self.type_code)
