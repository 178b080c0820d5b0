"""Turn a confirmed page and a PIN into a request that the worker may fulfil."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from congso.kernel.actor import Actor
from congso.kernel.clock import HANOI
from congso.kernel.errors import DomainError, NotFound
from congso.kernel.ids import new_id
from congso.modules.signing.models import SignatureItem, SignatureRequest
from congso.modules.signing.orders import SignatureOrder
from congso.modules.signing.queries import confirmed_request
from congso.modules.signing.signables import SignableInfo, registry
from congso.shared import journal
from congso.shared.keys import pins
from congso.shared.keys import queries as key_queries
from congso.shared.keys.models import Key

# How long the worker may use a confirmation: a batch of hundreds, a restart, not a forgotten one.
ACTIVATION_LIFE: Final = timedelta(minutes=15)
MOST_ITEMS: Final = 300
ONE_AT_A_TIME = "signature_item_is_asked_for_once_at_a_time"


class NothingToSign(DomainError):
    code = "signing.nothing_to_sign"
    message = _("Chưa chọn văn bản nào để ký. Đánh dấu ít nhất một văn bản rồi ký.")


class TooManyToSign(DomainError):
    code = "signing.too_many"
    message = _("Mỗi lần ký nhiều nhất %(most)s văn bản. Chưa văn bản nào được ký; chọn bớt rồi ký tiếp phần còn lại.")


class NoKey(DomainError):
    code = "signing.no_key"
    message = _("Tư cách này chưa có chứng thư ký số. Chưa văn bản nào được ký. Báo quản trị để được cấp.")


class CertificateNotValid(DomainError):
    code = "signing.certificate_not_valid"
    message = _("Chứng thư chỉ dùng từ %(start)s đến %(end)s. Chưa văn bản nào được ký. Báo quản trị để được cấp lại.")


class NoLongerWaiting(NotFound):
    code = "signing.no_longer_waiting"
    message = _("Không có văn bản nào chờ ký ở đây nữa: đã ký xong, được trả lại, hoặc thuộc tư cách khác.")


class NotReadYet(DomainError):
    code = "signing.not_read"
    message = _("Chưa mở đọc “%(title)s” nên chưa ký được. Chưa văn bản nào được ký. Đọc rồi quay lại ký.")


class FileChanged(DomainError):
    code = "signing.file_changed"
    message = _("“%(title)s” đã đổi sau khi mở trang ký. Chưa văn bản nào được ký. Mở lại trang này để xem bản mới.")


class NotNow(DomainError):
    code = "signing.not_now"
    message = _("“%(title)s” chưa ký được: %(obstacle)s Chưa văn bản nào được ký.")


class AlreadyAsked(DomainError):
    code = "signing.already_asked"
    message = _("Có văn bản đang được ký theo lần xác nhận trước. Chờ ký xong rồi mở lại trang này.")


def request_signatures(
    orders: Sequence[SignatureOrder],
    *,
    pin: str,
    by: Actor,
    now: datetime,
    confirmation: UUID | None = None,
) -> UUID:
    """Check the PIN and let the worker sign exactly these files with one key; return the request.

    Each order ends in one event, ``SignatureMade`` or ``SignatureFailed``. The PIN is not kept. A ``confirmation``
    seen before does nothing again and returns its request.

    :raises NothingToSign, TooManyToSign: none, or more than 300.
    :raises NoKey, CertificateNotValid: ``by`` has no key that may sign for that owner now.
    :raises PinWrong, PinLocked: counted; nothing is signed.
    :raises NoLongerWaiting: a record that ``by`` may not sign.
    :raises FileChanged, NotReadYet, NotNow: not what was shown, or not to be signed.
    :raises AlreadyAsked: an earlier request for one of them is still under way.
    """
    if not orders:
        raise NothingToSign
    if len(orders) > MOST_ITEMS:
        raise TooManyToSign(most=MOST_ITEMS)
    key = _key_for(orders, by=by, now=now)
    confirmation = confirmation or new_id()
    earlier = confirmed_request(confirmation, by=by)
    if earlier is not None:
        return earlier
    pins.check_pin(key.id, pin, by=by, now=now)
    try:
        return _activate(key, orders, by=by, now=now, confirmation=confirmation)
    except IntegrityError as clash:
        earlier = confirmed_request(confirmation, by=by)
        if earlier is not None:
            return earlier
        if ONE_AT_A_TIME in str(clash):
            raise AlreadyAsked from clash
        raise


@transaction.atomic(durable=True)
def _activate(key: Key, orders: Sequence[SignatureOrder], *, by: Actor, now: datetime, confirmation: UUID) -> UUID:
    shown = _shown_as_ordered(orders, by=by)
    if by.person_id is None or by.position_id is None:
        raise NoKey
    request = SignatureRequest.objects.create(
        key=key,
        person_id=by.person_id,
        position_id=by.position_id,
        confirmation=confirmation,
        requested_at=now,
        expires_at=now + ACTIVATION_LIFE,
    )
    wanted = [
        (each, info)
        for order, info in zip(orders, shown, strict=True)
        # A paper moves on when its own signature comes: those that go with it come before.
        for each in (*info.companions, order)
    ]
    SignatureItem.objects.bulk_create(
        SignatureItem(
            request=request,
            place=place,
            kind=order.kind,
            subject_id=order.subject_id,
            field=order.field,
            file_sha256=order.file_sha256,
            title=info.title[:500],
            reason=order.reason[:200],
            mark=order.mark[:100],
            is_companion=order in info.companions,
        )
        for place, (order, info) in enumerate(wanted)
    )
    for order, _info in wanted:
        journal.record(
            "signing.confirmed",
            subject_id=order.subject_id,
            by=by,
            at=now,
            request=request.id,
            key=key.id,
            field=order.field,
            file=order.file_sha256,
        )
    app.configure_task("signing.sign", queue="signing").defer(request_id=str(request.id))
    return request.id


def _key_for(orders: Sequence[SignatureOrder], *, by: Actor, now: datetime) -> Key:
    owners = {(order.owner_kind, order.owner_id) for order in orders}
    if len(owners) != 1:
        raise ValueError("One confirmation is for one key")
    ((owner_kind, owner_id),) = owners
    key = key_queries.key_to_sign_with(owner_kind, owner_id, by=by)
    if key is None:
        raise NoKey
    if not key.is_valid_at(now):
        start, end = (moment.astimezone(HANOI).strftime("%d/%m/%Y") for moment in key.period)
        raise CertificateNotValid(start=start, end=end)
    return key


def _shown_as_ordered(orders: Sequence[SignatureOrder], *, by: Actor) -> list[SignableInfo]:
    """Return what each order is shown as now, and refuse whatever differs from what was confirmed."""
    infos: dict[tuple[str, UUID], SignableInfo] = {}
    for kind in dict.fromkeys(order.kind for order in orders):
        ids = [order.subject_id for order in orders if order.kind == kind]
        infos |= {(kind, info.order.subject_id): info for info in registry.get(kind).describe(ids, by)}
    shown = []
    for order in orders:
        info = infos.get((order.kind, order.subject_id))
        if info is None:
            raise NoLongerWaiting
        if info.order != order:
            raise FileChanged(title=info.title)
        if info.obstacle:
            raise NotNow(title=info.title, obstacle=info.obstacle)
        if info.read_at is None:
            raise NotReadYet(title=info.title)
        shown.append(info)
    return shown
