"""What can be signed: other modules register how their records are shown before a signature."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise

from congso.kernel.actor import Actor
from congso.modules.signing.orders import SignatureOrder


@dataclass(frozen=True, slots=True)
class SignableInfo:
    """One record as the confirmation page shows it.

    :param order: the signature that will be asked for if it is ticked.
    :param meta: type and size, e.g. ``Quyết định, 3 trang``.
    :param reviewer: who looked at it before, e.g. ``Trần Văn Ví Dụ đã xem xét``.
    :param read_at: when the asker opened *this* file; None: not opened yet.
    :param changed_at: when the content changed after the asker had read an earlier one.
    :param obstacle: another reason why it cannot be signed now, a Vietnamese sentence.
    :param capacity: in which capacity, as printed, e.g. ``TM. ỦY BAN NHÂN DÂN``.
    :param url: where it is read.
    :param companions: signatures by the same key that are made with this one, and not ticked apart.
    """

    order: SignatureOrder
    title: str
    meta: str
    pages: int
    url: str
    reviewer: str = ""
    read_at: datetime | None = None
    changed_at: datetime | None = None
    obstacle: str = ""
    capacity: str = ""
    companions: tuple[SignatureOrder, ...] = ()

    @property
    def may_be_ticked(self) -> bool:
        return self.read_at is not None and not self.obstacle


@dataclass(frozen=True, slots=True)
class SignedFile:
    """The file of a record whose verdict is asked for."""

    sha256: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Signable:
    """A kind of record that can be signed.

    :param kind: ``module.record``, e.g. ``documents.document``.
    :param noun: what one is called: ``văn bản``.
    :param describe: rows in the order asked for; ids that ``by`` may not see or sign are left out.
    :param file_of: the record's present file, or ``NotFound`` for who may not see it.
    :param done_url: where the signer goes afterwards.
    """

    kind: str
    noun: str | Promise
    describe: Callable[[Sequence[UUID], Actor], list[SignableInfo]]
    file_of: Callable[[UUID, Actor], SignedFile]
    done_url: Callable[[], str]


class UnknownKind(LookupError):
    """No module has registered this kind: a bug of the caller, or an address typed by hand."""


class Registry:
    """Signables by their kind."""

    def __init__(self) -> None:
        self._by_kind: dict[str, Signable] = {}

    def register(self, signable: Signable) -> None:
        """Add one; a second one of the same kind replaces it."""
        self._by_kind[signable.kind] = signable

    def get(self, kind: str) -> Signable:
        try:
            return self._by_kind[kind]
        except KeyError:
            raise UnknownKind(kind) from None


registry = Registry()
