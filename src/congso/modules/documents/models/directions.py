"""The directions on an incoming paper, and who does what by them.

A leader orders; several leaders may, each with one open direction. A head who was given a part splits it onward to own
staff: a direction within that part. Who forwards a paper to a person makes a direction that nobody has to follow.
"""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.ids import new_id
from congso.modules.documents.kinds import AssignmentKind, DirectionKind


class Direction(models.Model):
    """An order on an incoming paper: a leader's (bút phê), a head's to own staff, or a forwarding to know."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    incoming = models.ForeignKey("documents.Incoming", models.PROTECT, related_name="directions")
    kind = models.CharField(
        max_length=8, choices=DirectionKind, default=DirectionKind.ORDER, db_default=DirectionKind.ORDER
    )
    # The part that a head splits onward.
    within = models.ForeignKey("documents.Assignment", models.PROTECT, null=True, related_name="onward", db_index=False)
    given_by = models.ForeignKey("people.Position", models.PROTECT, related_name="+", db_index=False)
    text = models.TextField(_("ý kiến chỉ đạo"), blank=True)
    due_date = models.DateField(_("hạn xử lý"), null=True)
    given_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_reason = models.CharField(max_length=500, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="position_has_one_open_direction_on_a_paper",
                fields=["incoming", "given_by"],
                condition=Q(closed_at=None),
            ),
            models.UniqueConstraint(
                name="part_is_split_onward_once_at_a_time", fields=["within"], condition=Q(closed_at=None)
            ),
            models.CheckConstraint(
                name="direction_is_within_a_part_exactly_when_onward",
                condition=Q(kind=DirectionKind.ONWARD, within__isnull=False)
                | ~Q(kind=DirectionKind.ONWARD) & Q(within=None),
            ),
            models.CheckConstraint(
                name="forwarding_awaits_nothing", condition=~Q(kind=DirectionKind.FORWARD) | Q(closed_at__isnull=False)
            ),
            models.CheckConstraint(
                name="direction_is_taken_back_with_a_reason_and_closed",
                condition=Q(taken_back_at=None) | (Q(closed_at__isnull=False) & ~Q(taken_back_reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["given_by", "due_date"], name="directions_open", condition=Q(closed_at=None)),
            models.Index(fields=["within"], name="directions_within_a_part", condition=Q(within__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.incoming_id} {self.given_at:%F}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Parts of directions."""

    def reaching(self, actor: Actor) -> "AssignmentQuerySet":
        """Keep what was given to the position of ``actor``, or to the organ that it sits in, and not taken back."""
        given = Q(position=actor.position_id) if actor.position_id else Q(pk=None)
        if actor.organ_id:
            given |= Q(organ=actor.organ_id)
        return self.filter(given, taken_back_at=None)

    def awaited_from(self, actor: Actor) -> "AssignmentQuerySet":
        """Keep the parts that ``actor`` is to finish: not those that somebody else has split onward."""
        elsewhere = Direction.objects.filter(within=OuterRef("pk"), closed_at=None).exclude(given_by=actor.position_id)
        return (
            self.reaching(actor)
            .filter(~Exists(elsewhere), done_at=None, direction__closed_at=None)
            .exclude(kind=AssignmentKind.INFORMED)
        )


class Assignment(models.Model):
    """Who leads, supports or is informed: a position, or an organ that then decides itself."""

    organ_rows = "move"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # Repeated from the direction: the way from a person to papers is walked on every page.
    incoming = models.ForeignKey("documents.Incoming", models.PROTECT, related_name="assignments")
    direction = models.ForeignKey(Direction, models.PROTECT, related_name="assignments", db_index=False)
    kind = models.CharField(max_length=8, choices=AssignmentKind)
    position = models.ForeignKey("people.Position", models.PROTECT, null=True, related_name="+", db_index=False)
    organ = models.ForeignKey("organs.Organ", models.PROTECT, null=True, related_name="+", db_index=False)
    place = models.PositiveSmallIntegerField()
    due_date = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    # With its direction: who was named no longer sees the paper by this part.
    taken_back_at = models.DateTimeField(null=True)

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


class DueChange(models.Model):
    """The day of a direction was moved, by whom, when and why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    direction = models.ForeignKey(Direction, models.PROTECT, related_name="due_changes")
    by = models.ForeignKey("people.Position", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    old_due = models.DateField(null=True)
    new_due = models.DateField()
    reason = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.CheckConstraint(name="due_change_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="due_change_moves_the_day", condition=Q(old_due=None) | ~Q(old_due=F("new_due"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.direction_id} {self.new_due:%F}"
