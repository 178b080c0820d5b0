"""The typeface of papers, read once per process."""

from functools import cache
from typing import Any

import typst

from congso.shared.serif import FAMILY, SERIF_ITALIC, SERIF_REGULAR, files

__all__ = ["FAMILY", "SERIF_ITALIC", "SERIF_REGULAR", "shared_fonts"]


@cache
def shared_fonts() -> Any:
    """Return the one font book: ours only, so that a paper looks the same on every machine."""
    folder = files()[0].parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
