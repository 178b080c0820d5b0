"""The types of papers that the system draws, and the words of their lives."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentType(models.TextChoices):
    """Five of the decree's 29 types (Điều 7), by their abbreviations (Phụ lục III); a công văn prints none."""

    PLAN = "KH", _("Kế hoạch")
    LETTER = "CV", _("Công văn")
    REPORT = "BC", _("Báo cáo")
    DECISION = "QĐ", _("Quyết định")
    NOTICE = "TB", _("Thông báo")

    @classmethod
    def name_of(cls, code: str) -> str:
        """Return the type's Vietnamese name, or the code of an unknown one."""
        return str(_TYPE_NAMES.get(code, code))


_TYPE_NAMES = dict(DocumentType.choices)


class DocumentState(models.TextChoices):
    """Where an outgoing paper stands."""

    DRAFT = "draft", _("Dự thảo")
    IN_REVIEW = "in_review", _("Đang xem xét")
    APPROVED = "approved", _("Chờ ký")
    SIGNED = "signed", _("Chờ cấp số")
    NUMBERED = "numbered", _("Chờ đóng dấu")
    SEALED = "sealed", _("Chờ phát hành")
    ISSUED = "issued", _("Đã phát hành")
    WITHDRAWN = "withdrawn", _("Đã rút")


class IncomingState(models.TextChoices):
    """Where an incoming paper stands."""

    ARRIVED = "arrived", _("Mới đến")
    VALIDATED = "validated", _("Chờ vào sổ")
    REGISTERED = "registered", _("Chờ chỉ đạo")
    DIRECTED = "directed", _("Đã giao")
    IN_PROGRESS = "in_progress", _("Đang xử lý")
    ANSWERED = "answered", _("Đã trả lời")
    CLOSED = "closed", _("Xong")
    RETURNED = "returned", _("Đã trả lại")
    RECALLED = "recalled", _("Nơi gửi đã thu hồi")


class Verdict(models.TextChoices):
    """The one verdict of a file: the worst of all its signatures."""

    PENDING = "pending", _("Đang kiểm tra")
    PASSED = "passed", _("Hợp lệ")
    FAILED = "failed", _("Không hợp lệ")
    INDETERMINATE = "indeterminate", _("Chưa kết luận được")


class Urgency(models.IntegerChoices):
    """Độ khẩn, as numbers of the decree's metadata (Phụ lục VI)."""

    ORDINARY = 0, _("Thường")
    URGENT = 1, _("Khẩn")
    VERY_URGENT = 2, _("Thượng khẩn")
    MOST_URGENT = 3, _("Hỏa tốc")


class RecipientRole(models.TextChoices):
    TO = "to", _("Để thực hiện")
    FOR_INFORMATION = "for_information", _("Để biết")


class ReviewState(models.TextChoices):
    PLANNED = "planned", _("Chưa đến lượt")
    WAITING = "waiting", _("Đang xem xét")
    INITIALLED = "initialled", _("Đã ký nháy")
    RETURNED = "returned", _("Đã trả lại")
    SKIPPED = "skipped", _("Bỏ qua")


class RecallKind(models.TextChoices):
    RECALLED = "recalled", _("Thu hồi")
    REPLACED = "replaced", _("Thay thế")


class AssignmentKind(models.TextChoices):
    LEAD = "lead", _("Chủ trì")
    SUPPORT = "support", _("Phối hợp")
    INFORMED = "informed", _("Để biết")


APPROVED_AND_LATER = (
    DocumentState.APPROVED,
    DocumentState.SIGNED,
    DocumentState.NUMBERED,
    DocumentState.SEALED,
    DocumentState.ISSUED,
)
SIGNED_AND_LATER = APPROVED_AND_LATER[1:]
NUMBERED_AND_LATER = APPROVED_AND_LATER[2:]
SEALED_AND_LATER = APPROVED_AND_LATER[3:]
UNREGISTERED = (IncomingState.ARRIVED, IncomingState.VALIDATED)
REGISTERED_AND_LATER = (
    IncomingState.REGISTERED,
    IncomingState.DIRECTED,
    IncomingState.IN_PROGRESS,
    IncomingState.ANSWERED,
    IncomingState.CLOSED,
)
