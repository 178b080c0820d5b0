"""Hand dossiers over to the archive: offered, looked through, agreed, signed by both sides.

The archive is the records clerk of the organ: the giver signs with their own key, the archive with the organ's. When
both signatures stand, the dossiers are frozen.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, NotFound
from congso.modules.documents.commands.approving import PDF
from congso.modules.documents.commands.guarding import notes_secrets
from congso.modules.documents.commands.pressing import hold_id
from congso.modules.documents.dossiers import minutes, permissions
from congso.modules.documents.dossiers.access import access_dossier
from congso.modules.documents.dossiers.closing import due_date
from congso.modules.documents.dossiers.errors import DossierNotClosed
from congso.modules.documents.dossiers.opening import said
from congso.modules.documents.dossiers.telling import tell_archive, tell_giver
from congso.modules.documents.models import DossierState, DossierTransfer, TransferLine, TransferState, WorkDossier
from congso.modules.documents.secrecy import refuse_secret
from congso.modules.signing import public as signing
from congso.shared import files, journal
from congso.shared.files import pages
from congso.shared.files.pages import MAX_FILE_BYTES
from congso.shared.organs.queries import labels as organ_labels
from congso.shared.people.queries import labels

KIND: Final = "documents.transfer"
MOST_DOSSIERS: Final = 200


class NothingToHandOver(DomainError):
    code = "documents.nothing_to_hand_over"
    message = _("Chưa chọn hồ sơ nào để nộp lưu, hoặc chọn nhiều hơn 200 hồ sơ. Chọn lại rồi nộp.")
    status = 422


class NotForTheArchive(DomainError):
    code = "documents.dossier_not_for_archive"
    message = _("Hồ sơ %(notation)s bảo quản dưới 5 năm nên không nộp lưu; người lập giữ đến hết thời hạn.")


class DifferentOrgans(DomainError):
    code = "documents.dossiers_of_different_organs"
    message = _("Các hồ sơ đã chọn thuộc nhiều cơ quan. Nộp riêng từng cơ quan.")


class TransferMovedOn(DomainError):
    code = "documents.transfer_moved_on"
    message = _("Lần giao nộp này đã sang bước khác (%(state)s) nên không làm được việc này nữa.")


class OwnTransfer(DomainError):
    code = "documents.transfer_to_oneself"
    message = _("Người giao không tự nhận hồ sơ của mình. Giao hồ sơ cho người khác lập rồi người đó nộp.")


@transaction.atomic(durable=True)
def offer_transfer(transfer_id: UUID, dossier_ids: Sequence[UUID], *, by: Actor, now: datetime) -> DossierTransfer:
    """Offer closed dossiers to the archive of their organ. The same form sent twice offers once.

    :raises NothingToHandOver: none, or more than 200.
    :raises NotPermitted: one that ``by`` does not keep.
    :raises DossierNotClosed, NotForTheArchive, DifferentOrgans: nothing was offered.
    """
    hold_id(transfer_id)
    there = DossierTransfer.objects.filter(id=transfer_id).first()
    if there is not None:
        return there if there.giver_id == by.position_id else _not_found()
    chosen = sorted(set(dossier_ids), key=str)
    if not chosen or len(chosen) > MOST_DOSSIERS or by.position_id is None:
        raise NothingToHandOver
    dossiers = [_offerable(dossier_id, by=by) for dossier_id in chosen]
    if len({dossier.organ_id for dossier in dossiers}) > 1:
        raise DifferentOrgans
    transfer = DossierTransfer.objects.create(
        id=transfer_id, organ_id=dossiers[0].organ_id, giver_id=by.position_id, offered_at=now
    )
    ordered = sorted(dossiers, key=lambda dossier: (dossier.year, dossier.notation))
    TransferLine.objects.bulk_create(
        TransferLine(transfer=transfer, dossier=dossier, place=place) for place, dossier in enumerate(ordered, start=1)
    )
    _set_state(dossiers, DossierState.OFFERED)
    for dossier in dossiers:
        journal.record("documents.dossier_offered", subject_id=dossier.id, by=by, at=now, transfer=transfer.id)
    journal.record("documents.transfer_offered", subject_id=transfer.id, by=by, at=now, count=len(dossiers))
    tell_archive(transfer, _("Chờ nhận hồ sơ nộp lưu"), now=now)
    return transfer


@notes_secrets
@transaction.atomic(durable=True)
def refuse_dossier(transfer_id: UUID, dossier_id: UUID, *, reason: str, by: Actor, now: datetime) -> DossierTransfer:
    """Give one dossier back to its keeper; with the last one, the hand-over is over.

    :raises NotPermitted: ``by`` is not the archive.
    :raises TransferMovedOn: the minutes are drawn, or signed.
    :raises ReasonMissing: it does not say why.
    """
    transfer = _as_archive(transfer_id, TransferState.OFFERED, by=by)
    reason = said(reason)
    refuse_secret(reason)
    line = transfer.lines.select_related("dossier").filter(dossier=dossier_id, is_over=False).first()
    if line is None:
        raise NotFound
    line.refused_reason, line.is_over = reason, True
    line.save(update_fields=["refused_reason", "is_over"])
    _set_state([line.dossier], DossierState.CLOSED)
    journal.record("documents.dossier_refused", subject_id=dossier_id, by=by, at=now, transfer=transfer.id)
    if not transfer.lines.filter(is_over=False).exists():
        transfer.state = TransferState.DROPPED
        transfer.save(update_fields=["state"])
    tell_giver(transfer, _("Lưu trữ trả lại một hồ sơ"), now=now)
    return transfer


@transaction.atomic(durable=True)
def accept_transfer(transfer_id: UUID, *, by: Actor, now: datetime) -> DossierTransfer:
    """Agree to take what was not refused: the minutes are drawn and wait for the giver's signature.

    :raises NotPermitted: ``by`` is not the archive.
    :raises OwnTransfer: ``by`` is the giver.
    :raises TransferMovedOn: it was agreed before, or dropped.
    """
    transfer = _as_archive(transfer_id, TransferState.OFFERED, by=by)
    if transfer.giver_id == by.position_id:
        raise OwnTransfer
    transfer.receiver_id, transfer.accepted_at = by.position_id, now
    drawn = _drawn(transfer, made_at=now)
    transfer.drawn_pdf = files.store(drawn, name="bien-ban.pdf", media_types=(PDF,), max_bytes=MAX_FILE_BYTES)
    transfer.pages, transfer.state = pages.count_of(drawn), TransferState.TO_SIGN
    transfer.save()
    journal.record("documents.transfer_accepted", subject_id=transfer.id, by=by, at=now, file=transfer.drawn_pdf_id)
    tell_giver(transfer, _("Chờ ký biên bản giao nhận hồ sơ"), now=now)
    return transfer


@transaction.atomic(durable=True)
def drop_transfer(transfer_id: UUID, *, by: Actor, now: datetime) -> DossierTransfer:
    """Take the offer back before anybody has signed; the dossiers are closed ones again.

    :raises NotPermitted: ``by`` is not the giver.
    :raises TransferMovedOn: a signature stands or is being made, or it is over.
    """
    transfer = access_transfer(transfer_id, by=by, for_update=True)
    permissions.GIVE_TRANSFER.require(by, transfer)
    is_early = transfer.state in {TransferState.OFFERED, TransferState.TO_SIGN}
    if not is_early or signing.is_being_signed(KIND, transfer.id):
        raise TransferMovedOn(state=transfer.get_state_display())
    dossiers = _under_way(transfer)
    transfer.lines.update(is_over=True)
    _set_state(dossiers, DossierState.CLOSED)
    transfer.state = TransferState.DROPPED
    transfer.save(update_fields=["state"])
    journal.record("documents.transfer_dropped", subject_id=transfer.id, by=by, at=now, count=len(dossiers))
    return transfer


@transaction.atomic(durable=True)
def take_transfer_signature(
    transfer_id: UUID, *, field: str, file_sha256: str, signed_sha256: str, now: datetime
) -> TransferState | None:
    """Keep the file with the new signature; with the archive's, the dossiers are archived. Safe to run twice."""
    transfer = DossierTransfer.objects.select_for_update().get(id=transfer_id)
    found = (field, transfer.state)
    if found == ("leader", TransferState.TO_SIGN) and transfer.drawn_pdf_id == signed_sha256:
        transfer.giver_pdf_id, transfer.state = file_sha256, TransferState.GIVER_SIGNED
        tell_archive(transfer, _("Chờ ký nhận hồ sơ nộp lưu"), now=now)
    elif found == ("organ", TransferState.GIVER_SIGNED) and transfer.giver_pdf_id == signed_sha256:
        transfer.signed_pdf_id, transfer.state, transfer.done_at = file_sha256, TransferState.DONE, now
        _archive(transfer, now=now)
        tell_giver(transfer, _("Lưu trữ đã nhận hồ sơ"), now=now)
    else:
        return None
    transfer.signing_failure = ""
    transfer.save()
    signing.validate_file(file_sha256, now=now)
    journal.record(
        "documents.transfer_signed", subject_id=transfer.id, by=Actor.system(), at=now, field=field, file=file_sha256
    )
    return TransferState(transfer.state)


