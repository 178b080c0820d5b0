"""An incoming paper, the leader's direction on it, and who does what."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.ids import new_id
from congso.modules.documents import catalogue
from congso.modules.documents.kinds import (
    REGISTERED_AND_LATER,
    UNREGISTERED,
    AssignmentKind,
    IncomingState,
    Urgency,
    Verdict,
)

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
    # The paper of ours that this one answers.
    answers = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="answers")
    sender = models.ForeignKey("organs.Organ", models.PROTECT, null=True, related_name="+", db_index=False)
    sender_text = models.CharField(_("nơi gửi"), max_length=200)
    number_text = models.CharField(_("số, ký hiệu"), max_length=60)
    document_date = models.DateField(_("ngày văn bản"))
    type_code = models.CharField(_("loại văn bản"), max_length=16)
    subject = models.CharField(_("trích yếu"), max_length=500)
    urgency = models.PositiveSmallIntegerField(_("độ khẩn"), choices=Urgency, default=Urgency.ORDINARY)
    reply_due_date = models.DateField(_("hạn trả lời"), null=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", db_index=False)
    pages = models.PositiveSmallIntegerField(_("số trang"), default=0)
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
    destroyed_at = models.DateTimeField(null=True)
    destroyed_by = models.ForeignKey("people.Position", models.PROTECT, null=True, related_name="+", db_index=False)

    objects = IncomingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="incoming_arrives_once_at_an_organ", fields=["document", "organ"]),
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
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def type_name(self) -> str:
        """The type's Vietnamese name, from the process's own list: a row of a list costs no query."""
        return catalogue.name_of(self.type_code)


class Direction(models.Model):
    """A leader's order on an incoming paper (bút phê)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    incoming = models.ForeignKey(Incoming, models.PROTECT, related_name="directions")
    given_by = models.ForeignKey("people.Position", models.PROTECT, related_name="+", db_index=False)
    text = models.TextField(_("ý kiến chỉ đạo"), blank=True)
    due_date = models.DateField(_("hạn xử lý"), null=True)
    given_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="incoming_has_one_open_direction", fields=["incoming"], condition=Q(closed_at=None)
            ),
        ]
        indexes = [
            models.Index(fields=["given_by", "due_date"], name="directions_open", condition=Q(closed_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.incoming_id} {self.given_at:%F}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Parts of directions."""

    def reaching(self, actor: Actor) -> "AssignmentQuerySet":
        """Keep what was given to the position of ``actor``, or to the organ that it sits in."""
        given = Q(position=actor.position_id) if actor.position_id else Q(pk=None)
        if actor.organ_id:
            given |= Q(organ=actor.organ_id)
        return self.filter(given)


class Assignment(models.Model):
    """Who leads, supports or is informed: a position, or an organ that then decides itself."""

    organ_rows = "move"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # Repeated from the direction: the way from a person to papers is walked on every page.
    incoming = models.ForeignKey(Incoming, models.PROTECT, related_name="assignments")
    direction = models.ForeignKey(Direction, models.PROTECT, related_name="assignments", db_index=False)
    kind = models.CharField(max_length=8, choices=AssignmentKind)
    position = models.ForeignKey("people.Position", models.PROTECT, null=True, related_name="+", db_index=False)
    organ = models.ForeignKey("organs.Organ", models.PROTECT, null=True, related_name="+", db_index=False)
    place = models.PositiveSmallIntegerField()
    due_date = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="assignment_names_a_position_or_an_organ",
                condition=Q(position__isnull=False, organ=None) | Q(position=None, organ__isnull=False),
            ),
            models.UniqueConstraint(
                name="direction_has_one_lead", fields=["direction"], condition=Q(kind=AssignmentKind.LEAD)
            ),
            models.UniqueConstraint(name="direction_names_a_position_once", fields=["direction", "position"]),
            models.UniqueConstraint(name="direction_names_an_organ_once", fields=["direction", "organ"]),
        ]
        indexes = [
            models.Index(fields=["position", "incoming"], name="assignments_of_a_position"),
            models.Index(fields=["organ", "incoming"], name="assignments_of_an_organ"),
            models.Index(fields=["position", "due_date"], name="assignments_to_do", condition=Q(done_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.position_id or self.organ_id}"
