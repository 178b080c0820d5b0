"""What of papers is counted: those that were sent, and those of them whose two signatures are valid.

Secret papers are never here, so the denominator leaves them out by construction. A paper signed by hand and sent as a
scan counts in the denominator only.
"""

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congso.modules.documents.kinds import DocumentState
from congso.modules.documents.models import Document
from congso.shared.figures import REGISTRY, Figure, Flow, Line

SENT = Q(state=DocumentState.ISSUED)
SIGNED = SENT & Q(leader_validated=True, organ_validated=True)


def declare() -> None:
    """Add the module's measures and figures to the site's; safe to repeat."""
    REGISTRY.describe(Document, lines)
    REGISTRY.add(
        Flow("documents.sent", model=Document, unit="organ_id", day="issued_date", where=SENT),
        Flow("documents.signed", model=Document, unit="organ_id", day="issued_date", where=SIGNED),
        Figure(
            "A13",
            _("Văn bản ký số đã gửi"),
            num="documents.signed",
            how=_("Đếm văn bản đi đã phát hành trong kỳ mà chữ ký của lãnh đạo và của cơ quan đều đã kiểm tra hợp lệ."),
        ),
        Figure(
            "A14",
            _("Tỷ lệ ký số"),
            num="documents.signed",
            den="documents.sent",
            how=_(
                "Văn bản ký số đã gửi chia cho mọi văn bản đi đã phát hành trong kỳ. Văn bản giấy quét gửi kèm lý do "
                "chỉ tính vào mẫu số; văn bản mật không có trên hệ thống nên không tính."
            ),
        ),
    )


def lines(documents: Sequence[Document]) -> list[Line]:
    """Return the papers as lines of their register."""
    return [
        Line(
            document.id,
            document.organ_id,
            document.issued_date,
            document.number_text,
            document.type_name,
            document.subject,
            reverse("documents:detail", args=[document.id]),
        )
        for document in documents
        if document.issued_date is not None
    ]
