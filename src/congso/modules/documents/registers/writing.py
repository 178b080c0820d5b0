"""Write a register out for who asked; close the register of a year that is over."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, NotPermitted
from congso.modules.documents import permissions
from congso.modules.documents.commands.pressing import hold_id
from congso.modules.documents.models import RegisterClosing, RegisterFile, RegisterKind, RegisterMedia
from congso.modules.documents.registers import printing
from congso.modules.documents.registers.books import BOOKS, cancelled_numbers, not_issued
from congso.modules.documents.registers.closed import closing_of
from congso.modules.documents.registers.filters import RegisterFilter, from_facts
from congso.shared import files, journal
from congso.shared.files import leftovers
from congso.shared.files.models import StoredFile
from congso.shared.organs.queries import labels
from congso.shared.ui.words import vn_date

MEDIA_TYPES: Final = {
    RegisterMedia.PDF: "application/pdf",
    RegisterMedia.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MAX_BYTES: Final = 200 * 1024 * 1024
MOST_LINES: Final = 50_000
KEPT: Final = timedelta(days=30)


class YearNotOver(DomainError):
    code = "documents.year_not_over"
    message = gettext_lazy("Năm %(year)s chưa hết nên chưa khóa sổ được. Khóa sổ từ ngày 01/01/%(next)s.")


class RegisterAlreadyClosed(DomainError):
    code = "documents.register_already_closed"
    message = gettext_lazy("Sổ năm %(year)s đã khóa ngày %(day)s. Tệp của sổ đã khóa ở trang này.")


class RegisterHasOpenLines(DomainError):
    code = "documents.register_has_open_lines"
    message = gettext_lazy(
        "Còn %(n)s văn bản năm %(year)s đã cấp số mà chưa phát hành. Phát hành, hoặc hủy số kèm lý do, rồi khóa sổ."
    )


class RegisterTooLong(DomainError):
    code = "documents.register_too_long"
    message = gettext_lazy("Phần sổ này có %(n)s dòng, nhiều hơn %(most)s. Chọn khoảng ngày ngắn hơn rồi xuất lại.")


@transaction.atomic(durable=True)
def ask_for_file(
    file_id: UUID,
    organ_id: UUID,
    *,
    kind: RegisterKind,
    year: int,
    asked: RegisterFilter,
    media: RegisterMedia,
    by: Actor,
    now: datetime,
) -> RegisterFile:
    """Let a job write a register out. The same form sent twice asks once.

    :raises NotPermitted: ``by`` neither keeps nor leads the organ's registers.
    :raises RegisterTooLong: more lines than one file may hold.
    """
    permissions.READ_REGISTER.require(by, organ_id)
    if by.position_id is None:
        raise NotPermitted
    hold_id(file_id)
    existing = RegisterFile.objects.filter(id=file_id, asked_by=by.position_id).first()
    if existing is not None:
        return existing
    lines = BOOKS[kind].papers(organ_id, year, asked).count()
    if lines > MOST_LINES:
        raise RegisterTooLong(n=lines, most=MOST_LINES)
    wanted = RegisterFile.objects.create(
        id=file_id,
        organ_id=organ_id,
        kind=kind,
        year=year,
        filters=asked.as_facts(),
        media=media,
        asked_by_id=by.position_id,
        asked_at=now,
    )
    journal.record("documents.register_exported", subject_id=wanted.id, by=by, at=now, kind=kind.value, year=year)
    app.configure_task("documents.write_register", queue="registers").defer(file_id=str(wanted.id))
    return wanted


@transaction.atomic(durable=True)
def write_file(file_id: UUID, *, now: datetime) -> None:
    """Write the register that was asked for. Safe to run twice; what is forgotten meanwhile is not written."""
    wanted = RegisterFile.objects.select_for_update().filter(id=file_id, file=None).first()
    if wanted is None:
        return
    asked = from_facts(wanted.filters, today=clock.day_of(wanted.asked_at))
    sheet = sheet_of(wanted.organ_id, RegisterKind(wanted.kind), wanted.year, asked, made_at=wanted.asked_at)
    wanted.file = _stored(sheet, RegisterMedia(wanted.media))
    wanted.lines, wanted.done_at = len(sheet.rows), now
    wanted.save(update_fields=["file", "lines", "done_at"])


@transaction.atomic(durable=True)
def forget_files(*, now: datetime) -> int:
    """Forget the files that were written out long ago: they can be asked for again. No act, so no line."""
    old = RegisterFile.objects.filter(asked_at__lt=now - KEPT)
    sha256s = [sha256 for sha256 in old.values_list("file", flat=True) if sha256]
    forgotten, _by_table = old.delete()
    leftovers.forget(sha256s)
    return forgotten


@transaction.atomic(durable=True)
def close_register(organ_id: UUID, *, kind: RegisterKind, year: int, by: Actor, now: datetime) -> RegisterClosing:
    """Close the register of a year that is over: no number of it is cancelled any more, its files are kept for good.

    :raises NotPermitted: ``by`` is no records clerk of the organ.
    :raises YearNotOver: by the calendar of Hanoi.
    :raises RegisterAlreadyClosed: it was closed before.
    :raises RegisterHasOpenLines: a paper of that year has a number and was not issued.
    """
    permissions.CLOSE_REGISTER.require(by, organ_id)
    if by.position_id is None:
        raise NotPermitted
    if year >= clock.day_of(now).year:
        raise YearNotOver(year=year, next=year + 1)
    hold_id(organ_id)
    closed = closing_of(organ_id, kind, year)
    if closed is not None:
        raise RegisterAlreadyClosed(year=year, day=vn_date(closed.closed_at))
    cancelled = 0
    if kind == RegisterKind.OUTGOING:
        open_lines = not_issued(organ_id, year).count()
        if open_lines:
            raise RegisterHasOpenLines(n=open_lines, year=year)
        cancelled = len(cancelled_numbers(organ_id, year))
    lines = BOOKS[kind].papers(organ_id, year, RegisterFilter()).count()
    closing = RegisterClosing.objects.create(
        organ_id=organ_id,
        kind=kind,
        year=year,
        closed_by_id=by.position_id,
        closed_at=now,
        lines=lines,
        cancelled=cancelled,
    )
    journal.record(
        "documents.register_closed", subject_id=closing.id, by=by, at=now, kind=kind.value, year=year, lines=lines
    )
    app.configure_task("documents.file_closed_register", queue="registers").defer(closing_id=str(closing.id))
    return closing


@transaction.atomic(durable=True)
def file_closing(closing_id: UUID, *, now: datetime) -> None:
    """Keep a closed register as PDF and XLSX; the journal holds their SHA-256. Safe to run twice."""
    closing = RegisterClosing.objects.select_for_update().get(id=closing_id)
    if closing.pdf_id and closing.xlsx_id:
        return
    sheet = sheet_of(
        closing.organ_id, RegisterKind(closing.kind), closing.year, RegisterFilter(), made_at=closing.closed_at
    )
    closing.pdf, closing.xlsx = _stored(sheet, RegisterMedia.PDF), _stored(sheet, RegisterMedia.XLSX)
    closing.save(update_fields=["pdf", "xlsx"])
    journal.record(
        "documents.register_filed",
        subject_id=closing.id,
        by=Actor.system(),
        at=now,
        pdf=closing.pdf_id,
        xlsx=closing.xlsx_id,
    )


def sheet_of(
    organ_id: UUID, kind: RegisterKind, year: int, asked: RegisterFilter, *, made_at: datetime
) -> printing.Sheet:
    """Read a register for its file, in chunks."""
    book = BOOKS[kind]
    rows = book.rows(book.in_order(organ_id, year, asked).iterator(chunk_size=2_000))
    cancelled = cancelled_numbers(organ_id, year) if kind == RegisterKind.OUTGOING and asked.is_whole else []
    end_of_year = min(date(year, 12, 31), clock.day_of(made_at))
    return printing.Sheet(
        book=book,
        organ=labels([organ_id], on=end_of_year)[organ_id].name,
        period=period_of(year, asked),
        rows=rows,
        cancelled=[
            _("%(number)s: hủy ngày %(day)s, lý do: %(reason)s")
            % {"number": taken.number, "day": vn_date(taken.cancelled_at), "reason": taken.reason}
            for taken in cancelled
            if taken.cancelled_at
        ],
        made_at=made_at,
    )


def period_of(year: int, asked: RegisterFilter) -> str:
    """Return the year, and that it is a part, in words."""
    if not (asked.since or asked.until):
        period = _("Năm %(year)s") % {"year": year}
    else:
        since, until = asked.days_within(year)
        period = _("Từ ngày %(since)s đến ngày %(until)s") % {"since": vn_date(since), "until": vn_date(until)}
    only_days = RegisterFilter(since=asked.since, until=asked.until).as_facts()
    return period if asked.as_facts() == only_days else _("%(period)s, phần đã lọc") % {"period": period}


def _stored(sheet: printing.Sheet, media: RegisterMedia) -> StoredFile:
    content = printing.pdf_of(sheet) if media == RegisterMedia.PDF else printing.xlsx_of(sheet)
    return files.store(content, name=f"so.{media}", media_types={MEDIA_TYPES[media]}, max_bytes=MAX_BYTES)
