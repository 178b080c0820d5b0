"""Work dossiers: the yearly catalogue, the dossiers and what is in them, exports."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.ids import new_id
from congso.modules.documents.dossiers import retention
from congso.modules.documents.models.incoming import Incoming
from congso.modules.documents.models.outgoing import Document

LONGEST_NOTATION = 20
MOST_PAGES = 9999  # four digits in the decree's metadata


class DossierState(models.TextChoices):
    """Where a work dossier stands."""

    OPEN = "open", _("Đang mở")
    CLOSED = "closed", _("Đã kết thúc")
    OFFERED = "offered", _("Đang nộp lưu")
    ARCHIVED = "archived", _("Đã nộp lưu trữ")
    DESTROYED = "destroyed", _("Đã tiêu hủy")


def has_known_retention() -> Q:
    """Return the rule that exactly the code «khác» says its years."""
    fixed = Q(retention__in=[code for code in retention.RETENTIONS if code != retention.OTHER], other_years=None)
    return fixed | Q(retention=retention.OTHER, other_years__gte=1, other_years__lte=retention.LONGEST_YEARS)


class DossierCatalogue(models.Model):
    """The list of dossiers that an organ will make in a year (danh mục hồ sơ); approved, it is no longer changed."""

    organ_rows = "stay"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organ = models.ForeignKey("organs.Organ", models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    approved_by = models.ForeignKey("people.Position", models.PROTECT, null=True, related_name="+", db_index=False)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="organ_has_one_catalogue_of_dossiers_a_year", fields=["organ", "year"]),
            models.CheckConstraint(
                name="dossier_catalogue_is_approved_by_somebody",
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}"


class DossierEntry(models.Model):
    """One dossier that a year's catalogue foresees, and the position that will make it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    catalogue = models.ForeignKey(DossierCatalogue, models.CASCADE, related_name="entries", db_index=False)
    notation = models.CharField(_("số, ký hiệu hồ sơ"), max_length=LONGEST_NOTATION)
    title = models.CharField(_("tên hồ sơ"), max_length=500)
    retention = models.CharField(_("thời hạn bảo quản"), max_length=2, choices=retention.CHOICES)
    other_years = models.PositiveSmallIntegerField(_("số năm"), null=True)
    maker = models.ForeignKey("people.Position", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="dossier_entry_has_its_notation_once", fields=["catalogue", "notation"]),
            models.CheckConstraint(name="dossier_entry_has_a_known_retention", condition=has_known_retention()),
            models.CheckConstraint(name="dossier_entry_has_a_title", condition=~Q(title="") & ~Q(notation="")),
        ]

    def __str__(self) -> str:
        return f"{self.notation} {self.title}"

    @property
    def retention_words(self) -> str:
        return retention.words_of(self.retention, self.other_years)


class WorkDossierQuerySet(models.QuerySet["WorkDossier"]):
    """Dossiers, filtered by who asks."""

    def visible_to(self, actor: Actor) -> "WorkDossierQuerySet":
        """Keep what ``actor`` may know of: as its keeper, or as leader or records clerk of its organ."""
        desk = Q(organ__in=actor.organs_where("records_clerk", "leader"))
        return self.filter(desk | Q(keeper=actor.position_id) if actor.position_id else desk)

    def kept_by(self, actor: Actor) -> "WorkDossierQuerySet":
        """Keep those that the position of ``actor`` makes."""
        return self.filter(keeper=actor.position_id) if actor.position_id else self.none()


