"""Permissions: rules as functions of who asks and of the record."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from congso.kernel.actor import Actor
from congso.kernel.errors import NotPermitted


@dataclass(frozen=True, slots=True)
class Permission[T]:
    """One act on one kind of record, and the one rule that allows it.

    :param name: ``module.verb``, as in the journal.
    :param label: the act in Vietnamese, as an officer would say it.
    """

    name: str
    label: str | Promise
    rule: Callable[[Actor, T], bool]

    def allows(self, actor: Actor, record: T) -> bool:
        """Say whether ``actor`` may do this with ``record``."""
        return self.rule(actor, record)

    def require(self, actor: Actor, record: T) -> None:
        """Raise ``NotPermitted`` unless ``actor`` may do this with ``record``."""
        if not self.rule(actor, record):
            raise NotPermitted


def permission[T](name: str, label: str | Promise) -> Callable[[Callable[[Actor, T], bool]], Permission[T]]:
    """Turn a rule into a ``Permission``; used as a decorator."""

    def wrap(rule: Callable[[Actor, T], bool]) -> Permission[T]:
        return Permission(name=name, label=label, rule=rule)

    return wrap
