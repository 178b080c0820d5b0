"""The page that shows exactly what will be signed, and the token that binds a PIN to it.

The token names each shown file by its hash, for whom and under which position it was shown. It carries no right: the
command asks every rule again. It is fresh for half an hour of real time, and good for one request.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.core import signing as tokens
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, NotFound
from congso.kernel.ids import new_id
from congso.modules.signing.commands.requesting import NoLongerWaiting
from congso.modules.signing.orders import SignatureOrder
from congso.modules.signing.signables import Signable, SignableInfo, UnknownKind, registry
from congso.shared.keys.models import Key
from congso.shared.keys.queries import key_to_sign_with

SALT: Final = "congso.modules.signing.confirmation"
FRESH_FOR: Final = timedelta(minutes=30)


class PageTooOld(DomainError):
    code = "signing.page_too_old"
    message = gettext_lazy(
        "Trang xác nhận đã mở quá lâu hoặc thuộc tư cách khác. Chưa văn bản nào được ký. Xem lại danh sách rồi ký."
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One record on the page. ``why_not`` is empty exactly if it can be ticked."""

    info: SignableInfo
    why_not: str = ""
    has_changed: bool = False

    @property
    def short_hash(self) -> str:
        """The first eight digits of the file's SHA-256, in two groups."""
        digits = self.info.order.file_sha256[:8].upper()
        return f"{digits[:4]} {digits[4:]}"


@dataclass(frozen=True, slots=True)
class ConfirmationPage:
    """What is shown: with which key, what can be signed, what cannot and why."""

    signable: Signable
    key: Key | None
    yes: tuple[Row, ...]
    no: tuple[Row, ...]

    @property
    def pages(self) -> int:
        return sum(row.info.pages for row in self.yes)

    @property
    def capacities(self) -> list[str]:
        """The different capacities of what will be signed, as printed."""
        return list(dict.fromkeys(row.info.capacity for row in self.yes if row.info.capacity))

    @property
    def is_seal(self) -> bool:
        return any(row.info.order.owner_kind == "organ" for row in (*self.yes, *self.no))


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a token says was shown."""

    id: UUID
    hashes: dict[UUID, str]


def page_for(kind: str, ids: Sequence[UUID], *, by: Actor) -> ConfirmationPage:
    """Return the page for these records, in their order.

    :raises NotFound: none of them waits for a signature by ``by``; no such kind.
    """
    signable = signable_of(kind)
    infos = signable.describe(list(dict.fromkeys(ids)), by)
    if not infos:
        raise NoLongerWaiting
    owner = (infos[0].order.owner_kind, infos[0].order.owner_id)
    rows = [_row(info, owner) for info in infos]
    return ConfirmationPage(
        signable=signable,
        key=key_to_sign_with(*owner, by=by),
        yes=tuple(row for row in rows if not row.why_not),
        no=tuple(row for row in rows if row.why_not),
    )


def signable_of(kind: str) -> Signable:
    """Return the registered kind of an address.

    :raises NotFound: there is none.
    """
    try:
        return registry.get(kind)
    except UnknownKind:
        raise NotFound from None


def token_for(page: ConfirmationPage, *, by: Actor) -> str:
    """Return the token of what is shown, for a hidden field."""
    shown = {str(row.info.order.subject_id): row.info.order.file_sha256 for row in page.yes}
    return tokens.dumps({"id": str(new_id()), "position": str(by.position_id), "shown": shown}, salt=SALT)


def open_token(token: str, *, by: Actor) -> Confirmation:
    """Return what was shown.

    :raises PageTooOld: not fresh, not ours, or shown under another position.
    """
    try:
        content: dict[str, Any] = tokens.loads(token, salt=SALT, max_age=FRESH_FOR)
    except tokens.BadSignature:
        raise PageTooOld from None
    if content["position"] != str(by.position_id):
        raise PageTooOld
    hashes = {UUID(subject): sha256 for subject, sha256 in content["shown"].items()}
    return Confirmation(id=UUID(content["id"]), hashes=hashes)


def orders_of(confirmation: Confirmation, ticked: Collection[UUID], *, kind: str, by: Actor) -> list[SignatureOrder]:
    """Return the orders for what is ticked, each with the hash that was shown.

    :raises NoLongerWaiting: one of them was not shown, or does not wait for a signature any more.
    """
    infos = {info.order.subject_id: info for info in signable_of(kind).describe(list(ticked), by)}
    if any(subject not in infos or subject not in confirmation.hashes for subject in ticked):
        raise NoLongerWaiting
    return [replace(infos[subject].order, file_sha256=confirmation.hashes[subject]) for subject in ticked]


def _row(info: SignableInfo, owner: tuple[str, UUID]) -> Row:
    if (info.order.owner_kind, info.order.owner_id) != owner:
        return Row(info, why_not=_("Ký bằng chứng thư khác, nên ký riêng."))
    if info.obstacle:
        return Row(info, why_not=info.obstacle)
    if info.read_at is not None:
        return Row(info)
    if info.changed_at is not None:
        return Row(info, why_not=_("Đọc bản mới rồi quay lại đây, dấu chọn sẽ mở."), has_changed=True)
    return Row(info, why_not=_("Đọc rồi quay lại đây, dấu chọn sẽ mở."))
