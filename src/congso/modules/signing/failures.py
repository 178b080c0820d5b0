"""Why a requested signature did not come, in words for its owner."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EXPIRED: Final = "signing.activation_expired"
FIELD_MISSING: Final = "signing.field_missing"
FIELD_TAKEN: Final = "signing.field_taken"
FILE_GONE: Final = "signing.file_gone"
FILE_BROKEN: Final = "signing.file_broken"
KEY_UNUSABLE: Final = "signing.key_unusable"

TEXTS: Final[dict[str, str | Promise]] = {
    EXPIRED: _("Quá thời gian của lần xác nhận. Văn bản chưa ký; mở lại để xác nhận và ký."),
    FIELD_MISSING: _("Tệp chưa có chỗ dành cho chữ ký này. Trả văn bản về để tạo lại bản ký."),
    FIELD_TAKEN: _("Tệp đã có chữ ký ở chỗ này, nên không ký đè."),
    FILE_GONE: _("Không tìm thấy tệp đã xác nhận. Trả văn bản về để tạo lại bản ký."),
    FILE_BROKEN: _("Tệp hỏng, không ký được. Trả văn bản về để tạo lại bản ký."),
    KEY_UNUSABLE: _("Khóa ký đã bị thu hồi hoặc hết hạn. Báo quản trị để được cấp lại."),
}


def failure_text(code: str) -> str:
    """Return the Vietnamese sentence for the code of a ``SignatureFailed``."""
    return str(TEXTS.get(code, _("Chưa ký được. Văn bản chưa ký vẫn chờ; mở lại để ký.")))
