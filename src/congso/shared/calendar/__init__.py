"""Working days (ngày làm việc): the holidays of the package ``holidays``, and a table for what it cannot know.

Each year the Prime Minister may swap a working day for a Saturday; the override table holds what was announced.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from congso.shared.calendar.working_days import add_working_days, is_working_day, working_days_between
else:

    def __getattr__(name):  # noqa: ANN001, ANN202 - typed by the branch above
        """Open the door at first use: models cannot be imported while Django still reads its list of apps."""
        if name in __all__:
            return getattr(import_module("congso.shared.calendar.working_days"), name)
        raise AttributeError(name)


__all__ = ["add_working_days", "is_working_day", "working_days_between"]
