"""Organs and their dated rows."""

from typing import ClassVar, Literal

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _

from congso.kernel.ids import new_id
from congso.shared.areas.dated import PeriodForeignKey, UniqueWithoutOverlaps
from congso.shared.areas.models import Area, House, SuccessionKind

type OrganRows = Literal["stay", "move"]


class OrganKind(models.TextChoices):
    PEOPLES_COMMITTEE = "peoples_committee", _("Ủy ban nhân dân")
    PEOPLES_COUNCIL = "peoples_council", _("Hội đồng nhân dân")
    PARTY_COMMITTEE = "party_committee", _("Cấp ủy Đảng")
    FATHERLAND_FRONT = "fatherland_front", _("Mặt trận Tổ quốc")
    UNION = "union", _("đoàn thể, tổ chức chính trị - xã hội")
    DEPARTMENT = "department", _("phòng chuyên môn")
    OFFICE = "office", _("văn phòng")


class Relation(models.TextChoices):
    SUBORDINATE = "subordinate", _("cấp dưới của")
    SERVES = "serves", _("giúp việc cho")


class OrganCodeAuthority(models.TextChoices):
    """By which rule an organ's identifier (mã định danh) is written."""

    QD20 = "qd20", _("Quyết định 20/2020/QĐ-TTg")
    QCVN102 = "qcvn102", _("QCVN 102:2016/BTTTT (dạng cũ)")


