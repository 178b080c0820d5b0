"""A year's papers of the locality, draft to arrival, through the real commands and workers, beside bare cryptography.

Each paper of three pages is drafted, signed by its leader, numbered, sealed, issued to two organs and validated on
arrival. The reference does the same to the same papers without database, jobs, rights or journal, on all cores, before
and after the office's work in the same run.
"""

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Final
from uuid import UUID

from django.conf import settings

from congso.ops.bench import Goal, Outcome
from congso.ops.bench.measuring.posts import fill_posts
from congso.ops.bench.paperwork import office, processor, words
from congso.ops.bench.paperwork.crews import Crew, seconds_of
from congso.ops.bench.paperwork.memory import Memory
from congso.ops.demo import staff
from congso.ops.runner import Runner, worker
from congso.ops.supervisor import EmbeddedServer
from congso.ops.telling import step

YEAR: Final = 11_703
SAMPLE: Final = 1_200
WHOLE: Final = YEAR / SAMPLE
REFERENCE: Final = 120
CREW: Final = 2
_MINUTE: Final = 60


@dataclass(frozen=True, slots=True)
class _Reference:
    """The reference's papers a second, and what one costs the processor."""

    per_s: float
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class _Work:
    """The office's work: how long it took, what the workers held, the processor's seconds by program."""

    seconds: float
    memory: Memory
    processor: Mapping[str, float]


def run(scale: float) -> Outcome:
    """Make a sample of the year's papers; ``WHOLE`` as the scale makes all of them."""
    papers = min(YEAR, max(2 * CREW, round(SAMPLE * scale)))
    reference = "congso.ops.bench.paperwork.reference"
    compared = max(2 * CREW, round(REFERENCE * min(1.0, scale)))
    folder = settings.DATA_FOLDER / "bench"
    with step("Đặt đơn vị, người, chứng thư"):
        prepare()
    with step(f"Đối chứng: {compared} văn bản chỉ dựng, ký, điền, kiểm tra"):
        before = _alone(Crew(reference, folder / "before", CREW, compared))
    with step(f"Làm {papers} văn bản từ dự thảo đến khi nơi nhận kiểm tra xong"):
        work = _at_work(Crew("congso.ops.bench.paperwork.office", folder / "office", CREW, papers))
    with step(f"Đối chứng lần hai: {compared} văn bản"):
        after = _alone(Crew(reference, folder / "after", CREW, compared))
    return _outcome(papers, compared, work, (before, after))


def prepare(*, accounts_in: Collection[UUID] = ()) -> None:
    """Fill the posts of the locality; the communes that write get keys, those in ``accounts_in`` accounts."""
    fill_posts(has_account=lambda post: post.organ in accounts_in)
    for desk in office.sending():
        staff.enrol_desk(desk.organ, desk.chair)


def _alone(crew: Crew) -> _Reference:
    """Let the crew work with nothing beside it."""
    with crew, Runner([], crew.folder) as runner:
        _until(runner, crew.is_ready)
        crew.start()
        _until(runner, crew.is_done)
        results = crew.results()
        spent = sum(found["cpu"] for found in results)
        return _Reference(crew.papers / seconds_of(results), 1000 * spent / crew.papers)


def _at_work(crew: Crew) -> _Work:
    workers = [worker(number) for number in range(1, CREW + 1)]
    memory = Memory(workers)
    logs: Path = settings.DATA_FOLDER / "log"
    with Runner(workers, logs) as runner, crew:
        _until(runner, crew.is_ready)
        programs: dict[str, list[int | None]] = {
            "workers": [found.pid for found in workers],
            "clients": [*crew.pids()],
            "database": [_database()],
        }
        before = {name: processor.seconds_of(pids) for name, pids in programs.items()}
        crew.start()
        _until(runner, lambda: memory.noted() and crew.is_done())
        spent = {name: processor.seconds_of(pids) - before[name] for name, pids in programs.items()}
        return _Work(seconds_of(crew.results()), memory, spent)


def _database() -> int | None:
    return EmbeddedServer(settings.DATA_FOLDER, {}).running_pid()


def _until(runner: Runner, is_over: Callable[[], bool]) -> None:
    if not runner.look_after_until(is_over):
        raise KeyboardInterrupt


def _outcome(papers: int, compared: int, work: _Work, references: Sequence[_Reference]) -> Outcome:
    speed, reference = papers / work.seconds, fmean(found.per_s for found in references)
    minutes = round(YEAR / speed / _MINUTE, 1)
    return Outcome(
        inputs={
            "papers": papers,
            "year": YEAR,
            "year_is": "measured whole" if papers == YEAR else f"extrapolated from {papers} papers",
            "receivers": office.RECEIVERS,
            "papers_in_a_batch": office.PAPERS_IN_A_BATCH,
            "workers": CREW,
            "clients": CREW,
            "reference_papers": compared,
            "reference_processes": CREW,
            "cores": len(os.sched_getaffinity(0)),
            "type": words.TYPE,
        },
        results={
            "papers_per_s": round(speed, 2),
            "seconds": round(work.seconds, 1),
            "reference_per_s": round(reference, 2),
            "reference_per_s_before_and_after": [round(found.per_s, 2) for found in references],
            "worker_mb": work.memory.megabytes(),
            "reference_cpu_ms_per_paper": round(fmean(found.cpu_ms for found in references)),
            "cpu_ms_per_paper": {name: round(1000 * spent / papers) for name, spent in work.processor.items()},
        },
        goals=(
            Goal("share_of_crypto", round(speed / reference, 3), 0.4, "phần của đối chứng", "at_least"),
            Goal("year_minutes", minutes, 25, "phút", "at_most"),
            Goal("memory_growth", work.memory.growth(), 1.1, "lần", "at_most"),
        ),
    )
