"""Files (tệp): named by their SHA-256, never changed, checked at the door, kept in Django storage.

What was accepted is on the disk before the row that tells of it is committed. The name a file came with belongs to
the record that holds it (``clean_name``): the same content may come under many.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from congso.shared.files.names import clean_name

if TYPE_CHECKING:
    from congso.shared.files.keeping import read, store
else:

    def __getattr__(name):  # noqa: ANN001, ANN202 - typed by the branch above
        """Open the door at first use: models cannot be imported while Django still reads its list of apps.

        No submodule may bear one of these names: it would stand in their place once it is imported.
        """
        if name in __all__:
            return getattr(import_module("congso.shared.files.keeping"), name)
        raise AttributeError(name)


__all__ = ["clean_name", "read", "store"]