class WorkDossier(models.Model):
    """What belongs to one piece of work (hồ sơ công việc): papers of both kinds, without copies, and other files.

    ``opened_by_organ``, ``year`` and ``notation`` are its code for good; ``organ`` is who has it now.
    """

    organ_rows = "move"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organ = models.ForeignKey("organs.Organ", models.PROTECT, related_name="+", db_index=False)
    opened_by_organ = models.ForeignKey("organs.Organ", models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    notation = models.CharField(_("số, ký hiệu hồ sơ"), max_length=LONGEST_NOTATION)
    entry = models.ForeignKey(DossierEntry, models.PROTECT, null=True, related_name="dossiers")
    outside_reason = models.CharField(_("lý do lập ngoài danh mục"), max_length=500, blank=True)
    title = models.CharField(_("tên hồ sơ"), max_length=500)
    description = models.CharField(_("ghi chú"), max_length=500, blank=True)
    retention = models.CharField(_("thời hạn bảo quản"), max_length=2, choices=retention.CHOICES)
    other_years = models.PositiveSmallIntegerField(_("số năm"), null=True)
    # Of basic construction: handed over sooner, after the settlement.
    is_construction = models.BooleanField(_("hồ sơ xây dựng cơ bản"), default=False)
    keeper = models.ForeignKey("people.Position", models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=16, choices=DossierState, default=DossierState.OPEN)
    opened_at = models.DateTimeField()
    start_date = models.DateField(_("ngày bắt đầu"), null=True)
    end_date = models.DateField(_("ngày kết thúc"), null=True)
    closed_at = models.DateTimeField(null=True)
    reopen_reason = models.CharField(_("lý do mở lại"), max_length=500, blank=True, default="", db_default="")
    document_total = models.PositiveSmallIntegerField(_("số văn bản, tài liệu"), default=0)
    page_total = models.PositiveSmallIntegerField(_("số trang"), default=0)
    # The owner keeps it beyond the day of hand-over, and why.
    kept_until = models.DateField(_("giữ lại đến ngày"), null=True)
    keep_reason = models.CharField(_("lý do giữ lại"), max_length=500, blank=True)

    objects = WorkDossierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="work_dossier_code_is_unique", fields=["opened_by_organ", "year", "notation"]),
            models.CheckConstraint(name="work_dossier_has_a_known_retention", condition=has_known_retention()),
            models.CheckConstraint(name="work_dossier_has_a_title", condition=~Q(title="") & ~Q(notation="")),
            models.CheckConstraint(
                name="work_dossier_outside_the_catalogue_says_why",
                condition=Q(entry__isnull=False) | ~Q(outside_reason=""),
            ),
            models.CheckConstraint(
                name="work_dossier_is_closed_with_its_days",
                condition=Q(state=DossierState.OPEN, closed_at=None)
                | ~Q(state=DossierState.OPEN)
                & Q(
                    closed_at__isnull=False,
                    start_date__isnull=False,
                    end_date__isnull=False,
                    end_date__gte=models.F("start_date"),
                ),
            ),
            models.CheckConstraint(
                name="work_dossier_has_pages_in_four_digits",
                condition=Q(page_total__lte=MOST_PAGES, document_total__lte=MOST_PAGES),
            ),
            models.CheckConstraint(
                name="work_dossier_is_kept_longer_with_a_reason", condition=Q(kept_until=None) | ~Q(keep_reason="")
            ),
        ]
        indexes = [
            models.Index(fields=["keeper", "state", "-opened_at", "-id"], name="dossiers_of_a_keeper"),
            models.Index(fields=["organ", "state", "-opened_at", "-id"], name="dossiers_of_an_organ"),
        ]

    def __str__(self) -> str:
        return f"{self.notation} {self.title}"

    @property
    def is_open(self) -> bool:
        return self.state == DossierState.OPEN

    @property
    def retention_words(self) -> str:
        return retention.words_of(self.retention, self.other_years)


class DossierItemQuerySet(models.QuerySet["DossierItem"]):
    """What is in dossiers."""

    def present(self) -> "DossierItemQuerySet":
        """Keep what was not taken out again, in its order, with the papers and files."""
        rows = self.filter(removed_at=None).select_related("document", "incoming", "file")
        return rows.defer("document__body").order_by("place", "id")


class DossierItem(models.Model):
    """One thing in a dossier: an outgoing paper, an incoming paper, or a file that belongs to the dossier alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(WorkDossier, models.PROTECT, related_name="items", db_index=False)
    place = models.PositiveSmallIntegerField()
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="dossier_items")
    incoming = models.ForeignKey(Incoming, models.PROTECT, null=True, related_name="dossier_items")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)
    name = models.CharField(_("tên tệp"), max_length=200, blank=True)
    pages = models.PositiveSmallIntegerField(_("số trang"), default=0)
    note = models.CharField(_("ghi chú"), max_length=500, blank=True)
    added_by = models.ForeignKey("people.Position", models.PROTECT, related_name="+", db_index=False)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = DossierItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dossier_item_is_one_thing",
                condition=Q(document__isnull=False, incoming=None, file=None, name="")
                | Q(document=None, incoming__isnull=False, file=None, name="")
                | Q(document=None, incoming=None, file__isnull=False) & ~Q(name=""),
            ),
            models.UniqueConstraint(name="dossier_holds_an_outgoing_paper_once", fields=["dossier", "document"]),
            models.UniqueConstraint(name="dossier_holds_an_incoming_paper_once", fields=["dossier", "incoming"]),
        ]
        indexes = [models.Index(fields=["dossier", "place", "id"], name="dossier_items_in_order")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.place}"

    @property
    def paper(self) -> Document | Incoming | None:
        """The paper, or nothing for a file of the dossier's own."""
        return self.document or self.incoming


class DossierExport(models.Model):
    """A dossier that a job writes out as a folder for who asked; forgotten after some days."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(WorkDossier, models.PROTECT, related_name="exports", db_index=False)
    asked_by = models.ForeignKey("people.Position", models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField(db_index=True)
    # How far the job is.
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)
    done_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dossier_export_is_done_with_its_file",
                condition=Q(file=None, done_at=None) | Q(file__isnull=False, done_at__isnull=False, failure=""),
            ),
        ]
        indexes = [models.Index(fields=["dossier", "-asked_at"], name="exports_of_a_dossier")]

    def __str__(self) -> str:
        return f"{self.dossier_id}"
