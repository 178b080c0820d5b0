"""Numbers of registers (cấp số): one running series, from 1, without gaps, safe when many ask at once.

A number belongs to a series such as ``documents/<organ>/<book>/<year>``. A number that was given and is not used is
cancelled with a reason and stays in the register; it is never given again.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from congso.shared.numbering.commands import cancel, take_next
else:

    def __getattr__(name):  # noqa: ANN001, ANN202 - typed by the branch above
        """Open the door at first use: models cannot be imported while Django still reads its list of apps."""
        if name in __all__:
            return getattr(import_module("congso.shared.numbering.commands"), name)
        raise AttributeError(name)


__all__ = ["cancel", "take_next"]
