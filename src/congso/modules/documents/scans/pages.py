"""Scanned files page by page, opened in a process of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from congso.kernel.errors import DomainError
from congso.shared.files.apart import Apart

SEPARATOR: Final = "CONGSO-NGAN-CACH"
SECONDS: Final = 60.0
MOST_BYTES: Final = 100_000_000
MOST_PAGES: Final = 300
JPEG: Final = "image/jpeg"
PDF: Final = "application/pdf"


class ScanNotReadable(DomainError):
    """The file is damaged, or none that is taken."""

    code = "documents.scan_not_readable"
    message = _("Tệp quét bị hỏng hoặc quá phức tạp nên không mở được. Chưa lưu gì. Quét lại rồi chọn tệp mới.")


class ScanTooLarge(DomainError):
    """More pages or points than are taken."""

    code = "documents.scan_too_large"
    message = _(
        "Xấp quét quá lớn: nhận đến 300 trang, 100 MB, mỗi ảnh đến 60 triệu điểm. Chưa lưu gì. Chia nhỏ xấp rồi quét "
        "lại ở 200–300 điểm trên inch."
    )


class ScanEncrypted(DomainError):
    code = "documents.scan_encrypted"
    message = _("Tệp quét đặt mật khẩu nên không nhận. Chưa lưu gì. Bỏ mật khẩu rồi chọn lại.")


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen on a page.

    :param lines: its own words, if it was not scanned; see :class:`ocr.Reading`.
    :param to_read: a gray JPEG, upright; ``shown``, ``small``: WebP.
    """

    is_blank: bool
    is_empty: bool
    is_separator: bool
    lines: list[list[Any]]
    to_read: bytes
    shown: bytes
    small: bytes


def count(content: bytes, media: str) -> int:
    """Return how many pages a file has: the check at the door.

    :raises ScanNotReadable, ScanTooLarge, ScanEncrypted: it is not taken.
    """
    if len(content) > MOST_BYTES:
        raise ScanTooLarge
    return int(_ask({"op": "count", "media": media}, content)[0]["pages"])


def see(content: bytes, media: str, place: int, *, turn: int) -> Seen:
    """Return one page (from 0), turned clockwise by ``turn`` degrees and straightened; raises as :func:`count`."""
    head, parts = _ask({"op": "page", "media": media, "place": place, "turn": turn}, content)
    return Seen(
        is_blank=head["is_blank"],
        is_empty=head["is_empty"],
        is_separator=SEPARATOR in head["codes"],
        lines=head["lines"],
        to_read=parts[0],
        shown=parts[1],
        small=parts[2],
    )


def assemble(sources: Sequence[tuple[bytes, str]], pages: Sequence[tuple[int, int, int]]) -> bytes:
    """Return one PDF of ``pages`` (number of the source, place in it, turn); raises as :func:`count`."""
    described = [{"media": media, "bytes": len(content)} for content, media in sources]
    content = b"".join(content for content, _media in sources)
    return _ask({"op": "assemble", "sources": described, "pages": [list(page) for page in pages]}, content)[1][0]


_REFUSALS: Final[dict[str, type[DomainError]]] = {
    "encrypted": ScanEncrypted,
    "too_many_pages": ScanTooLarge,
    "too_large": ScanTooLarge,
}
_opener = Apart(Path(__file__).with_name("process.py"))


def _ask(request: dict[str, object], content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    try:
        head, parts = _opener.ask(request, content, seconds=SECONDS)
    except (TimeoutError, OSError, EOFError):
        raise ScanNotReadable from None
    if "error" in head:
        raise _REFUSALS.get(head["error"], ScanNotReadable)
    return head, parts
