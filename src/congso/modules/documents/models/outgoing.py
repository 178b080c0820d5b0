"""An outgoing paper with its reviewers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.ids import new_id
from congso.modules.documents import catalogue
from congso.modules.documents.kinds import (
    APPROVED_AND_LATER,
    NUMBERED_AND_LATER,
    SEALED_AND_LATER,
    SIGNED_AND_LATER,
    Circulation,
    DocumentState,
    ReviewState,
    Urgency,
)
from congso.shared.figures import MarksFigures

S = DocumentState


class DocumentQuerySet(models.QuerySet["Document"]):
    """Outgoing papers, filtered by who asks."""

    def visible_to(self, actor: Actor) -> "DocumentQuerySet":
        """Keep what ``actor`` may know of: the rule is written in ``permissions``."""
        own = Q(author__person=actor.person_id) if actor.person_id else Q(pk=None)
        if actor.position_id is None:
            return self.filter(own)
        reached = Q(state__in=APPROVED_AND_LATER) | Q(state=S.WITHDRAWN, approved_at__isnull=False)
        part = Q(signatory=actor.position_id) & reached | Q(
            pk__in=Review.objects.filter(reviewer=actor.position_id)
            .exclude(state=ReviewState.PLANNED)
            .values("document")
        )
        with_clerk = Q(state__in=SIGNED_AND_LATER) | Q(state=S.WITHDRAWN, signed_at__isnull=False)
        clerk = Q(organ__in=actor.organs_where("records_clerk")) & with_clerk
        issued = Q(organ__in=actor.serves, state=S.ISSUED)
        return self.filter(own | part | clerk | issued)


# Keys without an index of their own: either an index below begins with them, or nobody looks a paper up by them.
class Document(models.Model):
    """An outgoing paper (văn bản đi), from draft to issue.

    A paper that was returned is a draft with ``return_reason``. While a signature is being made (the request is open in
    ``signing``), the paper stays in the state before it.
    """

    organ_rows = "stay"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organ = models.ForeignKey("organs.Organ", models.PROTECT, related_name="+", db_index=False)
    drafting_organ = models.ForeignKey("organs.Organ", models.PROTECT, related_name="+", db_index=False)
    author = models.ForeignKey("people.Position", models.PROTECT, related_name="+", db_index=False)
    type_code = models.CharField(_("loại văn bản"), max_length=16)
    subject = models.CharField(_("trích yếu"), max_length=500, blank=True)
    body = models.JSONField(_("nội dung"), default=dict, blank=True)
    legal_bases = ArrayField(models.TextField(), default=list, blank=True)
    # So many lines that look like a secrecy stamp (MẬT alone on its line) are none, its author has stated.
    stamps_denied = models.PositiveSmallIntegerField(default=0)
    urgency = models.PositiveSmallIntegerField(_("độ khẩn"), choices=Urgency, default=Urgency.ORDINARY)
    reply_to = models.ForeignKey("documents.Incoming", models.PROTECT, null=True, related_name="replies")
    reply_due_date = models.DateField(_("hạn trả lời"), null=True)
    # An issued paper of ours that this one takes the place of, or whose formal error it mends (đính chính), and why.
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replacements")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    amends_reason = models.TextField(blank=True)
    circulation = models.CharField(_("phạm vi lưu hành"), max_length=16, choices=Circulation, blank=True)
    # Ký hiệu người soạn thảo và số lượng bản phát hành: «PL.300».
    drafter_mark = models.CharField(_("ký hiệu người soạn thảo, số bản"), max_length=20, blank=True)
    contact = models.CharField(_("địa chỉ, liên hệ ở cuối trang đầu"), max_length=200, blank=True)
    # Who signs beside the signatory where the type has two signatures; they sign on paper or elsewhere.
    second_title = models.CharField(_("bên cùng ký"), max_length=120, blank=True)
    second_signer = models.CharField(_("người cùng ký"), max_length=100, blank=True)

    state = models.CharField(max_length=16, choices=DocumentState, default=DocumentState.DRAFT)
    edit_version = models.PositiveIntegerField(default=1)
    review_round = models.PositiveSmallIntegerField(default=1)
    return_reason = models.TextField(blank=True)
    withdrawal_reason = models.TextField(blank=True)

    signatory = models.ForeignKey("people.Position", models.PROTECT, null=True, related_name="+", db_index=False)
    # As printed: a later change of title or name leaves the paper as it was signed.
    signer_name = models.CharField(max_length=200, blank=True)
    capacity_code = models.CharField(max_length=8, blank=True)
    capacity_lines = ArrayField(models.TextField(), default=list, blank=True)

    # Why the last requested signature did not come; empty when none failed since.
    signing_failure = models.CharField(max_length=64, blank=True)

    notation = models.CharField(_("ký hiệu"), max_length=30, blank=True)
    # Between number and notation: the decree's stroke, a hyphen on papers of the Party.
    number_mark = models.CharField(max_length=1, default="/")
    series = models.CharField(max_length=16, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(_("số"), null=True)
    # The day of numbering in Hanoi, printed as the paper's date.
    issued_date = models.DateField(_("ngày ban hành"), null=True)

    approved_pdf = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)
    signed_pdf = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)
    numbered_pdf = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)
    sealed_pdf = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)
    pages = models.PositiveSmallIntegerField(_("số trang"), default=0)
    leader_validated = models.BooleanField(default=False)
    organ_validated = models.BooleanField(default=False)
    # Instead of a body: a PDF from elsewhere, and where number, date and signatures stand on it.
    uploaded_pdf = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)
    places = models.JSONField(default=dict, blank=True)
    # How many files go with it, repeated so that a page need not count them.
    attachment_count = models.PositiveSmallIntegerField(default=0)
    paper_signed_reason = models.TextField(blank=True)
    paper_scan = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)

    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    numbered_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    # It stays an issued paper: number and figures keep it; ``recall`` says why.
    recalled_at = models.DateTimeField(null=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="document_has_a_subject_from_review_on",
                condition=Q(state__in=(S.DRAFT, S.WITHDRAWN)) | ~Q(subject=""),
            ),
            models.CheckConstraint(
                name="document_names_who_signs_from_approved_on",
                condition=~Q(state__in=APPROVED_AND_LATER) | (Q(signatory__isnull=False) & ~Q(notation="")),
            ),
            models.CheckConstraint(
                name="document_keeps_its_file_from_approved_on",
                condition=~Q(state__in=APPROVED_AND_LATER) | Q(approved_pdf__isnull=False) | ~Q(paper_signed_reason=""),
            ),
            models.CheckConstraint(
                name="document_is_signed_in_its_file_or_says_why_on_paper",
                condition=~Q(state__in=SIGNED_AND_LATER)
                | Q(signed_pdf__isnull=False)
                | (~Q(paper_signed_reason="") & Q(paper_scan__isnull=False)),
            ),
            models.CheckConstraint(
                name="document_has_a_number_exactly_from_numbered_on",
                condition=Q(
                    state__in=NUMBERED_AND_LATER,
                    number__gte=1,
                    year__gte=1,
                    issued_date__isnull=False,
                    numbered_at__isnull=False,
                )
                & ~Q(series="")
                | ~Q(state__in=NUMBERED_AND_LATER) & Q(number=None, year=None, issued_date=None, series=""),
            ),
            models.UniqueConstraint(
                name="document_number_is_unique_in_its_series_and_year", fields=["organ", "series", "year", "number"]
            ),
            models.UniqueConstraint(
                name="document_number_and_notation_are_unique_in_a_year",
                fields=["organ", "year", "number", "notation"],
            ),
            models.CheckConstraint(
                name="document_is_sealed_in_its_file_or_signed_on_paper",
                condition=~Q(state__in=SEALED_AND_LATER) | Q(sealed_pdf__isnull=False) | ~Q(paper_signed_reason=""),
            ),
            models.CheckConstraint(
                name="document_counts_as_validated_only_when_sealed",
                condition=Q(leader_validated=False, organ_validated=False) | Q(sealed_pdf__isnull=False),
            ),
            models.CheckConstraint(
                name="document_is_issued_at_a_moment",
                condition=Q(state=S.ISSUED, issued_at__isnull=False) | ~Q(state=S.ISSUED) & Q(issued_at=None),
            ),
            models.CheckConstraint(
                name="document_is_withdrawn_with_a_reason",
                condition=Q(state=S.WITHDRAWN, withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")
                | ~Q(state=S.WITHDRAWN) & Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="document_is_recalled_only_when_issued", condition=Q(recalled_at=None) | Q(state=S.ISSUED)
            ),
            models.CheckConstraint(
                name="document_says_why_it_replaces_or_corrects",
                condition=Q(replaces=None, corrects=None)
                | (Q(replaces=None) | Q(corrects=None)) & ~Q(amends_reason=""),
            ),
            models.UniqueConstraint(
                name="document_is_replaced_by_one_other", fields=["replaces"], condition=~Q(state=S.WITHDRAWN)
            ),
            MarksFigures(
                name="document_marks_figures",
                unit="organ_id",
                days=["issued_date"],
                columns=["state", "leader_validated", "organ_validated"],
            ),
        ]
        indexes = [
            models.Index(fields=["organ", "-issued_date", "-id"], name="documents_issued", condition=Q(state=S.ISSUED)),
            # Each measure reads one organ and day.
            models.Index(fields=["organ", "issued_date", "id"], name="documents_of_a_day"),
            models.Index(
                fields=["author", "-changed_at", "-id"],
                name="documents_on_the_desk",
                condition=Q(state__in=(S.DRAFT, S.IN_REVIEW, S.APPROVED)),
            ),
            models.Index(fields=["signatory", "approved_at"], name="documents_to_sign", condition=Q(state=S.APPROVED)),
            models.Index(
                fields=["organ", "state", "signed_at"],
                name="documents_with_the_clerk",
                condition=Q(state__in=(S.SIGNED, S.NUMBERED, S.SEALED)),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def type_name(self) -> str:
        """The type's Vietnamese name, from the process's own list: a row of a list costs no query."""
        return catalogue.name_of(self.type_code)

    @property
    def number_text(self) -> str:
        """``15/KH-UBND``, below ten with a leading zero; empty before numbering."""
        return f"{self.number:02d}{self.number_mark}{self.notation}" if self.number else ""

    @property
    def file_id(self) -> str | None:
        """The SHA-256 of the newest file of the paper; before approval only of one that was made elsewhere."""
        return (
            self.sealed_pdf_id
            or self.numbered_pdf_id
            or self.signed_pdf_id
            or self.approved_pdf_id
            or self.paper_scan_id
            or self.uploaded_pdf_id
        )


class Review(models.Model):
    """One reviewer's turn in one round of review; the initial (ký nháy) is this record, not a mark in the file."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="reviews", db_index=False)
    reviewer = models.ForeignKey("people.Position", models.PROTECT, related_name="+", db_index=False)
    round = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, choices=ReviewState, default=ReviewState.PLANNED)
    asked_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="review_has_one_reviewer_at_each_place", fields=["document", "round", "place"]
            ),
            models.UniqueConstraint(name="reviewer_reviews_once_a_round", fields=["document", "round", "reviewer"]),
            models.UniqueConstraint(
                name="document_waits_for_one_reviewer_at_a_time",
                fields=["document"],
                condition=Q(state=ReviewState.WAITING),
            ),
            models.CheckConstraint(
                name="review_is_decided_at_a_moment",
                condition=Q(
                    state__in=(ReviewState.INITIALLED, ReviewState.RETURNED, ReviewState.SKIPPED),
                    decided_at__isnull=False,
                )
                | Q(state__in=(ReviewState.PLANNED, ReviewState.WAITING), decided_at=None),
            ),
            models.CheckConstraint(
                name="review_returns_with_a_reason",
                condition=~Q(state__in=(ReviewState.RETURNED, ReviewState.SKIPPED)) | ~Q(comment=""),
            ),
        ]
        indexes = [
            models.Index(fields=["reviewer", "asked_at"], name="reviews_to_do", condition=Q(state=ReviewState.WAITING)),
        ]

    def __str__(self) -> str:
        return f"{self.round}.{self.place} {self.state}"