@transaction.atomic(durable=True)
def note_failed_transfer_signature(transfer_id: UUID, *, code: str) -> None:
    """Say on the hand-over why a requested signature did not come; it can be signed again."""
    DossierTransfer.objects.filter(
        id=transfer_id, state__in=(TransferState.TO_SIGN, TransferState.GIVER_SIGNED)
    ).update(signing_failure=code)


def access_transfer(transfer_id: UUID, *, by: Actor, for_update: bool = False) -> DossierTransfer:
    """Return a hand-over to its giver, and to the leaders and records clerks of its organ.

    :raises NotFound: no such one, or one of others.
    """
    transfers = DossierTransfer.objects.filter(id=transfer_id)
    transfer = (transfers.select_for_update() if for_update else transfers).first()
    if transfer is None:
        raise NotFound
    is_desk = transfer.organ_id in by.organs_where("records_clerk", "leader")
    if not is_desk and (by.position_id is None or transfer.giver_id != by.position_id):
        raise NotFound
    return transfer


def _as_archive(transfer_id: UUID, state: TransferState, *, by: Actor) -> DossierTransfer:
    transfer = access_transfer(transfer_id, by=by, for_update=True)
    permissions.ARCHIVE.require(by, transfer.organ_id)
    if transfer.state != state:
        raise TransferMovedOn(state=transfer.get_state_display())
    return transfer


