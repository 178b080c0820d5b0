"""A PDF file page by page: how many, their pictures, their words.

Files are opened in a process of their own with limits of time and memory, so that a hostile file costs a message and
not the site. Pictures and words are kept in the storage under ``derived/``; they can be made again and need no backup.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from congso.kernel.errors import DomainError, NotFound
from congso.shared import files
from congso.shared.files.apart import Apart

READING_WIDTH: Final = 1240
THUMBNAIL_WIDTH: Final = 320
WIDTHS: Final = frozenset({READING_WIDTH, 820, THUMBNAIL_WIDTH})
MOST_BYTES: Final = 90_000
MAX_FILE_BYTES: Final = 50 * 1024 * 1024
MAX_SECONDS: Final = 20.0
# Part of every kept name: raise it when pictures are made in another way.
_MADE: Final = "1"


class PdfNotReadable(DomainError):
    """The file is damaged, or no PDF at all."""

    code = "files.pdf_not_readable"
    message = _("Tệp PDF bị hỏng nên không mở được. Xuất lại tệp từ phần mềm đã soạn rồi chọn lại.")


class PdfEncrypted(DomainError):
    """The file asks for a password."""

    code = "files.pdf_encrypted"
    message = _("Tệp PDF đặt mật khẩu nên không nhận. Bỏ mật khẩu, lưu lại rồi chọn lại.")


class PdfTooLarge(DomainError):
    """More bytes or pages than are opened."""

    code = "files.pdf_too_large"
    message = _("Tệp PDF quá lớn: nhận đến 50 MB và 1.000 trang. Tách thành nhiều tệp rồi chọn lại.")


class PdfTooSlow(DomainError):
    """Opening it takes longer than anybody waits."""

    code = "files.pdf_too_slow"
    message = _("Tệp PDF quá phức tạp nên không dựng được trang xem. Tải tệp gốc về để đọc, hoặc in ra PDF lại.")


_REFUSALS: Final[dict[str, type[DomainError]]] = {
    "broken": PdfNotReadable,
    "encrypted": PdfEncrypted,
    "too_many_pages": PdfTooLarge,
}


def count_of(pdf: bytes) -> int:
    """Return how many pages ``pdf`` has; this is also the check at the door.

    :raises PdfNotReadable, PdfEncrypted, PdfTooLarge, PdfTooSlow: it is not one that can be shown.
    """
    return int(_ask(pdf, "count")[0])


def texts_of(pdf: bytes) -> tuple[str, ...]:
    """Return the words of each page, in NFC; raises as :func:`count_of`."""
    return tuple(part.decode() for part in _ask(pdf, "texts"))


def loose_texts_of(pdf: bytes) -> tuple[str, ...]:
    """Return the words that ``texts_of`` does not show, or not in lines of their own.

    First what the file says of itself; then for each page its remarks, values of fields, and boxes that share a line.
    Raises as :func:`count_of`.
    """
    return tuple(part.decode() for part in _ask(pdf, "loose"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """What of a page is shown, in points from the bottom left of the file's own measure.

    :param turned: degrees clockwise: 0, 90, 180 or 270.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    turned: int


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that follow one another on a line of a page, in points.

    :param xs: where each letter begins, and last where the last one ends.
    """

    text: str
    xs: tuple[float, ...]
    bottom: float
    top: float


def runs_of(pdf: bytes, pages: Sequence[int]) -> tuple[tuple[Run, ...], ...]:
    """Return the runs of letters of ``pages`` (from 1); raises as :func:`count_of`."""
    found = _ask(pdf, "runs", places=[page - 1 for page in pages])
    return tuple(
        tuple(Run(run["text"], tuple(run["xs"]), run["bottom"], run["top"]) for run in json.loads(page))
        for page in found
    )


def sheets_of(pdf: bytes) -> tuple[Sheet, ...]:
    """Return the measures of each page; raises as :func:`count_of`."""
    return tuple(Sheet(*measures) for measures in json.loads(_ask(pdf, "sizes")[0]))


def rebuilt(pdf: bytes) -> bytes:
    """Return a new file of the same pages, in good order, and of nothing else; raises as :func:`count_of`."""
    return _ask(pdf, "rebuilt")[0]


def chosen(pdf: bytes, pages: Sequence[int]) -> bytes:
    """Return a new file of these pages (from 1; those beyond the end are left out); otherwise as :func:`rebuilt`."""
    return _ask(pdf, "chosen", places=[page - 1 for page in pages])[0]


def images_of(pdf: bytes, pages: Sequence[int], *, width: int = READING_WIDTH) -> tuple[bytes, ...]:
    """Return WebP pictures of ``pages`` (from 1; those beyond the end are left out), none kept.

    Each is at most ``MOST_BYTES``, or as small as it stays a picture. Raises as :func:`count_of`.
    """
    places = [page - 1 for page in pages]
    return tuple(_ask(pdf, "pictures", places=places, width=width, most_bytes=MOST_BYTES))


def count(sha256: str) -> int:
    """Return how many pages the stored file has; raises as :func:`count_of`."""
    return int(_kept(sha256, "count.txt") or _keep(sha256, "count.txt", b"%d" % count_of(files.read(sha256))))


def texts(sha256: str) -> tuple[str, ...]:
    """Return the words of each page of the stored file («Đọc dạng chữ»); raises as :func:`count_of`."""
    kept = _kept(sha256, "texts.json")
    if kept is None:
        kept = _keep(sha256, "texts.json", json.dumps(texts_of(files.read(sha256)), ensure_ascii=False).encode())
    return tuple(json.loads(kept))


def image(sha256: str, page: int, *, width: int = READING_WIDTH) -> bytes:
    """Return a WebP picture of one page (from 1) of the stored file, at one of ``WIDTHS``.

    :raises NotFound: no such page, or another width.
    :raises PdfNotReadable, PdfEncrypted, PdfTooLarge, PdfTooSlow: it is not one that can be shown.
    """
    if width not in WIDTHS or page < 1:
        raise NotFound
    name = f"{width}-{page}.webp"
    kept = _kept(sha256, name)
    if kept is not None:
        return kept
    made = images_of(files.read(sha256), [page], width=width)
    if not made:
        raise NotFound
    return _keep(sha256, name, made[0])


def forget(sha256: str) -> None:
    """Remove the pictures and words that were made of a stored file."""
    folder = _path(sha256, "")
    if default_storage.exists(folder):
        for name in default_storage.listdir(folder)[1]:
            default_storage.delete(_path(sha256, name))


def _path(sha256: str, name: str) -> str:
    return f"derived/pages-{_MADE}/{sha256[:2]}/{sha256}/{name}"


def _kept(sha256: str, name: str) -> bytes | None:
    try:
        with default_storage.open(_path(sha256, name)) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None


def _keep(sha256: str, name: str, content: bytes) -> bytes:
    # It can be made again: a full disk must not keep anybody from reading.
    with suppress(OSError):
        if not default_storage.exists(_path(sha256, name)):
            default_storage.save(_path(sha256, name), ContentFile(content))
    return content


def _ask(pdf: bytes, op: str, **details: object) -> list[bytes]:
    if len(pdf) > MAX_FILE_BYTES:
        raise PdfTooLarge
    try:
        head, parts = _opener.ask({"op": op, **details}, pdf, seconds=MAX_SECONDS)
    except TimeoutError:
        raise PdfTooSlow from None
    except (OSError, EOFError):
        raise PdfNotReadable from None
    if "error" in head:
        raise _REFUSALS[head["error"]]
    return parts


_opener = Apart(Path(__file__).with_name("pdf_process.py"))
