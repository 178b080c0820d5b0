"""Kinds of things that can be found. Modules fill this in ``AppConfig.ready``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record.

    :param label: in Vietnamese, as a filter shows it (``"Văn bản đi"``).
    :param url_of: makes the address of a record's page; must not query.
    """

    name: str
    label: str | Promise
    url_of: Callable[[UUID], str]


_kinds: dict[str, Kind] = {}


def register(name: str, label: str | Promise, url_of: Callable[[UUID], str]) -> None:
    """Name a kind, ``documents.outgoing``. Safe to repeat."""
    _kinds[name] = Kind(name=name, label=label, url_of=url_of)


def known() -> Mapping[str, Kind]:
    """Return the kinds by name, in the order of their registration."""
    return MappingProxyType(_kinds)
