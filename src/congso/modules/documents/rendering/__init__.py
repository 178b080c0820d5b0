"""Draws a paper in the layout of Decree 30/2020/NĐ-CP and says where its fields and signatures belong.

Pure: no tables, no request, no clock. Equal content gives equal bytes.
"""

from congso.modules.documents.kinds import Family
from congso.modules.documents.rendering.content import FieldName, Paper, PaperContent, Placement
from congso.modules.documents.rendering.renderer import (
    ImageMissing,
    LetterNotDrawn,
    PaperNotDrawn,
    PaperTooLong,
    render,
)

__all__ = [
    "Family",
    "FieldName",
    "ImageMissing",
    "LetterNotDrawn",
    "Paper",
    "PaperContent",
    "PaperNotDrawn",
    "PaperTooLong",
    "Placement",
    "render",
]