def _offerable(dossier_id: UUID, *, by: Actor) -> WorkDossier:
    dossier = access_dossier(dossier_id, by=by, to=permissions.SEE, for_update=True)
    if dossier.state != DossierState.CLOSED:
        raise DossierNotClosed(notation=dossier.notation)
    permissions.KEEP.require(by, dossier)
    if due_date(dossier) is None:
        raise NotForTheArchive(notation=dossier.notation)
    return dossier


def _under_way(transfer: DossierTransfer) -> list[WorkDossier]:
    lines = transfer.lines.filter(is_over=False).select_related("dossier").order_by("place")
    return [line.dossier for line in lines]


def _archive(transfer: DossierTransfer, *, now: datetime) -> None:
    dossiers = _under_way(transfer)
    _set_state(dossiers, DossierState.ARCHIVED)
    for dossier in dossiers:
        journal.record(
            "documents.dossier_archived", subject_id=dossier.id, by=Actor.system(), at=now, transfer=transfer.id
        )


def _set_state(dossiers: Sequence[WorkDossier], state: DossierState) -> None:
    WorkDossier.objects.filter(id__in=[dossier.id for dossier in dossiers]).update(state=state)


def _drawn(transfer: DossierTransfer, *, made_at: datetime) -> bytes:
    people = labels({transfer.giver_id} | ({transfer.receiver_id} if transfer.receiver_id else set()))
    if transfer.receiver_id is None:
        raise ValueError("The minutes name who receives")
    organ = organ_labels([transfer.organ_id], on=clock.day_of(made_at))[transfer.organ_id]
    return minutes.minutes_of(
        _under_way(transfer),
        organ=organ.name,
        giver=people[transfer.giver_id],
        receiver=people[transfer.receiver_id],
        made_at=made_at,
    )


def _not_found() -> DossierTransfer:
    raise NotFound
