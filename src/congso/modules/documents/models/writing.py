"""What belongs to the writing of a paper: its pictures, its versions, remarks on passages, templates, groups."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.ids import new_id
from congso.modules.documents.kinds import RecipientRole
from congso.modules.documents.models.outgoing import Document


class VersionKind(models.TextChoices):
    """Why a version was kept, and what became of it."""

    NAMED = "named", _("người soạn giữ")
    SUBMITTED = "submitted", _("đã trình")
    RETURNED = "returned", _("bị trả lại")
    TAKEN_BACK = "taken_back", _("đã lấy lại")
    APPROVED = "approved", _("đã chuyển người ký")


def _own_or_shared(actor: Actor) -> Q:
    """Keep one's own, and what is shared in the organs that ``actor`` works in or serves."""
    organs = {actor.organ_id, *actor.serves} - {None}
    return Q(owner=actor.person_id) | Q(is_shared=True, organ__in=organs)


class TemplateQuerySet(models.QuerySet["DraftTemplate"]):
    """Templates, filtered by who asks."""

    def visible_to(self, actor: Actor) -> "TemplateQuerySet":
        return self.filter(_own_or_shared(actor))


class GroupQuerySet(models.QuerySet["AddressGroup"]):
    """Groups of receivers, filtered by who asks."""

    def visible_to(self, actor: Actor) -> "GroupQuerySet":
        return self.filter(_own_or_shared(actor))


class DraftTemplate(models.Model):
    """A draft to begin from (mẫu của tôi), of one person; the head of the office may share it within the organ."""

    # It ends with the organ that shares it; its owner keeps it.
    organ_rows = "stay"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    organ = models.ForeignKey("organs.Organ", models.PROTECT, related_name="+", db_index=False)
    is_shared = models.BooleanField(default=False)
    name = models.CharField(_("tên mẫu"), max_length=120)
    type_code = models.CharField(max_length=16)
    subject = models.CharField(_("trích yếu"), max_length=500, blank=True)
    legal_bases = models.JSONField(default=list)
    body = models.JSONField(default=dict)
    # Pairs of organ and role; who is gone by then is left out when a draft begins from it.
    recipients = models.JSONField(default=list)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = TemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="template_has_its_name_once_with_its_owner", fields=["owner", "name"]),
            models.CheckConstraint(name="template_has_a_name", condition=~Q(name="")),
        ]
        indexes = [
            models.Index(fields=["organ", "name"], name="templates_shared", condition=Q(is_shared=True)),
        ]

    def __str__(self) -> str:
        return self.name


class BodyImage(models.Model):
    """A picture that the body of a draft or of a template may show: only who sees that sees it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="images", db_index=False)
    template = models.ForeignKey(DraftTemplate, models.PROTECT, null=True, related_name="images", db_index=False)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", db_index=False)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="picture_belongs_to_a_document_once", fields=["document", "file"]),
            models.UniqueConstraint(name="picture_belongs_to_a_template_once", fields=["template", "file"]),
            models.CheckConstraint(
                name="picture_belongs_to_a_document_or_to_a_template",
                condition=Q(document__isnull=False, template=None) | Q(document=None, template__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.file_id


class DraftVersion(models.Model):
    """The text of a paper as it was at one step of its way, or when its author gave it a name."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveSmallIntegerField(_("phiên bản"))
    kind = models.CharField(max_length=16, choices=VersionKind)
    name = models.CharField(_("tên phiên bản"), max_length=120, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    legal_bases = models.JSONField(default=list)
    body = models.JSONField(default=dict)
    by = models.ForeignKey("people.Position", models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="version_has_its_number_once_in_its_document", fields=["document", "number"]),
            models.CheckConstraint(
                name="version_has_a_name_exactly_if_its_author_kept_it",
                condition=Q(kind=VersionKind.NAMED) & ~Q(name="") | ~Q(kind=VersionKind.NAMED) & Q(name=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


class PassageRemark(models.Model):
    """A reviewer's remark on a passage of a paper (góp ý vào đoạn), until somebody resolves it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="remarks", db_index=False)
    round = models.PositiveSmallIntegerField()
    reviewer = models.ForeignKey("people.Position", models.PROTECT, related_name="+", db_index=False)
    # The words it is about, as they stood then, and the block of the body that held them.
    passage = models.CharField(_("đoạn"), max_length=500)
    block = models.PositiveIntegerField()
    text = models.TextField(_("góp ý"))
    made_at = models.DateTimeField()
    resolved_by = models.ForeignKey("people.Position", models.PROTECT, null=True, related_name="+", db_index=False)
    resolved_at = models.DateTimeField(null=True)
    answer = models.CharField(_("trả lời"), max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="remark_says_something_of_a_passage", condition=~Q(text="") & ~Q(passage="")),
            models.CheckConstraint(
                name="remark_is_resolved_by_somebody_at_a_moment",
                condition=Q(resolved_by=None, resolved_at=None)
                | Q(resolved_by__isnull=False, resolved_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["document", "made_at"], name="remarks_of_a_document")]

    def __str__(self) -> str:
        return self.passage


class AddressGroup(models.Model):
    """Receivers that often go together (nhóm nơi nhận): of one person, or shared within the organ."""

    # It ends with the organ that shares it; its owner keeps it.
    organ_rows = "stay"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    organ = models.ForeignKey("organs.Organ", models.PROTECT, related_name="+", db_index=False)
    is_shared = models.BooleanField(default=False)
    name = models.CharField(_("tên nhóm"), max_length=120)
    made_at = models.DateTimeField()

    objects = GroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="group_has_its_name_once_with_its_owner", fields=["owner", "name"]),
            models.CheckConstraint(name="group_has_a_name", condition=~Q(name="")),
        ]
        indexes = [models.Index(fields=["organ", "name"], name="groups_shared", condition=Q(is_shared=True))]

    def __str__(self) -> str:
        return self.name


class AddressGroupMember(models.Model):
    """An organ in a group, with the role in which it receives."""

    # Who answers for an ended organ is resolved when a paper is sent.
    organ_rows = "stay"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    group = models.ForeignKey(AddressGroup, models.CASCADE, related_name="members", db_index=False)
    organ = models.ForeignKey("organs.Organ", models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=16, choices=RecipientRole, default=RecipientRole.TO)
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="organ_is_in_a_group_once", fields=["group", "organ"])]

    def __str__(self) -> str:
        return f"{self.role} {self.organ_id}"
