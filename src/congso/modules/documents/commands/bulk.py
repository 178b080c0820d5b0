"""Do one act on many papers: confirmed once, done by the worker one after the other, each its own transaction."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, InvalidInput, NotFound
from congso.modules.documents.commands.bulk_acts import ACTS, Turn
from congso.modules.documents.commands.pressing import hold_id
from congso.modules.documents.models import BulkItem, BulkRun, BulkState
from congso.shared import journal
from congso.shared.accounts.queries import actor_for

logger = logging.getLogger(__name__)

MOST_PAPERS: Final = 500
# A job does so many and defers the next: other papers' jobs come in between.
PAPERS_IN_A_JOB: Final = 20


class NothingChosen(DomainError):
    code = "documents.nothing_chosen"
    message = gettext_lazy("Chưa chọn văn bản nào. Đánh dấu ít nhất một văn bản rồi làm lại.")
    status = 422


class TooManyChosen(DomainError):
    code = "documents.too_many_chosen"
    message = gettext_lazy("Mỗi lần làm nhiều nhất %(most)s văn bản. Chưa làm văn bản nào; chọn bớt rồi làm tiếp.")
    status = 422


@transaction.atomic(durable=True)
def begin_bulk(
    run_id: UUID,
    *,
    act: str,
    subject_ids: Sequence[UUID],
    by: Actor,
    now: datetime,
    target_id: UUID | None = None,
) -> BulkRun:
    """Let the worker do an act on these papers, in this order, under an id that the form carries.

    Every rule is asked again for each paper when its turn comes: nothing here says that it may be done.

    :param target_id: of acts that put papers somewhere: where.
    :raises NothingChosen, TooManyChosen: none, or more than 500; nothing is begun.
    :raises NotFound: the id is of another person's run.
    """
    hold_id(run_id)
    there = BulkRun.objects.filter(id=run_id).first()
    if there is not None:
        return _own(there, by)
    if act not in ACTS or by.position_id is None:
        raise InvalidInput(detail=_("việc này không làm hàng loạt được"))
    chosen = list(dict.fromkeys(subject_ids))
    if not chosen:
        raise NothingChosen
    if len(chosen) > MOST_PAPERS:
        raise TooManyChosen(most=MOST_PAPERS)
    run = BulkRun.objects.create(id=run_id, act=act, position_id=by.position_id, begun_at=now, target_id=target_id)
    BulkItem.objects.bulk_create(
        BulkItem(run=run, place=place, subject_id=subject_id) for place, subject_id in enumerate(chosen)
    )
    journal.record("documents.bulk_begun", subject_id=run.id, by=by, at=now, work=act, count=len(chosen))
    _go_on(run.id)
    return run


@transaction.atomic(durable=True)
def stop_bulk(run_id: UUID, *, by: Actor, now: datetime) -> BulkRun:
    """Leave the rest of a run undone; what is done stays done. A run that is over stays as it is.

    :raises NotFound: no such run, or another person's.
    """
    run = _own(BulkRun.objects.select_for_update().filter(id=run_id).first(), by)
    left = run.items.filter(state=BulkState.WAITING).update(state=BulkState.STOPPED, ended_at=now)
    if left:
        run.stopped_at = now
        run.save(update_fields=["stopped_at"])
        journal.record("documents.bulk_stopped", subject_id=run.id, by=by, at=now, count=left)
    return run


@transaction.atomic(durable=True)
def repeat_bulk(run_id: UUID, *, by: Actor, now: datetime) -> BulkRun:
    """Try again what failed or was left undone.

    :raises NotFound: no such run, or another person's.
    """
    run = _own(BulkRun.objects.select_for_update().filter(id=run_id).first(), by)
    again = run.items.filter(state__in=(BulkState.FAILED, BulkState.STOPPED)).update(
        state=BulkState.WAITING, result="", ended_at=None
    )
    if again:
        run.stopped_at = None
        run.save(update_fields=["stopped_at"])
        journal.record("documents.bulk_repeated", subject_id=run.id, by=by, at=now, count=again)
        _go_on(run.id)
    return run


def go_on_with_bulk(run_id: UUID) -> int:
    """Do the next papers of a run and see to it that the others follow; return how many were done or refused.

    Not a transaction of its own: each paper is one. Safe to run twice, and after a death in the middle.
    """
    run = BulkRun.objects.get(id=run_id)
    waiting = run.items.filter(state=BulkState.WAITING).order_by("place")
    turn = list(waiting[:PAPERS_IN_A_JOB])
    for item in turn:
        _do(run, item, now=clock.now())
    if waiting.exists():
        _go_on(run.id)
    return len(turn)


def _do(run: BulkRun, item: BulkItem, *, now: datetime) -> None:
    if not BulkItem.objects.filter(id=item.id, state=BulkState.WAITING).exists():
        return  # stopped meanwhile
    try:
        by = actor_for(run.position_id, on=clock.day_of(now))
        state, result = BulkState.DONE, ACTS[run.act].do(Turn(item.subject_id, by, now, item.id, run.target_id))
    except DomainError as refusal:
        state, result = BulkState.FAILED, str(refusal)
    except (OperationalError, InterfaceError):
        raise  # the database went away, not this paper: the job comes again
    except Exception:
        logger.exception("Paper %s of bulk run %s", item.subject_id, run.id)
        state, result = BulkState.FAILED, _("Hệ thống gặp lỗi với văn bản này, chưa có gì thay đổi. Thử lại sau.")
    # Done is done, also if the rest was stopped in this very moment.
    BulkItem.objects.filter(id=item.id).update(state=state, result=result[:500], ended_at=now)


def _go_on(run_id: UUID) -> None:
    app.configure_task("documents.bulk", queue="documents", lock=f"bulk/{run_id}").defer(run_id=str(run_id))


def _own(run: BulkRun | None, by: Actor) -> BulkRun:
    if run is None or by.position_id is None or run.position_id != by.position_id:
        raise NotFound
    return run
