"""The body of a paper: the editor's tree, taken in only if each part of it is known.

The tree is ProseMirror's JSON. Allowed: paragraphs, headings of three levels, bullet and ordered lists, tables with
header cells and joined cells, pictures (kept as files, named by their SHA-256, so wide in millimetres on paper), hard
breaks, text that is bold, italic or underlined. Anything else is refused, not dropped, so that nobody signs less than
they wrote.
"""

from congso.modules.documents.body.checking import (
    HEADING_LEVELS,
    MAX_BYTES,
    MAX_CHARACTERS,
    MAX_COLUMNS,
    MAX_DEPTH,
    MAX_IMAGES,
    MAX_NODES,
    WIDEST_MM,
    Body,
    BodyNotUsable,
    check,
    empty,
    from_json,
    from_text,
)
from congso.modules.documents.body.showing import images_in, is_empty, to_html, to_text

__all__ = [
    "HEADING_LEVELS",
    "MAX_BYTES",
    "MAX_CHARACTERS",
    "MAX_COLUMNS",
    "MAX_DEPTH",
    "MAX_IMAGES",
    "MAX_NODES",
    "WIDEST_MM",
    "Body",
    "BodyNotUsable",
    "check",
    "empty",
    "from_json",
    "from_text",
    "images_in",
    "is_empty",
    "to_html",
    "to_text",
]
