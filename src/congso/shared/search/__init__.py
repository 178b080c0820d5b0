"""Search (tìm kiếm): one table over the records of all modules, found with or without accents, within what one may see.

A module puts its records in with ``index`` and names their kind in ``kinds``. The audience of a record is a set of
ids of organs, positions and persons, and of keys of roles in organs; who asks holds the keys of the chosen hat.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from congso.shared.search.audience import role_key

if TYPE_CHECKING:
    from congso.shared.search.finding import drop, find, index, look
else:

    def __getattr__(name):  # noqa: ANN001, ANN202 - typed by the branch above
        """Open the door at first use: models cannot be imported while Django still reads its list of apps."""
        if name in __all__:
            return getattr(import_module("congso.shared.search.finding"), name)
        raise AttributeError(name)


__all__ = ["drop", "find", "index", "look", "role_key"]
