"""The registry of panels.

A panel belongs to outgoing or to incoming papers. It is a ``<details>`` that htmx fills from the panel's own address;
without scripts the same address is a page of its own.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise

from congso.kernel.actor import Actor
from congso.kernel.errors import NotFound
from congso.modules.documents.models import Document, Incoming


@dataclass(frozen=True, slots=True)
class Panel[Paper: (Document, Incoming)]:
    """One panel.

    :param key: its part of the address, Vietnamese without accents: ``noi-nhan``.
    :param title: what its line on the page says.
    :param template: draws what ``context`` returns, ``paper`` and ``panel``; forms in it have ``token``.
    :param context: reads what is shown; asked only when the panel is opened, of who may see the paper.
    :param applies: whether the page offers it, and its address exists; must not query.
    """

    key: str
    title: str | Promise
    template: str
    context: Callable[[Paper, Actor], Mapping[str, Any]]
    applies: Callable[[Paper, Actor], bool]


class Panels[Paper: (Document, Incoming)]:
    """The panels of one kind of paper, in the order in which they were added."""

    def __init__(self) -> None:
        self._known: dict[str, Panel[Paper]] = {}

    def add(self, *panels: Panel[Paper]) -> None:
        """Add panels. Safe to repeat."""
        self._known |= {panel.key: panel for panel in panels}

    def of(self, paper: Paper, by: Actor) -> Iterable[Panel[Paper]]:
        """Return what the page of ``paper`` offers to ``by``."""
        return [panel for panel in self._known.values() if panel.applies(paper, by)]

    def get(self, key: str, paper: Paper, by: Actor) -> Panel[Paper]:
        """Return one panel.

        :raises NotFound: there is none of that key for this paper and this actor.
        """
        panel = self._known.get(key)
        if panel is None or not panel.applies(paper, by):
            raise NotFound
        return panel


OUTGOING: Final = Panels[Document]()
INCOMING: Final = Panels[Incoming]()
