"""Stacks of scanned paper that wait to be parted, read and entered; gone when all of it is done."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.ids import new_id
from congso.modules.documents.kinds import CameBy, StackState


class ScanStackQuerySet(models.QuerySet["ScanStack"]):
    """Stacks, filtered by who asks."""

    def visible_to(self, actor: Actor) -> "ScanStackQuerySet":
        """Keep those of the organs whose records clerk ``actor`` is."""
        return self.filter(organ__in=actor.organs_where("records_clerk"))


class ScanStack(models.Model):
    """Files that a clerk uploaded as one stack.

    :ivar files: of each file its name, media type, pages.
    :ivar key: the cipher's key of the bytes under ``passing/``; without it they are unreadable for good.
    :ivar papers: the pages of each paper, by place, in order; what is in none is left out.
    :ivar earlier: former ``papers``, for undoing.
    """

    # It lives for days at most; what is open at a merger is scanned again by the heir.
    organ_rows = "stay"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organ = models.ForeignKey("organs.Organ", models.PROTECT, related_name="+", db_index=False)
    taken_by = models.ForeignKey("people.Position", models.PROTECT, related_name="+", db_index=False)
    taken_at = models.DateTimeField()
    came_by = models.CharField(_("đến bằng"), max_length=8, choices=CameBy)
    state = models.CharField(max_length=8, choices=StackState, default=StackState.READING)
    files = models.JSONField()
    key = models.BinaryField()
    declared = models.TextField(blank=True)
    was_stated = models.BooleanField(default=False)
    # Read by machine: where it was not, the clerk has to state that nothing of it is secret.
    was_read = models.BooleanField(default=True)
    refusal = models.CharField(max_length=64, blank=True)
    refused_page = models.PositiveSmallIntegerField(null=True)
    ticket = models.TextField(blank=True)
    papers = models.JSONField(default=list)
    earlier = models.JSONField(default=list)

    objects = ScanStackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stack_is_readable_exactly_until_done_or_refused",
                condition=Q(state__in=(StackState.READING, StackState.READY)) & ~Q(key=b"")
                | Q(state__in=(StackState.DONE, StackState.REFUSED), key=b""),
            ),
        ]
        indexes = [models.Index(fields=["organ", "taken_at"], name="stacks_of_an_organ")]

    def __str__(self) -> str:
        return f"{self.state} {self.taken_at:%F}"


class ScanPage(models.Model):
    """One page of a stack. Its words are here only after they passed the guard against secrets.

    :ivar lines: see ``scans.ocr.Reading``; ``is_typed``: the words were in the file, nothing was guessed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    stack = models.ForeignKey(ScanStack, models.CASCADE, related_name="pages", db_index=False)
    place = models.PositiveSmallIntegerField()
    file = models.PositiveSmallIntegerField()
    file_place = models.PositiveSmallIntegerField()
    turn = models.PositiveSmallIntegerField(default=0)
    is_turned = models.BooleanField(default=False)
    is_read = models.BooleanField(default=False)
    is_typed = models.BooleanField(default=False)
    is_blank = models.BooleanField(default=False)
    is_separator = models.BooleanField(default=False)
    lines = models.JSONField(default=list)
    # The paper that it went into.
    incoming = models.ForeignKey("documents.Incoming", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="stack_has_one_page_at_a_place", fields=["stack", "place"]),
            models.CheckConstraint(name="page_is_turned_by_right_angles", condition=Q(turn__in=(0, 90, 180, 270))),
        ]

    def __str__(self) -> str:
        return f"{self.stack_id} {self.place}"
