"""The words of papers: layouts, groups, and where a paper stands in its life."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class TypeCode(StrEnum):
    """The types that the code itself names; all of them, with their names, are rows: see ``catalogue``."""

    PLAN = "KH"
    LETTER = "CV"
    REPORT = "BC"
    DECISION = "QĐ"
    NOTICE = "TB"


class Family(models.TextChoices):
    """Which layout draws a type (mẫu trình bày)."""

    NAMED = "named", _("Văn bản có tên loại")
    LETTER = "letter", _("Công văn (V/v dưới số)")
    DECISION = "decision", _("Có căn cứ và dòng quyết định")
    TELEGRAM = "telegram", _("Công điện")
    SLIP = "slip", _("Giấy không in trích yếu")
    MINUTES = "minutes", _("Biên bản (thư ký, chủ tọa)")
    CONTRACT = "contract", _("Hai bên cùng ký")


class TypeGroup(models.TextChoices):
    """How the types are grouped where one is chosen."""

    COMMON = "common", _("Thường dùng")
    DIRECTING = "directing", _("Chỉ đạo, quy định")
    PLANNING = "planning", _("Chương trình, đề án")
    AGREEMENT = "agreement", _("Biên bản, thỏa thuận")
    SLIP = "slip", _("Giấy, phiếu, thư")
    PARTY = "party", _("Của tổ chức Đảng")
    COPY = "copy", _("Bản sao")


class Circulation(models.TextChoices):
    """Notes on who may have the paper (chỉ dẫn về phạm vi lưu hành)."""

    RETURN = "return", _("Xem xong trả lại")
    INTERNAL = "internal", _("Lưu hành nội bộ")


class SeriesScheme(models.TextChoices):
    """How an organ numbers its outgoing papers; copies always have a series of their own."""

    PER_TYPE = "per_type", _("Mỗi loại văn bản một dãy số")
    COMMON = "common", _("Một dãy số chung cho mọi loại văn bản")


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


class CameBy(models.TextChoices):
    """How an incoming paper came to the organ."""

    SYSTEM = "system", _("Liên thông")
    POST = "post", _("Bưu điện")
    EMAIL = "email", _("Thư điện tử")
    HAND = "hand", _("Đưa tận tay")


class StackState(models.TextChoices):
    """Where a stack of scanned paper stands."""

    READING = "reading", _("Đang đọc")
    READY = "ready", _("Chờ vào sổ")
    DONE = "done", _("Xong")
    REFUSED = "refused", _("Không nhận")


class DirectionKind(models.TextChoices):
    """What a direction is: only an order and what is split onward of it await work."""

    ORDER = "order", _("Chỉ đạo")
    ONWARD = "onward", _("Giao tiếp")
    FORWARD = "forward", _("Chuyển tiếp")


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
DIRECTABLE = (IncomingState.REGISTERED, IncomingState.DIRECTED, IncomingState.IN_PROGRESS)
