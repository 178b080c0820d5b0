"""Draws a paper in the layout of Decree 30/2020/NĐ-CP and says where its fields and signatures belong.

Pure: no tables, no request, no clock. Equal content gives equal bytes.
"""

from congso.modules.documents.rendering.content import FieldName, Paper, PaperContent, PaperKind, Placement
from congso.modules.documents.rendering.renderer import LetterNotDrawn, PaperNotDrawn, PaperTooLong, render

__all__ = [
    "FieldName",
    "LetterNotDrawn",
    "Paper",
    "PaperContent",
    "PaperKind",
    "PaperNotDrawn",
    "PaperTooLong",
    "Placement",
    "render",
]
