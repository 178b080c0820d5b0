"""Pictures: opened, shrunk to what paper needs, written afresh without anything but their points."""

import io
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from congso.modules.documents.word.archive import Refused

FORMATS: Final = ["PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF"]
MAX_PIXELS: Final = 50_000_000
# 160 mm at 300 points an inch.
LONGEST_SIDE: Final = 1_900
MOST_AS_PNG: Final = 1_500_000
QUALITY: Final = 85


@dataclass(frozen=True, slots=True)
class Picture:
    content: bytes
    media_type: str
    width: int


def safe_picture(content: bytes) -> Picture:
    """Return the picture as a PNG or JPEG of bounded size, without transparency, colour profile or remarks.

    :raises Refused: ``picture_unreadable``, ``picture_too_large``.
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise Refused("picture_too_large")
            was_photo = opened.format in {"JPEG", "WEBP"}
            plain = _flat(ImageOps.exif_transpose(opened))
    except Image.DecompressionBombError:
        raise Refused("picture_too_large") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError, OverflowError):
        raise Refused("picture_unreadable") from None
    width = plain.width
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    exact = b"" if was_photo else _packed(plain, "PNG", optimize=True)
    if exact and len(exact) <= MOST_AS_PNG:
        return Picture(exact, "image/png", width)
    return Picture(_packed(plain, "JPEG", quality=QUALITY), "image/jpeg", width)


def _flat(image: Image.Image) -> Image.Image:
    """Return the picture on white paper."""
    if image.mode in {"L", "RGB"}:
        return image.copy()
    if image.mode.startswith(("I", "F")):
        return image.convert("L")
    layer = image.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(paper, layer).convert("RGB")


def _packed(image: Image.Image, form: str, **options: int | bool) -> bytes:
    file = io.BytesIO()
    clean = Image.new(image.mode, image.size)
    clean.paste(image)
    clean.save(file, form, **options)
    return file.getvalue()
