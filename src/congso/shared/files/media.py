"""Tell what a content is by its bytes, not by its name, and refuse what is more than one thing at once."""

import io
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
PNG = "image/png"
JPEG = "image/jpeg"
WEBP = "image/webp"
PLAIN = "text/plain"
# Only what this program packs itself: nobody sends one in, so it is not among ``KNOWN``.
ZIP = "application/zip"

MOST_PARTS = 2_000
MOST_UNPACKED_BYTES = 300_000_000
MOST_UNPACKED_TIMES = 150
MOST_PIXELS = 60_000_000
# Text may hold these; any other control character makes it something else.
TEXT_CONTROLS = frozenset("\t\n\r\f")


@dataclass(frozen=True, slots=True)
class MediaType:
    """A kind of file that can be taken; the first extension is added where a name has none."""

    label: str | Promise
    extensions: tuple[str, ...]


KNOWN: Mapping[str, MediaType] = MappingProxyType(
    {
        PDF: MediaType("PDF", (".pdf",)),
        DOCX: MediaType("Word (.docx)", (".docx",)),
        XLSX: MediaType("Excel (.xlsx)", (".xlsx",)),
        ODT: MediaType("OpenDocument (.odt)", (".odt",)),
        ODS: MediaType("OpenDocument (.ods)", (".ods",)),
        PNG: MediaType(_("ảnh PNG"), (".png",)),
        JPEG: MediaType(_("ảnh JPEG"), (".jpg", ".jpeg")),
        WEBP: MediaType(_("ảnh WebP"), (".webp",)),
        PLAIN: MediaType(_("văn bản thuần (.txt, .csv)"), (".txt", ".csv")),
    }
)


class Unsafe(ValueError):
    """A bomb, or a content that different programs would read as different things."""


class TooManyPixels(Unsafe):
    """A picture that unpacks to more than anybody needs; its header tells, nothing is unpacked."""


def sniff(content: bytes) -> str | None:
    """Return the media type of ``content``, or None if it is none of ``KNOWN``.

    :raises Unsafe: it is of a known type but built so that it may do harm.
    """
    if content.startswith(b"PK"):
        return _office(content)
    kind = _by_magic(content)
    if kind is None:
        return PLAIN if _is_text(content) else None
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise Unsafe("also a zip archive")
    if kind == PDF:
        _check_pdf(content)
    else:
        _check_image(content)
    return kind


def _by_magic(content: bytes) -> str | None:
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    return None


def _check_pdf(content: bytes) -> None:
    if b"%%EOF" not in content[-2048:]:
        raise Unsafe("a PDF without its end")


def _check_image(content: bytes) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=["PNG", "JPEG", "WEBP"]) as image:
                width, height = image.size
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise TooManyPixels from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise Unsafe("an image that cannot be opened") from None
    if width * height > MOST_PIXELS:
        raise TooManyPixels


def _office(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None
    names = {part.filename for part in parts}
    if "[Content_Types].xml" in names:
        kind = DOCX if "word/document.xml" in names else XLSX if "xl/workbook.xml" in names else None
    else:
        kind = _open_document(content, names)
    if kind is not None:
        _check_archive(content, parts)
    return kind


def _open_document(content: bytes, names: set[str]) -> str | None:
    """Return the kind that the first part, ``mimetype``, says: stored as it is, so that it stands at a known place."""
    if "content.xml" not in names or content[30:38] != b"mimetype":
        return None
    said = content[38 : 38 + len(ODS) + 2]
    # The longer name first: what follows the shorter one is the next part.
    return ODS if said.startswith(ODS.encode() + b"PK") else ODT if said.startswith(ODT.encode() + b"PK") else None


def _check_archive(content: bytes, parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or len({part.filename for part in parts}) != len(parts):
        raise Unsafe("too many parts, or two of one name")
    if unpacked > MOST_UNPACKED_BYTES or unpacked > MOST_UNPACKED_TIMES * len(content):
        raise Unsafe("unpacks to too much")
    if sum(part.compress_size for part in parts) > len(content):
        raise Unsafe("parts that overlap")
    if min(part.header_offset for part in parts) != 0:
        raise Unsafe("something stands before the archive")
    for part in parts:
        if _is_harmful(part):
            raise Unsafe(f"part {part.filename!r:.80}")


def _is_harmful(part: zipfile.ZipInfo) -> bool:
    steps = part.filename.replace("\\", "/").split("/")
    is_encrypted = bool(part.flag_bits & 0x1)
    has_macros = steps[-1].lower() == "vbaproject.bin" or steps[0] in {"Basic", "Scripts"}
    return is_encrypted or has_macros or ".." in steps or steps[0] == "" or ":" in steps[0]


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(letter.isprintable() or letter in TEXT_CONTROLS or letter.isspace() for letter in set(text)) and not any(
        letter < " " and letter not in TEXT_CONTROLS for letter in set(text)
    )
