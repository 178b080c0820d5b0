"""How a hand-over is shown before it is signed, and which file of it is checked."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from congso.kernel.actor import Actor
from congso.kernel.errors import NotFound
from congso.modules.documents.dossiers import permissions
from congso.modules.documents.dossiers.transfers import KIND, access_transfer
from congso.modules.documents.models import DossierTransfer, ReadMark, TransferState
from congso.modules.signing import public as signing

WAITING = (TransferState.TO_SIGN, TransferState.GIVER_SIGNED)


def describe(transfer_ids: Sequence[UUID], by: Actor) -> list[signing.SignableInfo]:
    """Return the hand-overs that wait for a signature by ``by``: the giver's own, then the organ's by its archive."""
    found = {one.id: one for one in DossierTransfer.objects.filter(id__in=transfer_ids, state__in=WAITING)}
    mine = [found[key] for key in transfer_ids if key in found and may_sign(found[key], by)]
    marks = ReadMark.objects.filter(subject_id__in=[one.id for one in mine], position=by.position_id)
    read = {(mark.subject_id, mark.file_id): mark.read_at for mark in marks}
    return [
        signing.SignableInfo(
            order=order_for(transfer, by=by),
            title=_("Biên bản giao nhận hồ sơ, tài liệu"),
            meta=_("%(pages)s trang") % {"pages": transfer.pages},
            pages=transfer.pages,
            url=reverse("documents:dossier_transfer", args=[transfer.id]),
            read_at=read.get((transfer.id, transfer.file_id or "")),
        )
        for transfer in mine
    ]


def may_sign(transfer: DossierTransfer, by: Actor) -> bool:
    """Say whose turn it is."""
    if transfer.state == TransferState.TO_SIGN:
        return by.position_id is not None and by.position_id == transfer.giver_id
    return transfer.state == TransferState.GIVER_SIGNED and permissions.ARCHIVE.allows(by, transfer.organ_id)


def order_for(transfer: DossierTransfer, *, by: Actor) -> signing.SignatureOrder:
    """Return the signature that the hand-over waits for."""
    is_giver = transfer.state == TransferState.TO_SIGN
    owner_id = by.person_id if is_giver else transfer.organ_id
    if transfer.file_id is None or owner_id is None:
        raise ValueError("Minutes to be signed have a file and a signer")
    return signing.SignatureOrder(
        kind=KIND,
        subject_id=transfer.id,
        file_sha256=transfer.file_id,
        field="leader" if is_giver else "organ",
        owner_kind="person" if is_giver else "organ",
        owner_id=owner_id,
        reason=_("Bên giao hồ sơ") if is_giver else _("Bên nhận hồ sơ"),
    )


def file_of(transfer_id: UUID, by: Actor) -> signing.SignedFile:
    """Return the minutes' present file for who may see it."""
    transfer = access_transfer(transfer_id, by=by)
    if transfer.file_id is None:
        raise NotFound
    return signing.SignedFile(
        sha256=transfer.file_id,
        title=_("Biên bản giao nhận hồ sơ, tài liệu"),
        url=reverse("documents:dossier_transfer", args=[transfer.id]),
    )


def done_url() -> str:
    return reverse("documents:dossier_transfers")
