"""Make copies of papers (sao y, trích sao, sao lục), numbered in a series of their own, with the organ's signature.

Source: Decree 30/2020/NĐ-CP: copies have one common number series; an electronic copy carries the organ's signature at
the top right of page 1, with the form of copy, the organ and the time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, InvalidInput, NotFound, NotPermitted
from congso.modules.documents import catalogue, permissions, series
from congso.modules.documents.commands.approving import PDF
from congso.modules.documents.commands.pressing import hold_id
from congso.modules.documents.kinds import REGISTERED_AND_LATER, DocumentState, TypeGroup
from congso.modules.documents.models import Copy
from congso.modules.documents.queries.access import access_document, access_incoming
from congso.modules.signing import public as signing
from congso.shared import files, journal, numbering
from congso.shared.files import pages
from congso.shared.files.pages import MAX_FILE_BYTES
from congso.shared.organs.queries import labels

EXTRACT = "TrS"


class NothingToCopy(DomainError):
    code = "documents.nothing_to_copy"
    message = _("Văn bản “%(subject)s” chưa phát hành, chưa vào sổ hoặc đã thu hồi nên không sao được.")


class NotCopyable(DomainError):
    code = "documents.not_copyable"
    message = _("Tệp của văn bản này không thêm được chữ ký của bản sao. Sao từ bản giấy, rồi quét bản sao.")
    status: ClassVar[int] = HTTPStatus.UNPROCESSABLE_ENTITY


class ExtractIncomplete(DomainError):
    code = "documents.extract_incomplete"
    message = _("Trích sao phải chọn trang, từ 1 đến %(pages)s và không phải tất cả; sao cả văn bản thì chọn sao y.")
    status: ClassVar[int] = HTTPStatus.UNPROCESSABLE_ENTITY


@dataclass(frozen=True, slots=True)
class CopyInput:
    """What the clerk chose. ``page_numbers``: of an extract, counted from 1; of a whole copy, none."""

    type_code: str
    page_numbers: Sequence[int] = ()


@transaction.atomic(durable=True)
def copy_document(document_id: UUID, copy_id: UUID, wanted: CopyInput, *, by: Actor, now: datetime) -> Copy:
    """Make a copy of an issued paper of one's own organ, under an id that the form brings: sent twice, it is made once.

    :raises NothingToCopy: it is not issued, or was recalled.
    :raises ExtractIncomplete: an extract of no pages, of all, or of pages that there are not.
    :raises NotCopyable: the file does not take a signature.
    """
    hold_id(copy_id)
    document = access_document(document_id, by=by, to=permissions.COPY_DOCUMENT)
    if document.state != DocumentState.ISSUED or document.recalled_at is not None or document.file_id is None:
        raise NothingToCopy(subject=document.subject)
    copy = Copy(id=copy_id, organ_id=document.organ_id, document=document)
    return _made(copy, wanted, document.file_id, by=by, now=now)


@transaction.atomic(durable=True)
def copy_incoming(incoming_id: UUID, copy_id: UUID, wanted: CopyInput, *, by: Actor, now: datetime) -> Copy:
    """Make a copy of a registered paper that arrived; otherwise as :func:`copy_document`."""
    hold_id(copy_id)
    incoming = access_incoming(incoming_id, by=by, to=permissions.COPY_INCOMING)
    if incoming.state not in REGISTERED_AND_LATER:
        raise NothingToCopy(subject=incoming.subject)
    copy = Copy(id=copy_id, organ_id=incoming.organ_id, incoming=incoming)
    return _made(copy, wanted, incoming.file_id, by=by, now=now)


@transaction.atomic(durable=True)
def take_copy_signature(copy_id: UUID, *, file_sha256: str, signed_sha256: str, now: datetime) -> None:
    """Keep the copy that carries the organ's signature, if it is valid; safe to run twice."""
    copy = Copy.objects.select_for_update().get(id=copy_id)
    if copy.sealed_id is not None or copy.prepared_id != signed_sha256:
        return
    verdict = signing.validate_file(file_sha256, now=now)
    if not verdict.has_passed("organ"):
        copy.signing_failure = verdict.reasons[0]
        copy.save(update_fields=["signing_failure"])
        journal.record("documents.signature_unused", subject_id=copy.id, by=Actor.system(), at=now, file=file_sha256)
        return
    copy.sealed_id, copy.sealed_at, copy.signing_failure = file_sha256, now, ""
    copy.save(update_fields=["sealed", "sealed_at", "signing_failure"])
    journal.record("documents.copy_sealed", subject_id=copy.id, by=Actor.system(), at=now, file=file_sha256)


@transaction.atomic(durable=True)
def note_failed_copy_signature(copy_id: UUID, *, code: str) -> None:
    """Say on the copy why its signature did not come; it can be signed again. The signing service's line tells it."""
    Copy.objects.filter(id=copy_id, sealed=None).update(signing_failure=code)


def _made(copy: Copy, wanted: CopyInput, file_id: str, *, by: Actor, now: datetime) -> Copy:
    existing = Copy.objects.visible_to(by).filter(id=copy.id).first()
    if existing is not None:
        return existing
    if Copy.objects.filter(id=copy.id).exists():
        raise NotFound
    kind = catalogue.types().get(wanted.type_code)
    if kind is None or kind.group != TypeGroup.COPY:
        raise InvalidInput(detail=_("hình thức sao không có trong danh mục"))
    if by.position_id is None:
        raise NotPermitted
    content = files.read(file_id)
    copy.page_numbers = _chosen(wanted, pages.count(file_id))
    drawn = pages.chosen(content, copy.page_numbers) if copy.page_numbers else pages.rebuilt(content)
    organ = labels([copy.organ_id], on=clock.day_of(now))[copy.organ_id]
    copy.type_code, copy.notation = kind.code, f"{kind.abbreviation}-{organ.notation}"
    copy.mark = f"{kind.title}; {organ.name}"
    copy.prepared = files.store(
        _marked(drawn, copy.mark), name=f"{copy.id}.pdf", media_types={PDF}, max_bytes=2 * MAX_FILE_BYTES
    )
    copy.pages = len(copy.page_numbers) or pages.count(file_id)
    copy.year, copy.made_at, copy.made_by_id = clock.day_of(now).year, now, by.position_id
    key = series.key_of(copy.organ_id, series.COPIES, copy.year)
    copy.number = numbering.take_next(key, subject_id=copy.id, at=now)
    copy.save(force_insert=True)
    journal.record("documents.copied", subject_id=copy.source.id, by=by, at=now, copy=copy.id, number=copy.number)
    return copy


def _marked(drawn: bytes, mark: str) -> bytes:
    try:
        return signing.prepare_mark(drawn, mark)
    except signing.NotMarkable:
        raise NotCopyable from None


def _chosen(wanted: CopyInput, count: int) -> list[int]:
    if wanted.type_code != EXTRACT:
        return []
    numbers = sorted(set(wanted.page_numbers))
    if not numbers or numbers[0] < 1 or numbers[-1] > count or len(numbers) == count:
        raise ExtractIncomplete(pages=count)
    return numbers