class Organ(models.Model):
    """A body that acts (cơ quan, tổ chức): an identity that outlives its names and codes, until it is merged."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(_("loại"), max_length=24, choices=OrganKind)
    valid = DateRangeField(_("thời gian hoạt động"))
    is_fictitious = models.BooleanField(_("dữ liệu mẫu"), default=False)

    class Meta:
        constraints = [UniqueWithoutOverlaps(name="organ_lives_once", fields=["id"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.id}"


class OrganName(models.Model):
    """What an organ was called, and how its papers name it."""

    organ_rows: ClassVar[OrganRows] = "stay"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="names")
    name = models.CharField(_("tên"), max_length=200)
    short_name = models.CharField(_("tên ngắn"), max_length=120)
    notation = models.CharField(_("chữ viết tắt trong ký hiệu"), max_length=20)
    place_name = models.CharField(_("địa danh ghi trên văn bản"), max_length=120)
    sort_key = models.CharField(max_length=500)
    search_key = models.CharField(max_length=400)
    valid = DateRangeField(_("hiệu lực"))

    class Meta:
        constraints = [
            UniqueWithoutOverlaps(name="organ_has_one_name_at_a_time", fields=["organ"]),
            PeriodForeignKey(name="organ_name_only_while_its_organ_lives", field="organ"),
        ]

    def __str__(self) -> str:
        return self.name


class OrganCode(models.Model):
    """An identifier of an organ (mã định danh). One that is not verified must not leave the installation as real."""

    organ_rows: ClassVar[OrganRows] = "stay"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="codes")
    authority = models.CharField(_("theo"), max_length=16, choices=OrganCodeAuthority)
    code = models.CharField(_("mã định danh"), max_length=35)
    is_verified = models.BooleanField(_("đã đối chiếu"), default=False)
    valid = DateRangeField(_("hiệu lực"))

    class Meta:
        constraints = [
            UniqueWithoutOverlaps(name="organ_code_means_one_organ_at_a_time", fields=["authority", "code"]),
            UniqueWithoutOverlaps(name="organ_has_one_code_of_a_rule_at_a_time", fields=["organ", "authority"]),
            PeriodForeignKey(name="organ_code_only_while_its_organ_lives", field="organ"),
            models.CheckConstraint(
                name="organ_code_has_the_form_of_its_rule",
                condition=models.Q(authority="qd20", code__regex=r"^[A-Y][0-9]{2}(\.[0-9A-Z]+)*$")
                | models.Q(authority="qcvn102", code__regex=r"^[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Y][0-9]{2}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class OrganPlace(models.Model):
    """To which organ another is subordinate, or which one it serves."""

    organ_rows: ClassVar[OrganRows] = "stay"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="places")
    parent = models.ForeignKey(Organ, models.PROTECT, related_name="parts")
    relation = models.CharField(_("quan hệ"), max_length=16, choices=Relation)
    valid = DateRangeField(_("hiệu lực"))

    class Meta:
        constraints = [
            UniqueWithoutOverlaps(name="organ_has_one_parent_of_a_relation_at_a_time", fields=["organ", "relation"]),
            PeriodForeignKey(name="organ_place_only_while_its_organ_lives", field="organ"),
            PeriodForeignKey(name="organ_place_only_while_its_parent_lives", field="parent"),
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.relation} {self.parent_id}"


class OrganArea(models.Model):
    """For which area an organ is competent."""

    organ_rows: ClassVar[OrganRows] = "stay"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="areas")
    area = models.ForeignKey(Area, models.PROTECT, related_name="organs")
    valid = DateRangeField(_("hiệu lực"))

    class Meta:
        constraints = [
            UniqueWithoutOverlaps(name="organ_serves_an_area_once_at_a_time", fields=["organ", "area"]),
            PeriodForeignKey(name="organ_area_only_while_its_organ_lives", field="organ"),
            PeriodForeignKey(name="organ_area_only_while_its_area_lives", field="area"),
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} @ {self.area_id}"


class OrganSuccession(models.Model):
    """An edge from an organ that ended to one that took over its work."""

    organ_rows: ClassVar[OrganRows] = "stay"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    from_organ = models.ForeignKey(Organ, models.PROTECT, related_name="followed_by")
    to_organ = models.ForeignKey(Organ, models.PROTECT, related_name="follows")
    kind = models.CharField(_("hình thức"), max_length=16, choices=SuccessionKind)
    decision = models.CharField(_("văn bản quyết định"), max_length=120)
    date = models.DateField(_("ngày có hiệu lực"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="organ_succession_is_stated_once", fields=["from_organ", "to_organ"]),
            models.CheckConstraint(
                name="organ_does_not_follow_itself", condition=~models.Q(from_organ=models.F("to_organ"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_organ_id} > {self.to_organ_id}"


class OrganCustody(models.Model):
    """In whose row the acts of an organ are counted, by the day whose boundaries a view asks for.

    A merged organ is counted with its successor from the merger on; one that was dissolved without a single heir
    keeps a row of its own, so that the rows of every boundaries day sum up to the whole. So does what a split cannot
    divide: where no row says otherwise, an organ holds all pieces of its own acts, even on days on which it is not.

    :param piece: 0 for what no split divided, else the number of an :class:`OrganPiece`.
    """

    organ_rows: ClassVar[OrganRows] = "stay"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="custody")
    piece = models.PositiveSmallIntegerField(default=0)
    holder = models.ForeignKey(Organ, models.PROTECT, related_name="holdings")
    valid = DateRangeField(_("ngày ranh giới"))

    class Meta:
        constraints = [
            UniqueWithoutOverlaps(name="piece_is_counted_with_one_holder_at_a_time", fields=["organ", "piece"])
        ]

    def __str__(self) -> str:
        return f"{self.organ_id}/{self.piece} in {self.holder_id}"


class OrganPiece(models.Model):
    """A part of what an organ did: the acts about houses on one side of a split.

    :param number: from 1 in the organ.
    :param cut_from: the piece that was divided, 0 for the whole; it keeps what is about no known house.
    :param area: the new area on whose land the houses stand.
    """

    organ_rows: ClassVar[OrganRows] = "stay"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="pieces")
    number = models.PositiveSmallIntegerField()
    cut_from = models.PositiveSmallIntegerField()
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="piece_has_one_number_in_its_organ", fields=["organ", "number"]),
            models.CheckConstraint(
                name="piece_is_cut_from_an_older_one", condition=models.Q(number__gt=models.F("cut_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ_id}/{self.number}"


class PieceHouse(models.Model):
    """To which piece of an organ's acts those about a house belong; without a row it is piece 0.

    Whoever writes here calls ``figures.folding.regroup`` in the same transaction, or cells are wrong for ever.
    """

    organ_rows: ClassVar[OrganRows] = "stay"

    pk = models.CompositePrimaryKey("organ_id", "house_id")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", db_index=False)
    house = models.ForeignKey(House, models.PROTECT, related_name="+")
    piece = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="house_is_in_a_piece_that_was_cut", condition=models.Q(piece__gte=1))
        ]

    def __str__(self) -> str:
        return f"{self.organ_id}/{self.piece}: {self.house_id}"
