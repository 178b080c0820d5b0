"""Areas and their dated rows."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _

from congso.kernel.ids import new_id
from congso.shared.areas.dated import PeriodForeignKey, UniqueWithoutOverlaps


class AreaKind(models.TextChoices):
    PROVINCE = "province", _("tỉnh")
    DISTRICT = "district", _("huyện")
    COMMUNE = "commune", _("xã, phường, thị trấn")
    VILLAGE = "village", _("thôn, tiểu khu")


class CodeAuthority(models.TextChoices):
    """Who issues codes of areas."""

    STATISTICS = "gso", _("Cơ quan thống kê")


class SuccessionKind(models.TextChoices):
    MERGE = "merge", _("sáp nhập")
    SPLIT = "split", _("chia tách")
    DISSOLUTION = "dissolution", _("kết thúc hoạt động, chuyển giao nhiệm vụ")


class Area(models.Model):
    """Land and its people (địa bàn): an identity that outlives its names and codes, until it is merged or split."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(_("cấp"), max_length=16, choices=AreaKind)
    valid = DateRangeField(_("thời gian tồn tại"))
    is_generated = models.BooleanField(_("dữ liệu mẫu"), default=False)

    class Meta:
        constraints = [UniqueWithoutOverlaps(name="area_lives_once", fields=["id"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.id}"


class AreaName(models.Model):
    """What an area was called: ``Thăng Long``, in full ``xã Thăng Long``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="names")
    name = models.CharField(_("tên"), max_length=120)
    full_name = models.CharField(_("tên đầy đủ"), max_length=160)
    sort_key = models.CharField(max_length=400)
    valid = DateRangeField(_("hiệu lực"))

    class Meta:
        constraints = [
            UniqueWithoutOverlaps(name="area_has_one_name_at_a_time", fields=["area"]),
            PeriodForeignKey(name="area_name_only_while_its_area_lives", field="area"),
        ]

    def __str__(self) -> str:
        return self.full_name


class AreaCode(models.Model):
    """A code that an authority issued for an area. Codes are re-used, so a code alone names nothing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="codes")
    authority = models.CharField(_("nơi cấp mã"), max_length=16, choices=CodeAuthority)
    code = models.CharField(_("mã"), max_length=16)
    valid = DateRangeField(_("hiệu lực"))

    class Meta:
        constraints = [
            UniqueWithoutOverlaps(name="area_code_means_one_area_at_a_time", fields=["authority", "code"]),
            UniqueWithoutOverlaps(name="area_has_one_code_of_an_authority_at_a_time", fields=["area", "authority"]),
            PeriodForeignKey(name="area_code_only_while_its_area_lives", field="area"),
        ]

    def __str__(self) -> str:
        return self.code


class AreaPlace(models.Model):
    """In which larger area an area lies."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="places")
    parent = models.ForeignKey(Area, models.PROTECT, related_name="parts")
    valid = DateRangeField(_("hiệu lực"))

    class Meta:
        constraints = [
            UniqueWithoutOverlaps(name="area_lies_in_one_area_at_a_time", fields=["area"]),
            PeriodForeignKey(name="area_place_only_while_its_area_lives", field="area"),
            PeriodForeignKey(name="area_place_only_while_its_parent_lives", field="parent"),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} < {self.parent_id}"


class AreaExtent(models.Model):
    """Size and centre of an area. Its border is the locality's own file."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="extents")
    km2 = models.DecimalField(_("diện tích (km²)"), max_digits=10, decimal_places=2, null=True)
    latitude = models.DecimalField(_("vĩ độ"), max_digits=9, decimal_places=6)
    longitude = models.DecimalField(_("kinh độ"), max_digits=9, decimal_places=6)
    valid = DateRangeField(_("hiệu lực"))

    class Meta:
        constraints = [
            UniqueWithoutOverlaps(name="area_has_one_extent_at_a_time", fields=["area"]),
            PeriodForeignKey(name="area_extent_only_while_its_area_lives", field="area"),
        ]

    def __str__(self) -> str:
        return f"{self.latitude}, {self.longitude}"


class House(models.Model):
    """A house or premises (nhà): an identity to which records about it point. Its address and code belong elsewhere."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    is_generated = models.BooleanField(_("dữ liệu mẫu"), default=False)

    def __str__(self) -> str:
        return str(self.id)


class HousePlace(models.Model):
    """In which village a house stands; in a larger area only where its village is not known."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    house = models.ForeignKey(House, models.PROTECT, related_name="places")
    area = models.ForeignKey(Area, models.PROTECT, related_name="houses")
    valid = DateRangeField(_("hiệu lực"))

    class Meta:
        constraints = [
            UniqueWithoutOverlaps(name="house_stands_in_one_area_at_a_time", fields=["house"]),
            PeriodForeignKey(name="house_place_only_while_its_area_lives", field="area"),
        ]

    def __str__(self) -> str:
        return f"{self.house_id} @ {self.area_id}"


class AreaSuccession(models.Model):
    """An edge from an area that ended to one that followed it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    from_area = models.ForeignKey(Area, models.PROTECT, related_name="followed_by")
    to_area = models.ForeignKey(Area, models.PROTECT, related_name="follows")
    kind = models.CharField(_("hình thức"), max_length=16, choices=SuccessionKind)
    decision = models.CharField(_("văn bản quyết định"), max_length=120)
    date = models.DateField(_("ngày có hiệu lực"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="area_succession_is_stated_once", fields=["from_area", "to_area"]),
            models.CheckConstraint(
                name="area_does_not_follow_itself", condition=~models.Q(from_area=models.F("to_area"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_area_id} > {self.to_area_id}"
