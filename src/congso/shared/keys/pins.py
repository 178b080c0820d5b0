"""The PIN of a key: asked each time, five wrong ones lock the key for a quarter of an hour of real time."""

import math
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError
from congso.shared import journal
from congso.shared.keys.models import Key

TRIES = 5
LOCK = timedelta(minutes=15)
PATTERN = re.compile(r"\d{6}", re.ASCII)


class PinWrong(DomainError):
    code = "keys.pin_wrong"
    message = _("Mã PIN sai, còn %(left)s lần. Chưa văn bản nào được ký.")


class PinLocked(DomainError):
    code = "keys.pin_locked"
    message = _("Mã PIN sai %(tries)s lần liền nên khóa ký tạm khóa, còn %(minutes)s phút. Chưa văn bản nào được ký.")


class PinUnfit(DomainError):
    code = "keys.pin_unfit"
    message = _("Mã PIN phải có đúng 6 chữ số. Mã cũ vẫn giữ nguyên.")


def hash_of(pin: str) -> str:
    """Return the hash to keep (argon2).

    :raises PinUnfit: not six digits.
    """
    if not PATTERN.fullmatch(pin):
        raise PinUnfit
    return make_password(pin, hasher=import_string(settings.CONGSO_PIN_HASHER)())


def check_pin(key_id: UUID, pin: str, *, by: Actor, now: datetime) -> None:
    """Let pass who knows the PIN; count who does not.

    The count is kept in a transaction of its own, so that what the caller undoes does not undo it.

    :raises PinWrong, PinLocked: with the tries or minutes that are left.
    """
    refusal = _try(key_id, pin, by=by, now=now)
    if refusal is not None:
        raise refusal


@transaction.atomic(durable=True)
def _try(key_id: UUID, pin: str, *, by: Actor, now: datetime) -> DomainError | None:
    key = Key.objects.select_for_update().get(id=key_id)
    real_now = datetime.now(UTC)
    if key.locked_until is not None and key.locked_until > real_now:
        return _locked(key.locked_until - real_now)
    if check_password(pin, key.pin_hash):
        if key.wrong_pins or key.locked_until:
            key.wrong_pins, key.locked_until = 0, None
            key.save(update_fields=["wrong_pins", "locked_until"])
        return None
    key.wrong_pins += 1
    left = TRIES - key.wrong_pins
    if left <= 0:
        key.wrong_pins, key.locked_until = 0, real_now + LOCK
    key.save(update_fields=["wrong_pins", "locked_until"])
    journal.record("keys.pin_refused", subject_id=key.id, by=by, at=now, tries_left=left)
    return PinWrong(left=left) if left > 0 else _locked(LOCK)


def _locked(left: timedelta) -> PinLocked:
    return PinLocked(tries=TRIES, minutes=max(1, math.ceil(left / timedelta(minutes=1))))
