"""Make each confirmed signature, in the worker."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from pyhanko.pdf_utils.misc import PdfError

from congso.kernel import events
from congso.kernel.actor import Actor
from congso.kernel.clock import HANOI
from congso.modules.signing import failures
from congso.modules.signing.events import SignatureFailed, SignatureMade
from congso.modules.signing.models import ItemState, SignatureItem
from congso.modules.signing.pdf.filling import FieldMissing
from congso.modules.signing.pdf.making import AlreadySigned, KeyInUse, sign_pdf
from congso.shared import files, journal
from congso.shared.files.errors import FileMissing
from congso.shared.keys import commands as keys
from congso.shared.keys.models import KeyState
from congso.shared.keys.signing import KeyUnusable, sign

PDF_ONLY: Final = frozenset({"application/pdf"})
MOST_SIGNED_BYTES: Final = 60 * 1024 * 1024
CODES: Final[dict[type[Exception], str]] = {
    FileMissing: failures.FILE_GONE,
    FieldMissing: failures.FIELD_MISSING,
    AlreadySigned: failures.FIELD_TAKEN,
    KeyUnusable: failures.KEY_UNUSABLE,
    PdfError: failures.FILE_BROKEN,
}


@transaction.atomic(durable=True)
def sign_item(item_id: UUID, *, now: datetime) -> ItemState:
    """Make one confirmed signature, or say why it cannot be made; the state it is in afterwards.

    Safe to run twice: an item that ended is left alone, and a death in the middle leaves it waiting.
    """
    item = SignatureItem.objects.select_for_update(of=("self",)).select_related("request").get(id=item_id)
    if item.state != ItemState.WAITING:
        return ItemState(item.state)
    if now >= item.request.expires_at:
        return _fail(item, failures.EXPIRED, now=now)
    try:
        signed = _signed(item, now=now)
    except tuple(CODES) as obstacle:
        code = next(code for error, code in CODES.items() if isinstance(obstacle, error))
        return _fail(item, code, now=now)
    stored = files.store(signed, name="van-ban-da-ky.pdf", media_types=PDF_ONLY, max_bytes=MOST_SIGNED_BYTES)
    item.state, item.signed_file_sha256, item.ended_at = ItemState.SIGNED, stored.sha256, now
    item.save(update_fields=["state", "signed_file_sha256", "ended_at"])
    journal.record(
        "signing.signed",
        subject_id=item.subject_id,
        by=Actor.system(),
        at=now,
        request=item.request_id,
        field=item.field,
        file=stored.sha256,
    )
    events.publish(
        SignatureMade(
            kind=item.kind,
            subject_id=item.subject_id,
            field=item.field,
            file_sha256=stored.sha256,
            signed_sha256=item.file_sha256,
        )
    )
    return ItemState.SIGNED


def _signed(item: SignatureItem, *, now: datetime) -> bytes:
    key, authority = keys.make_pair(item.request.key_id, now=now), keys.authority_key()
    is_usable = key.state == KeyState.ACTIVE and key.is_valid_at(now)
    if not is_usable or key.certificate is None or authority.certificate is None:
        raise KeyUnusable
    in_use = KeyInUse(bytes(key.certificate), bytes(authority.certificate), lambda data: sign(key, data))
    pdf = files.read(item.file_sha256)
    return sign_pdf(
        pdf, field=item.field, key=in_use, reason=item.reason, mark=item.mark, signed_at=now.astimezone(HANOI)
    )


def _fail(item: SignatureItem, code: str, *, now: datetime) -> ItemState:
    item.state, item.failure, item.ended_at = ItemState.FAILED, code, now
    item.save(update_fields=["state", "failure", "ended_at"])
    journal.record(
        "signing.failed",
        subject_id=item.subject_id,
        by=Actor.system(),
        at=now,
        request=item.request_id,
        field=item.field,
        reason=code,
    )
    events.publish(
        SignatureFailed(
            kind=item.kind,
            subject_id=item.subject_id,
            field=item.field,
            code=code,
            signed_sha256=item.file_sha256,
        )
    )
    return ItemState.FAILED
