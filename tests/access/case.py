"""One line of the reviewed table: a route, a method, a record, what is sent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from tests.access.world import World

WHY = {"reason": "Nhầm cơ quan nhận"}

type Typed = Mapping[str, Any] | Callable[[World, str], Mapping[str, Any]]


@dataclass(frozen=True, eq=False)
class Case:
    """One line of the table.

    :param about: the word of ``World.ids`` for the record; its id is in the path, or in the query if there is one.
    :param before, after: the path's other arguments; a word of ``World.ids`` in ``after`` stands for its id.
    :param query, typed: what stands in the address and in the form; may depend on who asks.
    :param is_hidden: whether other organs must not learn that the record exists.
    :param demo: ask a demo installation.
    """

    method: str
    route: str
    about: str = ""
    before: Sequence[Any] = ()
    after: Sequence[Any] = ()
    query: Typed = field(default_factory=dict)
    typed: Typed = field(default_factory=dict)
    is_hidden: bool = True
    demo: bool = False
    note: str = ""

    @property
    def name(self) -> str:
        return f"{self.method:4} {self.route:28} {self.note or self.about}".rstrip()

    def address(self, world: World, role: str) -> str:
        query = typed_by(self.query, world, role)
        record = [world.ids[self.about]] if self.about and not query else []
        return reverse(self.route, args=[*self.before, *record, *(world.ids.get(one, one) for one in self.after)]) + (
            f"?{urlencode(query, doseq=True)}" if query else ""
        )

    @property
    def is_api(self) -> bool:
        return self.route.startswith("api:")

    def form(self, world: World, role: str) -> Mapping[str, Any]:
        return typed_by(self.typed, world, role)


def typed_by(typed: Typed, world: World, role: str) -> Mapping[str, Any]:
    return typed(world, role) if callable(typed) else typed
