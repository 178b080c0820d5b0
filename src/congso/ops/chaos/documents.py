"""Kill web, worker and database while papers are written, signed, issued and registered; then compare."""

import json
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from congso.ops.bench import documents as bench
from congso.ops.bench.measuring.load import Visitor, answers
from congso.ops.bench.paperwork import office
from congso.ops.bench.paperwork.crews import Crew
from congso.ops.chaos.browsing import read_logs
from congso.ops.chaos.comparing import Compared, compare
from congso.ops.chaos.killing import Reaper
from congso.ops.demo import history, staff
from congso.ops.demo.keys_to_the_door import PASSWORD
from congso.ops.runner import Runner, web, worker
from congso.ops.serving import free_port
from congso.ops.supervisor import EmbeddedServer
from congso.ops.telling import step, tell
from congso.shared.areas import locality as areas
from congso.shared.organs.locality import organ_id
from congso.shared.people.models import Rank, Role

KILLS: Final = 100
SECONDS_BETWEEN_KILLS: Final = 3.0
COMMITTEES: Final = 3
MOST_PROBLEMS_SHOWN: Final = 50
_PATIENCE_SECONDS: Final = 600.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What died how often, and what the comparison found."""

    kills: Mapping[str, int]
    seconds: float
    compared: Compared


def run(kills: int, server: EmbeddedServer, *, seed: int) -> Outcome:
    """Kill ``kills`` times under load on the scratch installation that is set up, let it come to rest, compare."""
    begun = time.monotonic()
    call_command("collectstatic", interactive=False, verbosity=0)
    folder: Path = settings.DATA_FOLDER / "chaos"
    port = free_port()
    with step("Đặt đơn vị, người, tài khoản, chứng thư"):
        crew = _crew(folder, port)
    programs = [web(port, 2), worker(1), worker(2)]
    reaper = Reaper(webs=programs[:1], workers=programs[1:], server=server, seed=seed)
    connection.close()
    with Runner(programs, settings.DATA_FOLDER / "log", server) as runner:
        _until(runner, answers(Visitor(port), reverse("accounts:login")))
        with crew:
            _until(runner, crew.is_ready)
            crew.start()
            with step(f"Giết {kills} lần trong lúc làm việc"):
                killed = _kill(runner, crew, reaper, kills)
            with step("Đợi làm xong những gì đã bắt đầu"):
                _come_to_rest(runner, crew, folder)
    with step("So sánh"):
        found = compare(read_logs(folder), receivers=office.RECEIVERS)
    return Outcome(killed, time.monotonic() - begun, found)


def report(outcome: Outcome, *, seed: int) -> list[str]:
    """Return what is told: what was killed, what was acknowledged, what differs."""
    found = outcome.compared
    killed = ", ".join(f"{times} {what}" for what, times in sorted(outcome.kills.items()))
    noted = ", ".join(f"{times} {what}" for what, times in sorted(found.acknowledged.items()))
    lines = [
        f"Đã giết {sum(outcome.kills.values())} lần trong {outcome.seconds:.0f} giây (seed {seed}): {killed}.",
        f"Người dùng đã được báo xong: {noted}.",
        f"Có {found.papers} văn bản, {found.arrivals} lượt đến, {found.signatures} chữ ký.",
        *(f"✗ {problem}" for problem in found.problems[:MOST_PROBLEMS_SHOWN]),
    ]
    if len(found.problems) > MOST_PROBLEMS_SHOWN:
        lines.append(f"✗ … và {len(found.problems) - MOST_PROBLEMS_SHOWN} chỗ khác nữa.")
    if not found.problems:
        lines.append("✓ Không mất gì, không lặp gì; nhật ký, số, lượt đến và mọi chữ ký đều khớp.")
    return lines


def _crew(folder: Path, port: int) -> Crew:
    """Fill the posts, and tell each member who it is."""
    committees = [organ_id("ubnd", commune) for commune in areas.communes()[: COMMITTEES + 1]]
    district = organ_id("ubnd", areas.district())
    bench.prepare(accounts_in={district, *committees})
    usernames = {(post.organ, post.role, post.rank): post.username for post in reversed(staff.posts())}
    desks = {desk.organ: desk for desk in history.desks()[1]}

    def of(organ: UUID, role: Role, rank: Rank = Rank.MEMBER) -> str:
        return usernames[organ, role, rank]

    members = [
        {
            "organ": str(organ),
            "signatory": str(desks[organ].chair),
            "receivers": [str(district), str(neighbour)],
            "author": of(organ, Role.SPECIALIST),
            "chair": of(organ, Role.LEADER, Rank.HEAD),
            "clerk": of(organ, Role.RECORDS_CLERK),
        }
        for organ, neighbour in pairwise(committees)
    ]
    facts = {
        "port": port,
        "password": PASSWORD,
        "receiver": of(district, Role.RECORDS_CLERK),
        "committees": members,
    }
    folder.mkdir(parents=True)
    (folder / "facts.json").write_text(json.dumps(facts))
    return Crew("congso.ops.chaos.office", folder, len(members) + 1, papers=0)


def _kill(runner: Runner, crew: Crew, reaper: Reaper, kills: int) -> Mapping[str, int]:
    killed: Counter[str] = Counter()
    due = time.monotonic() + reaper.seconds_to_next(SECONDS_BETWEEN_KILLS)

    def is_over() -> bool:
        nonlocal due
        crew.check()
        if time.monotonic() >= due:
            what = reaper.kill()
            if what:
                killed[what] += 1
                tell(f"  {killed.total()}/{kills}: {what}")
            due = time.monotonic() + reaper.seconds_to_next(SECONDS_BETWEEN_KILLS)
        return killed.total() >= kills

    _until(runner, is_over)
    return killed


def _come_to_rest(runner: Runner, crew: Crew, folder: Path) -> None:
    (folder / "stop").touch()
    deadline = time.monotonic() + _PATIENCE_SECONDS
    _until(runner, lambda: crew.are_done(COMMITTEES) or time.monotonic() > deadline)
    _until(runner, lambda: _is_quiet() or time.monotonic() > deadline)
    (folder / "end").touch()
    _until(runner, lambda: crew.is_done() or time.monotonic() > deadline)
    _until(runner, lambda: _is_quiet() or time.monotonic() > deadline)


def _is_quiet() -> bool:
    return not ProcrastinateJob.objects.filter(
        status__in=["todo", "doing"], queue_name__in=["documents", "signing"]
    ).exists()


def _until(runner: Runner, is_over: Callable[[], bool]) -> None:
    if not runner.look_after_until(is_over):
        raise KeyboardInterrupt
