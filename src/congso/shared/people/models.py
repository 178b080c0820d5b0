"""People, their positions, and who may sign by delegation."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.ids import new_id
from congso.shared.areas.dated import PeriodForeignKey, UniqueWithoutOverlaps
from congso.shared.organs.models import OrganRows


class Role(models.TextChoices):
    """What a position may do in this system."""

    SPECIALIST = "specialist", _("Chuyên viên")
    HEAD = "head", _("Trưởng đơn vị")
    LEADER = "leader", _("Lãnh đạo")
    RECORDS_CLERK = "records_clerk", _("Văn thư")
    ADMINISTRATOR = "administrator", _("Quản trị")


class Rank(models.TextChoices):
    """Where a position stands in its organ or unit; the capacity to sign follows from it."""

    HEAD = "head", _("cấp trưởng")
    DEPUTY = "deputy", _("cấp phó")
    MEMBER = "member", _("thành viên")


class Person(models.Model):
    """A human being, once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    full_name = models.CharField(_("họ và tên"), max_length=100)
    sort_key = models.CharField(max_length=400)
    is_generated = models.BooleanField(_("dữ liệu mẫu"), default=False)

    class Meta:
        constraints = [models.CheckConstraint(name="person_has_a_name", condition=~Q(full_name=""))]
        indexes = [models.Index(name="person_in_order", fields=["sort_key", "id"])]

    def __str__(self) -> str:
        return self.full_name


class Position(models.Model):
    """One role of one person in one organ, for a period.

    ``unit_name`` names a unit inside the organ (a division without a seal); its head does not head the organ.
    """

    organ_rows: ClassVar[OrganRows] = "stay"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="positions")
    organ = models.ForeignKey("organs.Organ", models.PROTECT, related_name="+")
    role = models.CharField(_("vai trò"), max_length=16, choices=Role)
    title = models.CharField(_("chức vụ"), max_length=100)
    rank = models.CharField(_("cấp"), max_length=8, choices=Rank, default=Rank.MEMBER)
    is_acting = models.BooleanField(_("được giao quyền"), default=False)
    unit_name = models.CharField(_("bộ phận"), max_length=120, blank=True, default="")
    valid = DateRangeField(_("thời gian giữ chức vụ"))

    class Meta:
        constraints = [
            UniqueWithoutOverlaps(
                name="person_holds_a_role_in_an_organ_once_at_a_time", fields=["person", "organ", "role"]
            ),
            PeriodForeignKey(name="position_only_while_its_organ_lives", field="organ"),
            ExclusionConstraint(
                name="organ_has_one_head_at_a_time",
                expressions=[
                    (F("organ"), RangeOperators.EQUAL),
                    (F("role"), RangeOperators.EQUAL),
                    (F("valid"), RangeOperators.OVERLAPS),
                ],
                condition=Q(rank=Rank.HEAD, unit_name=""),
            ),
            models.CheckConstraint(name="position_has_a_first_day", condition=Q(valid__lower_inf=False)),
            models.CheckConstraint(name="position_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="position_of_rank_has_a_role_that_leads",
                condition=Q(rank=Rank.MEMBER) | Q(role__in=[Role.HEAD, Role.LEADER]),
            ),
            models.CheckConstraint(
                name="position_acts_only_for_a_head", condition=Q(is_acting=False) | Q(rank=Rank.HEAD)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_role_display()})"


class SigningDelegation(models.Model):
    """Authority to sign by delegation (TUQ.): written, limited in time and subject, never passed on.

    ``type_codes`` are the document types that it covers; it is void after ``revoked_at``.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    from_position = models.ForeignKey(Position, models.PROTECT, related_name="signing_given")
    to_position = models.ForeignKey(Position, models.PROTECT, related_name="signing_received")
    type_codes = ArrayField(models.CharField(max_length=8), verbose_name=_("loại văn bản được ký"))
    scope = models.CharField(_("nội dung ủy quyền"), max_length=500)
    decision_number = models.CharField(_("số, ký hiệu văn bản ủy quyền"), max_length=50)
    decision_date = models.DateField(_("ngày văn bản ủy quyền"))
    valid = DateRangeField(_("thời hạn"))
    revoked_at = models.DateTimeField(_("chấm dứt lúc"), null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="signing_delegation_is_limited_in_time",
                condition=Q(valid__lower_inf=False, valid__upper_inf=False, valid__isempty=False),
            ),
            models.CheckConstraint(
                name="signing_delegation_is_in_writing", condition=~Q(decision_number="") & ~Q(scope="")
            ),
            models.CheckConstraint(name="signing_delegation_names_types", condition=Q(type_codes__len__gt=0)),
            models.CheckConstraint(
                name="signing_is_delegated_to_another", condition=~Q(from_position=F("to_position"))
            ),
        ]
        indexes = [models.Index(name="signing_delegation_received", fields=["to_position"])]

    def __str__(self) -> str:
        return f"TUQ. {self.decision_number}"
