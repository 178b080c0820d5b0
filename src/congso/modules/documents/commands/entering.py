"""Register a paper that came by post, by e-mail or by hand: what the clerk confirmed of it, with its pages."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, NotFound
from congso.kernel.vietnamese import fold
from congso.modules.documents import catalogue, permissions
from congso.modules.documents.commands.guarding import note_stated_step, notes_secrets
from congso.modules.documents.commands.pressing import hold_id
from congso.modules.documents.commands.registering import SignatureBroken, note_duplicate_step, register_step
from congso.modules.documents.commands.stacking import PageEntered, StackNotReady, wipe_step
from congso.modules.documents.kinds import IncomingState, StackState, Urgency, Verdict
from congso.modules.documents.models import Incoming, ScanPage, ScanStack
from congso.modules.documents.queries.duplicates import earlier_like
from congso.modules.documents.scans import pages, passing
from congso.modules.documents.scans.numbers import canonical
from congso.modules.documents.secrecy import refuse_secret
from congso.modules.signing import public as signing
from congso.shared import files, journal
from congso.shared.files.models import StoredFile

NO_NUMBER: Final = "Không số"
MOST_BYTES: Final = 120_000_000
LONGEST_SENDER: Final = 200


class EnteringIncomplete(DomainError):
    code = "documents.entering_incomplete"
    message = _("Chưa vào sổ được: cần nơi gửi, số và ký hiệu (hoặc ghi “không số”), ngày, loại và trích yếu.")
    status = 422


class DatedInFuture(DomainError):
    code = "documents.dated_in_future"
    message = _("Ngày văn bản %(day)s chưa đến. Xem lại ngày trên trang giấy.")
    status = 422


class NotStatedNotSecret(DomainError):
    """Nobody but the clerk has looked for secrecy stamps."""

    code = "documents.not_stated_not_secret"
    message = _("Máy chưa đọc được chữ của văn bản này. Xem kỹ các trang rồi xác nhận không có dấu chỉ độ mật.")
    status = 422


@dataclass(frozen=True, slots=True)
class EnteringInput:
    """What the clerk confirmed of a paper.

    :param sender_id: the sender, if the register of organs knows it.
    :param not_secret: the clerk has seen all pages: needed where they were not read by machine.
    """

    sender_text: str
    number_text: str
    document_date: date | None
    type_code: str
    subject: str
    sender_id: UUID | None = None
    urgency: int = Urgency.ORDINARY
    reply_due_date: date | None = None
    duplicate_reason: str = ""
    not_secret: bool = False


@notes_secrets
@transaction.atomic(durable=True)
def enter_incoming(
    incoming_id: UUID, stack_id: UUID, first_page: int, typed: EnteringInput, *, by: Actor, now: datetime
) -> Incoming:
    """Register the paper of a stack that begins with ``first_page``, and lay it before the leaders.

    Kept are the searchable file and, beside it, what came from the scanner. The same form sent twice registers once;
    with its last paper the stack is made unreadable.

    :raises NotFound: no such stack, or paper in it. :raises NotPermitted: ``by`` is no records clerk of the organ.
    :raises StackNotReady: it is still read, or gone. :raises PageEntered: the paper is registered.
    :raises EnteringIncomplete, NumberNotUsable, DatedInFuture, NotStatedNotSecret: what was typed.
    :raises LooksRegistered: an earlier one has its number and sender, and there is no reason.
    :raises SignatureBroken: it is signed, and not validly.
    :raises SecretContent: what was typed has a secrecy stamp.
    """
    hold_id(incoming_id)
    existing = Incoming.objects.visible_to(by).filter(id=incoming_id).first()
    if existing is not None:
        return existing
    stack = ScanStack.objects.visible_to(by).select_for_update().filter(id=stack_id).first()
    if stack is None:
        raise NotFound
    permissions.ENTER.require(by, stack.organ_id)
    if stack.state != StackState.READY:
        raise StackNotReady
    paper = _pages(stack, first_page)
    if not (stack.was_read or typed.not_secret):
        raise NotStatedNotSecret
    incoming = _incoming(incoming_id, stack, typed, now=now)
    _keep_files(incoming, stack, paper, now=now)
    facts = {"scan": incoming.scan_id} if incoming.scan_id else {}
    journal.record("documents.entered", subject_id=incoming.id, by=by, at=now, file=incoming.file_id, **facts)
    if stack.was_stated or not stack.was_read:
        note_stated_step(incoming.id, by=by, now=now)
    register_step(incoming, by=by, now=now)
    ScanPage.objects.filter(id__in=[page.id for page in paper]).update(incoming=incoming)
    if not _left(stack):
        wipe_step(stack, StackState.DONE)
    return incoming


def _pages(stack: ScanStack, first_page: int) -> list[ScanPage]:
    places = next((paper for paper in stack.papers if paper[0] == first_page), None)
    if places is None:
        raise NotFound
    found = {page.place: page for page in stack.pages.filter(place__in=places)}
    paper = [found[place] for place in places]
    if any(page.incoming_id is not None for page in paper):
        raise PageEntered
    return paper


def _incoming(incoming_id: UUID, stack: ScanStack, typed: EnteringInput, *, now: datetime) -> Incoming:
    sender, subject = _plain(typed.sender_text), _plain(typed.subject)
    if not (sender and subject and typed.number_text.strip() and typed.document_date) or (
        typed.type_code not in catalogue.types()
    ):
        raise EnteringIncomplete
    if typed.document_date > clock.day_of(now):
        raise DatedInFuture(day=f"{typed.document_date:%d/%m/%Y}")
    refuse_secret(subject, sender)
    has_number = fold(typed.number_text).split() != fold(NO_NUMBER).split()
    incoming = Incoming(
        id=incoming_id,
        organ_id=stack.organ_id,
        came_by=stack.came_by,
        sender_id=typed.sender_id,
        sender_text=sender[:LONGEST_SENDER],
        number_text=canonical(typed.number_text) if has_number else NO_NUMBER,
        document_date=typed.document_date,
        type_code=typed.type_code,
        subject=subject[:500],
        urgency=typed.urgency,
        reply_due_date=typed.reply_due_date,
        state=IncomingState.VALIDATED,
        arrived_at=stack.taken_at,
    )
    if has_number:
        earlier = earlier_like(
            organ_id=incoming.organ_id,
            number_text=incoming.number_text,
            document_date=incoming.document_date,
            sender_id=incoming.sender_id,
            sender_text=incoming.sender_text,
            at_the_door=True,
        )
        note_duplicate_step(incoming, earlier, reason=typed.duplicate_reason)
    return incoming


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _keep_files(incoming: Incoming, stack: ScanStack, paper: Sequence[ScanPage], *, now: datetime) -> None:
    """Keep the searchable file, and what came where that is another one; judge the signatures of what came."""
    original = _original(stack, paper)
    is_as_it_came = original.media_type == pages.PDF and all(page.is_typed or page.is_blank for page in paper)
    if is_as_it_came:
        incoming.file = original
    else:
        incoming.scan, incoming.file = original, _store(_searchable(stack, paper), pages.PDF)
    incoming.pages = len(paper)
    verdict = Verdict(signing.validate_file(incoming.file.sha256, now=now).outcome.value)
    if verdict == Verdict.FAILED:
        raise SignatureBroken
    incoming.verdict = verdict


def _original(stack: ScanStack, paper: Sequence[ScanPage]) -> StoredFile:
    """Keep the very bytes of a file that is this paper alone, else its pages cut out, unchanged."""
    numbers = {page.file for page in paper}
    first = stack.files[paper[0].file]
    is_whole = len(numbers) == 1 and [page.file_place for page in paper] == list(range(first["pages"]))
    if is_whole:
        return _store(_file(stack, paper[0].file), first["media"])
    return _store(_cut(stack, [(page, None) for page in paper], turned=False), pages.PDF)


def _searchable(stack: ScanStack, paper: Sequence[ScanPage]) -> bytes:
    """Return the pages upright, those that were read with their words as an invisible layer."""
    read = [(page, None if page.is_typed or not page.lines else _read(stack, page)) for page in paper]
    return _cut(stack, read, turned=True)


def _cut(stack: ScanStack, paper: Sequence[tuple[ScanPage, bytes | None]], *, turned: bool) -> bytes:
    sources: list[tuple[bytes, str]] = []
    places: dict[int, int] = {}
    chosen: list[tuple[int, int, int]] = []
    for page, read in paper:
        if read is not None:
            sources.append((read, pages.PDF))
            chosen.append((len(sources) - 1, 0, 0))
            continue
        if page.file not in places:
            sources.append((_file(stack, page.file), stack.files[page.file]["media"]))
            places[page.file] = len(sources) - 1
        chosen.append((places[page.file], page.file_place, page.turn if turned else 0))
    return pages.assemble(sources, chosen)


def _file(stack: ScanStack, number: int) -> bytes:
    return passing.read(stack.id, f"file-{number}", key=bytes(stack.key))


def _read(stack: ScanStack, page: ScanPage) -> bytes:
    return passing.read(stack.id, f"read-{page.place}", key=bytes(stack.key))


def _store(content: bytes, media_type: str) -> StoredFile:
    return files.store(content, name="ban-quet", media_types={media_type}, max_bytes=MOST_BYTES)


def _left(stack: ScanStack) -> bool:
    """Say whether a paper of the stack is not registered yet."""
    entered = set(stack.pages.exclude(incoming=None).values_list("place", flat=True))
    return any(paper[0] not in entered for paper in stack.papers)
