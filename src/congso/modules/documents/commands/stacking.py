"""Take a stack of scanned paper in, read it page by page, part it, give it up."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, NotFound
from congso.modules.documents import permissions
from congso.modules.documents.commands.assigning import position_of
from congso.modules.documents.commands.guarding import note_secret_refused, notes_secrets
from congso.modules.documents.commands.pressing import hold_id
from congso.modules.documents.kinds import StackState
from congso.modules.documents.models import ScanPage, ScanStack
from congso.modules.documents.scans import arranging, pages, passing
from congso.modules.documents.scans.reading import Read, read_page
from congso.modules.documents.secrecy import SecretContent, refuse_secret
from congso.shared import journal
from congso.shared.files import clean_name, media, pdf_door
from congso.shared.files.errors import FileMissing
from congso.shared.files.keeping import checked_type

TAKEN: Final = frozenset({media.PDF, media.JPEG, media.PNG, media.WEBP})
MOST_FILES: Final = 100
MOST_BYTES: Final = 100_000_000
# A long stack does not keep the worker from other stacks.
AT_ONCE: Final = 6
KEPT: Final = timedelta(days=7)
MOST_UNDONE: Final = 30


class StackEmpty(DomainError):
    code = "documents.stack_empty"
    message = _("Chưa chọn tệp nào. Chọn tệp PDF hoặc ảnh đã quét.")
    status = 422


class StackNotReady(DomainError):
    code = "documents.stack_not_ready"
    message = _("Xấp quét đang được đọc hoặc không còn nữa. Tải lại trang để xem.")


class PageEntered(DomainError):
    code = "documents.page_entered"
    message = _("Trang này thuộc văn bản đã vào sổ nên không sửa được nữa.")


@notes_secrets
@transaction.atomic(durable=True)
def take_stack(
    stack_id: UUID,
    given: Sequence[tuple[str, bytes]],
    *,
    organ_id: UUID,
    came_by: str,
    by: Actor,
    now: datetime,
    declared: str = "",
) -> ScanStack:
    """Keep files as cipher and let them be read. The same form sent twice takes one stack.

    :param given: name and content of each file, in the order of the stack.
    :param declared: the ticket of an earlier refusal, see ``secrecy.refuse_secret``.
    :raises NotFound: the id is another organ's. :raises NotPermitted: ``by`` is no records clerk of the organ.
    :raises StackEmpty: no file.
    :raises congso.shared.files.errors.FileRefused: of a kind, size or make-up that is not taken.
    :raises ScanNotReadable, ScanTooLarge, ScanEncrypted: see ``scans.pages``; and as ``pdf_door.passed``.
    :raises SecretContent: a file's name says that it is secret.
    """
    hold_id(stack_id)
    existing = ScanStack.objects.filter(id=stack_id).first()
    if existing is not None:
        if not permissions.ENTER.allows(by, existing.organ_id):
            raise NotFound
        return existing
    permissions.ENTER.require(by, organ_id)
    checked = _checked(given)
    refuse_secret(names=[name for name, _content in given], declared=declared)
    key = passing.new_key()
    stack = ScanStack.objects.create(
        id=stack_id,
        organ_id=organ_id,
        taken_by_id=position_of(by),
        taken_at=now,
        came_by=came_by,
        files=[{"name": name, "media": kind, "pages": count} for name, kind, count, _content in checked],
        key=key,
        declared=declared,
    )
    for number, (_name, _kind, _count, content) in enumerate(checked):
        passing.keep(stack.id, f"file-{number}", content, key=key)
    places = [(number, place) for number, (_n, _k, count, _c) in enumerate(checked) for place in range(count)]
    ScanPage.objects.bulk_create(
        ScanPage(stack=stack, place=place, file=number, file_place=file_place)
        for place, (number, file_place) in enumerate(places)
    )
    journal.record("documents.stack_taken", subject_id=stack.id, by=by, at=now, count=len(places))
    defer_reading(stack.id)
    return stack


def defer_reading(stack_id: UUID) -> None:
    """Let the worker read on, once this transaction is kept."""
    app.configure_task("documents.read_stack", queue="scans").defer(stack_id=str(stack_id))


def read_some(stack_id: UUID, *, now: datetime) -> None:
    """Read the next pages of a stack; the last ones part it and make it ready. Safe to run twice.

    A secrecy stamp makes the whole stack unreadable at once; only its page and the ticket are kept.
    """
    stack = ScanStack.objects.filter(id=stack_id, state=StackState.READING).first()
    if stack is None:
        return
    contents: dict[int, bytes] = {}
    for page in stack.pages.filter(is_read=False).defer("lines").order_by("place")[:AT_ONCE]:
        try:
            if page.file not in contents:
                contents = {page.file: passing.read(stack.id, f"file-{page.file}", key=bytes(stack.key))}
            kind = stack.files[page.file]["media"]
            read = read_page(
                contents[page.file],
                kind,
                page.file_place,
                turn=page.turn,
                is_turned=page.is_turned,
                declared=stack.declared,
            )
        except SecretContent as refusal:
            _refuse(stack, refusal.code, page=page.place + 1, ticket=refusal.ticket)
            note_secret_refused(stack.id, by=Actor.system(), now=now)
            return
        except (pages.ScanNotReadable, pages.ScanTooLarge, FileMissing) as refusal:
            _refuse(stack, refusal.code, page=page.place + 1)
            return
        _keep(stack, page, read)
    _go_on(stack_id)


@transaction.atomic(durable=True)
def _keep(stack: ScanStack, page: ScanPage, read: Read) -> None:
    """Keep what was read of a page, unless the stack was given up meanwhile."""
    held = ScanStack.objects.select_for_update().get(id=stack.id)
    key = bytes(held.key)
    if held.state != StackState.READING:
        return
    passing.keep(stack.id, f"shown-{page.place}", read.seen.shown, key=key)
    passing.keep(stack.id, f"small-{page.place}", read.seen.small, key=key)
    if read.pdf:
        passing.keep(stack.id, f"read-{page.place}", read.pdf, key=key)
    page.turn, page.is_read, page.is_typed = read.turn, True, read.is_typed
    page.is_blank, page.is_separator, page.lines = read.seen.is_blank, read.seen.is_separator, read.lines
    page.save(update_fields=["turn", "is_read", "is_typed", "is_blank", "is_separator", "lines"])
    held.was_read, held.was_stated = held.was_read and read.was_read, held.was_stated or read.was_stated
    held.save(update_fields=["was_read", "was_stated"])


@transaction.atomic(durable=True)
def _go_on(stack_id: UUID) -> None:
    stack = ScanStack.objects.select_for_update().get(id=stack_id)
    if stack.state != StackState.READING:
        return
    if stack.pages.filter(is_read=False).exists():
        defer_reading(stack.id)
        return
    if not stack.papers:
        stack.papers = arranging.parted(list(stack.pages.order_by("place").values_list("place", "is_separator")))
    stack.state = StackState.READY
    stack.save(update_fields=["state", "papers"])


@transaction.atomic(durable=True)
def _refuse(stack: ScanStack, code: str, *, page: int | None = None, ticket: str = "") -> None:
    held = ScanStack.objects.select_for_update().get(id=stack.id)
    if held.state in {StackState.READING, StackState.READY}:
        wipe_step(held, StackState.REFUSED)
        held.refusal, held.refused_page, held.ticket = code, page, ticket
        held.save(update_fields=["refusal", "refused_page", "ticket"])


def wipe_step(stack: ScanStack, state: str) -> None:
    """Make a stack unreadable for good: its key and words are forgotten, its cipher removed."""
    stack.key, stack.state, stack.declared = b"", state, ""
    stack.save(update_fields=["key", "state", "declared"])
    stack.pages.update(lines=[])
    transaction.on_commit(lambda: passing.forget(stack.id))


@transaction.atomic(durable=True)
def arrange_stack(stack_id: UUID, act: str, *, place: int, by: Actor, now: datetime) -> ScanStack:
    """Part the stack by hand: ``split``, ``join``, ``drop``, ``restore``, ``turn``, ``drop_blank``, ``undo``.

    Nothing of it is on record yet: no line in the journal.

    :param place: the page that it is about.
    :raises StackNotReady: it is still read, or gone. :raises PageEntered: the page is in a registered paper.
    """
    del now
    stack = _held(stack_id, by=by)
    found = {page.place: page for page in stack.pages.defer("lines")}
    page = found.get(place)
    if page is None and act in {*arranging.ACTS, "turn"}:
        raise NotFound
    if page is not None and page.incoming_id is not None:
        raise PageEntered
    if act == "undo":
        return _undo(stack, found)
    if act == "turn" and page is not None:
        _turn(stack, page)
    elif act == "drop_blank":
        papers: arranging.Papers = stack.papers
        for blank in (one for one in found.values() if one.is_blank and one.incoming_id is None):
            papers = arranging.leave_out(papers, blank.place)
        _change(stack, papers)
    elif act in arranging.ACTS:
        _change(stack, arranging.ACTS[act](stack.papers, place))
    else:
        raise NotFound
    return stack


def _change(stack: ScanStack, papers: arranging.Papers) -> None:
    if papers != stack.papers:
        stack.earlier = [*stack.earlier, stack.papers][-MOST_UNDONE:]
        stack.papers = papers
        stack.save(update_fields=["papers", "earlier"])


def _undo(stack: ScanStack, found: dict[int, ScanPage]) -> ScanStack:
    """Go one step back; papers that are registered meanwhile stay as they are."""
    entered = [paper for paper in stack.papers if found[paper[0]].incoming_id is not None]
    if stack.earlier:
        *stack.earlier, papers = stack.earlier
        gone = {place for paper in entered for place in paper}
        rest = [kept for paper in papers if (kept := [place for place in paper if place not in gone])]
        stack.papers = sorted([*entered, *rest])
        stack.save(update_fields=["papers", "earlier"])
    return stack


def _turn(stack: ScanStack, page: ScanPage) -> None:
    """Turn a page by a right angle; it is read again as it stands now."""
    page.turn, page.is_turned, page.is_read, page.lines = (page.turn + 90) % 360, True, False, []
    page.save(update_fields=["turn", "is_turned", "is_read", "lines"])
    stack.state = StackState.READING
    stack.save(update_fields=["state"])
    defer_reading(stack.id)


@transaction.atomic(durable=True)
def drop_stack(stack_id: UUID, *, by: Actor, now: datetime) -> ScanStack:
    """Give up what of a stack is not registered; nothing of it stays.

    :raises StackNotReady: it is done or gone already.
    """
    stack = _held(stack_id, by=by, states=(StackState.READING, StackState.READY))
    wipe_step(stack, StackState.DONE)
    journal.record("documents.stack_dropped", subject_id=stack.id, by=by, at=now)
    return stack


@transaction.atomic(durable=True)
def forget_stacks(*, now: datetime) -> int:
    """Make unreadable what nobody registered within a week; return how many stacks. No act on a record."""
    old = ScanStack.objects.select_for_update().filter(
        taken_at__lt=now - KEPT, state__in=(StackState.READING, StackState.READY)
    )
    forgotten = list(old)
    for stack in forgotten:
        wipe_step(stack, StackState.DONE)
    return len(forgotten)


def _held(stack_id: UUID, *, by: Actor, states: Sequence[str] = (StackState.READY,)) -> ScanStack:
    stack = ScanStack.objects.visible_to(by).select_for_update().filter(id=stack_id).first()
    if stack is None:
        raise NotFound
    if stack.state not in states:
        raise StackNotReady
    return stack


def _checked(given: Sequence[tuple[str, bytes]]) -> list[tuple[str, str, int, bytes]]:
    """Return name, media type, pages and content of each file."""
    if not given:
        raise StackEmpty
    if len(given) > MOST_FILES or sum(len(content) for _name, content in given) > MOST_BYTES:
        raise pages.ScanTooLarge
    checked = []
    for name, content in given:
        kind = checked_type(content, name=name, media_types=TAKEN, max_bytes=MOST_BYTES)
        whole = pdf_door.passed(content).pdf if kind == media.PDF else content
        checked.append((clean_name(name), kind, pages.count(whole, kind), whole))
    if sum(count for _name, _kind, count, _content in checked) > pages.MOST_PAGES:
        raise pages.ScanTooLarge
    return checked
