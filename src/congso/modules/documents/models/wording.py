"""What an administrator corrected of the types of papers and of their layouts. Rows are added, never changed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.ids import new_id
from congso.modules.documents.kinds import Family, TypeGroup
from congso.shared.organs.models import OrganKind


class TypeVersion(models.Model):
    """One type of paper (loại văn bản) as it holds from ``edited_at`` on; the newest row of a code counts.

    What the product ships is a file, see ``catalogue``; a row here stands above it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(_("mã loại"), max_length=8)
    name = models.CharField(_("tên loại"), max_length=60)
    abbreviation = models.CharField(_("chữ viết tắt"), max_length=8, blank=True)
    family = models.CharField(_("mẫu trình bày"), max_length=16, choices=Family)
    title = models.CharField(_("dòng tên loại in trên văn bản"), max_length=80, blank=True)
    resolves = models.CharField(_("dòng quyết định"), max_length=80, blank=True)
    is_addressed = models.BooleanField(_("có “Kính gửi”"), default=False)
    # Empty: every kind of organ writes it.
    used_by = ArrayField(models.CharField(max_length=24, choices=OrganKind), default=list, blank=True)
    group = models.CharField(_("nhóm"), max_length=16, choices=TypeGroup)
    is_offered = models.BooleanField(_("được chọn khi soạn"), default=True)
    is_verified = models.BooleanField(_("tên, chữ viết tắt đã đối chiếu"), default=False)
    is_layout_verified = models.BooleanField(_("mẫu trình bày đã đối chiếu"), default=False)
    source = models.CharField(_("căn cứ"), max_length=300, blank=True)
    edited_at = models.DateTimeField()
    edited_by = models.ForeignKey("people.Position", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="type_version_has_code_and_name", condition=~Q(code="") & ~Q(name="")),
            models.CheckConstraint(
                name="type_version_says_what_verifies_it",
                condition=Q(is_verified=False, is_layout_verified=False) | ~Q(source=""),
            ),
        ]
        indexes = [models.Index(fields=["code", "-edited_at", "-id"], name="type_versions_newest_first")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class StyleVersion(models.Model):
    """How papers of one kind of organ look (thể thức) from ``edited_at`` on; the newest row of a kind counts.

    ``notation`` and ``letter_notation`` are patterns such as ``{số}/{loại}-{cơ quan}``, see ``notations``.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organ_kind = models.CharField(_("loại cơ quan"), max_length=24, choices=OrganKind)
    country = models.CharField(_("dòng trên cùng bên phải"), max_length=80)
    motto = models.CharField(_("dòng dưới"), max_length=80, blank=True)
    under_organ = models.CharField(_("dấu dưới tên cơ quan"), max_length=8, blank=True)
    number_words = models.CharField(_("chữ trước số"), max_length=12)
    notation = models.CharField(_("mẫu số, ký hiệu"), max_length=60)
    letter_notation = models.CharField(_("mẫu số, ký hiệu công văn"), max_length=60)
    for_collective = models.CharField(_("thay mặt tập thể"), max_length=8)
    acting = models.CharField(_("quyền cấp trưởng"), max_length=8)
    for_head = models.CharField(_("ký thay"), max_length=8)
    by_order = models.CharField(_("thừa lệnh"), max_length=8)
    by_delegation = models.CharField(_("thừa ủy quyền"), max_length=8)
    archive = models.CharField(_("dòng lưu"), max_length=80)
    is_verified = models.BooleanField(_("đã đối chiếu"), default=False)
    source = models.CharField(_("căn cứ"), max_length=300, blank=True)
    edited_at = models.DateTimeField()
    edited_by = models.ForeignKey("people.Position", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="style_version_says_what_verifies_it", condition=Q(is_verified=False) | ~Q(source="")
            ),
        ]
        indexes = [models.Index(fields=["organ_kind", "-edited_at", "-id"], name="style_versions_newest_first")]

    def __str__(self) -> str:
        return f"{self.organ_kind} {self.notation}"
