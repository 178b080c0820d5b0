"""Runs the processes of one installation, brings back the one that died, and stops all when told."""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Protocol, Self

from congso.ops import leash
from congso.ops.telling import tell

LOG_BYTES = 10_000_000
_TICK_SECONDS = 0.2
# A program that was told while it was still starting may have missed it; it is told again.
_TOLD_AGAIN_SECONDS = 4.0
_STOP_SECONDS = 16.0
_LONGEST_PAUSE = 30.0
_ASKED_EVERY_SECONDS = 5.0
_MUTE_SECONDS = 60.0
# Who ran this long before dying was past its start, and starts afresh with the shortest pause.
_STEADY_SECONDS = 10.0
_ANSWER_SECONDS = 5.0
# Served by the site's own threads, without the database: while that recovers, a site started afresh helps nobody.
_FILE = "/static/ui/mark.svg"


@dataclass(slots=True)
class Program:
    """One process to keep alive.

    :param name: of its log file.
    :param label: in Vietnamese, for the messages.
    :param answers: whether it does its work; one that lives and has not answered for a minute is started afresh.
    """

    name: str
    label: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    answers: Callable[[], bool] | None = None
    _process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    _started: float = field(default=0.0, init=False)
    _pause: float = field(default=1.0, init=False)
    _due: float = field(default=0.0, init=False)
    _asked: float = field(default=0.0, init=False)
    _answered: float = field(default=0.0, init=False)

    @property
    def pid(self) -> int | None:
        """The process that runs now; None while there is none."""
        return self._process.pid if self._process is not None else None

    def start(self, logs: Path) -> None:
        """Start it, on a leash and in a session of its own, so that Ctrl-C comes to us only."""
        path = logs / f"{self.name}.log"
        if path.exists() and path.stat().st_size > LOG_BYTES:
            path.replace(path.with_suffix(".log.1"))
        with path.open("ab") as log:
            self._process = subprocess.Popen(
                leash.command(self.command, stop=signal.SIGTERM),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **self.environment},
                start_new_session=True,
            )
        self._started = time.monotonic()

    def look_after(self, logs: Path) -> None:
        """Start it again if it died, after a pause that doubles while it keeps dying."""
        now = time.monotonic()
        if self._process is None:
            if now >= self._due:
                self.start(logs)
            return
        code = self._process.poll()
        if code is None:
            self._end_if_mute(now)
            return
        self.kill()
        self._pause = 1.0 if now - self._started > _STEADY_SECONDS else min(self._pause * 2, _LONGEST_PAUSE)
        self._due = now + self._pause
        tell(
            f"! {self.label} dừng đột ngột (mã {code}); chạy lại sau {self._pause:.0f} giây. Xem {logs}/{self.name}.log"
        )

    def _end_if_mute(self, now: float) -> None:
        if self.answers is None or now < self._asked + _ASKED_EVERY_SECONDS:
            return
        self._asked = now
        if self.answers():
            self._answered = now
        elif now - max(self._answered, self._started) > _MUTE_SECONDS:
            tell(f"! {self.label} không trả lời nữa; dừng hẳn và chạy lại.")
            self._kill_session()

    def ask_to_stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def await_end(self, deadline: float) -> None:
        """Wait for its end until ``deadline`` (monotonic)."""
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(max(0.0, deadline - time.monotonic()))

    def end(self) -> None:
        """End what still runs, by force."""
        if self._process is not None and self._process.poll() is None:
            tell(f"! {self.label} chưa chịu dừng; dừng hẳn.")
        self.kill()

    def kill(self) -> None:
        """End what is left of its session and reap it."""
        if self._process is None:
            return
        self._kill_session()
        self._process.wait()
        self._process = None

    def _kill_session(self) -> None:
        if self.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)


class LookedAfter(Protocol):
    """What is started again when it died."""

    def look_after(self, is_told_to_stop: Callable[[], bool]) -> None: ...


class Runner:
    """Keeps programs alive until SIGINT or SIGTERM."""

    def __init__(self, programs: Sequence[Program], logs: Path, server: LookedAfter | None = None) -> None:
        """Keep ``programs`` alive, and before them the ``server`` that all of them need and that runs already."""
        self.programs = list(programs)
        self._server = server
        self.logs = logs
        self._is_told_to_stop = False

    def __enter__(self) -> Self:
        self.logs.mkdir(parents=True, exist_ok=True)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        for program in self.programs:
            program.start(self.logs)
        return self

    def __exit__(self, *_error: object) -> None:
        for seconds in (_TOLD_AGAIN_SECONDS, _STOP_SECONDS):
            for program in self.programs:
                program.ask_to_stop()
            deadline = time.monotonic() + seconds
            for program in self.programs:
                program.await_end(deadline)
        for program in self.programs:
            program.end()

    def add(self, program: Program) -> None:
        """Start one more and keep it alive with the others."""
        program.start(self.logs)
        self.programs.append(program)

    def look_after_until(self, is_over: Callable[[], bool] = lambda: False) -> bool:
        """Look after the programs; return False when told to stop, True when ``is_over`` says so."""
        while not self._is_told_to_stop:
            if self._server is not None:
                self._server.look_after(lambda: self._is_told_to_stop)
            for program in self.programs:
                program.look_after(self.logs)
            if is_over():
                return True
            time.sleep(_TICK_SECONDS)
        return False

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._is_told_to_stop = True


def web(port: int, workers: int) -> Program:
    """Return the web server: as many processes as ``workers``, each serving one request at a time."""
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "1", "--backlog", "1024", "--log-level", "warning"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "10", "congso.config.wsgi:application"),
    ]
    return Program("web", "Máy chủ trang", command, answers=lambda: status_at(port, _FILE) is not None)


def status_at(port: int, path: str) -> int | None:
    """Return the status with which the site of this machine answers; None if it does not within five seconds.

    A connection alone says nothing: the kernel takes it for a process that hangs.
    """
    front = http.client.HTTPConnection("127.0.0.1", port, timeout=_ANSWER_SECONDS)
    try:
        front.request("GET", path)
        return front.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        front.close()


def worker(number: int = 1) -> Program:
    """Return a process that does the jobs of all queues, the ``number``-th of its kind."""
    return Program(
        "worker" if number == 1 else f"worker-{number}",
        "Tiến trình xử lý việc nền",
        [sys.executable, "-c", "from congso.ops.worker import main; main()"],
        # Threads that take turns would else each keep memory of their own.
        {"MALLOC_ARENA_MAX": "2"},
    )
