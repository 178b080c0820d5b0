"""Number and notation (số, ký hiệu) as people type them and machines read them."""

import re
import unicodedata
from typing import Final

from django.utils.translation import gettext_lazy as _

from congso.kernel.errors import DomainError

LONGEST: Final = 60
# 15/KH-UBND, 15-KH/HU, 15/2023/NQ-HĐND, 1234/UBND-VX, 07a/KH-UBND
_WHOLE: Final = re.compile(r"^(\d{1,6})([a-zđ]?)([/-])([\wĐđ.&]+(?:[/-][\wĐđ.&]+)*)$", re.IGNORECASE)


class NumberNotUsable(DomainError):
    code = "documents.number_not_usable"
    message = _("“%(number)s” chưa đúng dạng số, ký hiệu. Ví dụ: 15/KH-UBND, 07-CV/HU, 1234/UBND-VX.")
    status = 422


def canonical(text: str) -> str:
    """Return number and notation as they are kept: NFC, no blanks, below ten with a leading zero.

    :raises NumberNotUsable: it has no number, no notation, or is too long.
    """
    bare = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("–", "-").replace("—", "-")
    found = _WHOLE.match(bare)
    if found is None or len(bare) > LONGEST:
        raise NumberNotUsable(number=text.strip()[:LONGEST])
    digits, letter, mark, notation = found.groups()
    return f"{int(digits):02d}{letter.lower()}{mark}{unicodedata.normalize('NFC', notation)}"
