"""What the journal costs: the same act with its line and without, in alternating rounds of one run.

The act is a command as the modules write them: one row locked and changed, a number taken, the search renewed and one
job deferred, in one transaction that is on the disk when it returns. Then the lines are sealed and verified.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.ids import new_id
from congso.ops.bench import Goal, Outcome
from congso.shared import journal, numbering, search
from congso.shared.journal.sealing import seal_lines
from congso.shared.journal.verification import verify
from congso.shared.search.models import Entry

RECORDS = 1_000
ROUNDS = 20
ACTS_IN_A_ROUND = 150
KIND = "bench.record"
TITLE = "Kế hoạch chuyển đổi số xã Thăng Long, huyện Nông Cống"


@dataclass(frozen=True, slots=True)
class Measured:
    """Acts a second as the median of the rounds, and the median of each pair's share.

    :param share_of_plain: acts with their line a second, as a share of those without.
    """

    rounds: int
    acts_in_a_round: int
    acts_per_s: float
    plain_acts_per_s: float
    share_of_plain: float
    lines_sealed_per_s: float
    lines_verified_per_s: float


def run(scale: float) -> Outcome:
    """Measure the share; a smaller scale does fewer rounds."""
    measured = measure(rounds=max(2, round(ROUNDS * min(1.0, scale))), acts_in_a_round=ACTS_IN_A_ROUND)
    share = round(measured.share_of_plain, 3)
    return Outcome(
        inputs={"rounds": measured.rounds, "acts_in_a_round": measured.acts_in_a_round, "records": RECORDS},
        results={
            "acts_per_s": round(measured.acts_per_s, 1),
            "plain_acts_per_s": round(measured.plain_acts_per_s, 1),
            "share_of_plain": share,
            "lines_sealed_per_s": round(measured.lines_sealed_per_s),
            "lines_verified_per_s": round(measured.lines_verified_per_s),
        },
        goals=(Goal("share_of_plain", share, 0.8, "phần của việc không ghi nhật ký", "at_least"),),
    )


def measure(*, rounds: int, acts_in_a_round: int) -> Measured:
    """Make its own records and measure on the present database, which should be one that goes away."""
    bench = _Bench()
    for with_line in (True, False):
        bench.round(acts_in_a_round, with_line=with_line)
    lined: list[float] = []
    plain: list[float] = []
    for number in range(rounds):
        # Who goes first changes, so that neither gains by its place.
        for with_line in (True, False) if number % 2 else (False, True):
            speed = bench.round(acts_in_a_round, with_line=with_line)
            (lined if with_line else plain).append(speed)
    lines = (rounds + 1) * acts_in_a_round
    return Measured(
        rounds=rounds,
        acts_in_a_round=acts_in_a_round,
        acts_per_s=statistics.median(lined),
        plain_acts_per_s=statistics.median(plain),
        share_of_plain=statistics.median(a / b for a, b in zip(lined, plain, strict=True)),
        lines_sealed_per_s=_speed(lines, lambda: seal_lines(now=clock.now())),
        lines_verified_per_s=_speed(lines, verify),
    )


class _Bench:
    """Records to act on, and who acts."""

    def __init__(self) -> None:
        self._actor = Actor(account_id=new_id(), person_id=new_id(), position_id=new_id(), organ_id=new_id())
        self._series = f"bench/{new_id()}"
        self._records = [new_id() for _ in range(RECORDS)]
        self._next = 0
        with transaction.atomic():
            for record_id in self._records:
                self._index(record_id, TITLE)

    def round(self, acts: int, *, with_line: bool) -> float:
        """Do some acts; return how many a second."""
        return _speed(acts, lambda: [self._act(clock.now(), with_line=with_line) for _ in range(acts)])

    @transaction.atomic(durable=True)
    def _act(self, now: datetime, *, with_line: bool) -> None:
        record_id = self._records[self._next % RECORDS]
        self._next += 1
        entry = Entry.objects.select_for_update().get(kind=KIND, record_id=record_id)
        number = numbering.take_next(self._series, subject_id=record_id, at=now)
        entry.title = f"{number}/KH-UBND: {TITLE}"
        entry.save(update_fields=["title"])
        self._index(record_id, entry.title)
        app.configure_task("bench.nothing", queue="bench").defer(record_id=str(record_id))
        if with_line:
            journal.record("bench.numbered", subject_id=record_id, by=self._actor, at=now, number=number, type="KH")

    def _index(self, record_id: UUID, title: str) -> None:
        search.index(KIND, record_id, day=clock.today(), title=title, text="", audience=[record_id])


def _speed(count: int, work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return count / (time.perf_counter() - begin)
