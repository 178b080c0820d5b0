"""What ``congso doctor`` looks at for this module."""

from django.utils.translation import gettext as _

from congso.modules.documents.scans import ocr
from congso.shared import checkup
from congso.shared.checkup import Check, Finding, State


def register() -> None:
    """Add the checks; safe to repeat."""
    checkup.register(Check("documents.reading", _("Đọc chữ bản quét"), reading, needs_database=False))


def reading() -> Finding:
    """Say whether scanned paper can be read."""
    if ocr.is_there():
        return Finding(State.GOOD, _("Có tesseract với tiếng Việt."))
    return Finding(
        State.WATCH,
        _("Máy chưa đọc được chữ tiếng Việt của bản quét; văn thư phải tự nhập thông tin và tự xem dấu mật."),
        _("Cài gói tesseract-ocr, tesseract-ocr-vie và tesseract-ocr-osd của hệ điều hành, rồi khởi động lại."),
    )
