"""Notices (thông báo): what a position should know, shown in the product, one per kind, record and position."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from congso.shared.notify.commands import tell
else:

    def __getattr__(name):  # noqa: ANN001, ANN202 - typed by the branch above
        """Open the door at first use: models cannot be imported while Django still reads its list of apps."""
        if name in __all__:
            return getattr(import_module("congso.shared.notify.commands"), name)
        raise AttributeError(name)


__all__ = ["tell"]
