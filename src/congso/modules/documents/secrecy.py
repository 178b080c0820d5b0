"""The guard against secret papers (bí mật nhà nước).

Source: Law 29/2018/QH14, Điều 5; Decree 26/2020/NĐ-CP: secret content is neither drafted nor kept on a networked
computer, and not even its register. So there is no secrecy value here other than «thường», and what is marked secret
is refused without keeping anything of it.
"""

import re
import unicodedata
from http import HTTPStatus
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from congso.kernel.errors import DomainError

# A stamp stands alone on its line; «bí mật» within a sentence is an ordinary word.
_MARK = re.compile(r"^\W*(?:TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT)\W*$", re.MULTILINE)


class SecretContent(DomainError):
    code = "documents.secret_content"
    message = _("Nội dung có dấu chỉ độ mật nên không nhận và không lưu gì. Soạn và gửi theo đường văn bản mật.")
    status: ClassVar[int] = HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS


def has_secrecy_mark(text: str) -> bool:
    """Say whether a line of ``text`` is one of the stamps MẬT, TỐI MẬT, TUYỆT MẬT."""
    return _MARK.search(unicodedata.normalize("NFC", text)) is not None


def refuse_secret(*texts: str) -> None:
    """Raise :class:`SecretContent` if any of ``texts`` carries a stamp."""
    if any(has_secrecy_mark(text) for text in texts):
        raise SecretContent
