"""Figures (số liệu, chỉ tiêu): sums over records, never a number that someone typed.

A module declares measures over its own table (``Flow``: so many in a period; ``Stock``: so many on a day), names
figures made of them, and adds ``MarksFigures`` to the table. The database then marks each (organ, day) that an act
touches; a job recomputes the marked cells from the records. A reading adds cells, a ratio is divided last, and every
figure opens onto the records that it counts.
"""

from congso.shared.figures.declarations import REGISTRY, Figure, Flow, Line, Registry, Stock
from congso.shared.figures.marks import MarksFigures

__all__ = ["REGISTRY", "Figure", "Flow", "Line", "MarksFigures", "Registry", "Stock"]
