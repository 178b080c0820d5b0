import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from congso.ops import runner
from congso.ops.runner import Program, Runner, status_at, web


@pytest.fixture(autouse=True)
def _signals():
    """Give back what the runner takes."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def after(seconds: float):
    deadline = time.monotonic() + seconds
    return lambda: time.monotonic() > deadline


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z"
    except FileNotFoundError:
        return False


def await_gone(pid: int) -> bool:
    deadline = time.monotonic() + 10
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not is_alive(pid)


def test_what_a_program_says_goes_to_its_log(tmp_path):
    program = Program("talker", "Người nói", python("import time; print('xin chào', flush=True); time.sleep(60)"))
    log = tmp_path / "talker.log"

    with Runner([program], tmp_path) as runner:
        runner.look_after_until(lambda: log.exists() and "xin chào" in log.read_text())

    assert "xin chào" in log.read_text()


def test_a_program_that_died_is_started_again(tmp_path):
    program = Program("mortal", "Người mau quên", python("print('born', flush=True)"))
    log = tmp_path / "mortal.log"

    with Runner([program], tmp_path) as runner:
        runner.look_after_until(lambda: log.exists() and log.read_text().count("born") > 1)

    assert log.read_text().count("born") > 1


def test_a_program_that_keeps_dying_waits_longer_each_time(tmp_path):
    program = Program("mortal", "Người mau quên", ["/bin/false"])

    with Runner([program], tmp_path) as runner:
        runner.look_after_until(after(1))
        first = program._pause
        runner.look_after_until(lambda: program._pause > first)

    assert program._pause == 2 * first


def test_a_signal_ends_the_watch_and_all_programs(tmp_path):
    program = Program("sleeper", "Người ngủ", python("import time; time.sleep(60)"))

    with Runner([program], tmp_path) as runner:
        assert program._process is not None
        pid = program._process.pid
        os.kill(os.getpid(), signal.SIGTERM)

        assert not runner.look_after_until()

    assert not is_alive(pid)


def test_a_server_that_recovers_learns_that_nobody_waits_any_more(tmp_path):
    class Recovering:
        def look_after(self, is_told_to_stop):
            os.kill(os.getpid(), signal.SIGTERM)
            deadline = time.monotonic() + 10
            while not is_told_to_stop() and time.monotonic() < deadline:
                time.sleep(0.01)
            self.was_told = is_told_to_stop()

    server = Recovering()
    with Runner([], tmp_path, server) as runner:
        assert not runner.look_after_until()

    assert server.was_told


def test_programs_do_not_outlive_a_killed_runner(tmp_path):
    code = (
        "import sys, pathlib; from congso.ops.runner import Program, Runner\n"
        "program = Program('sleeper', 'Người ngủ', ['sleep', '60'])\n"
        "with Runner([program], pathlib.Path(sys.argv[1])) as runner:\n"
        "    print(program._process.pid, flush=True); runner.look_after_until()"
    )
    with subprocess.Popen([*python(code), str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as runner:
        assert runner.stdout is not None
        child = int(runner.stdout.readline())
        # The leash is on once the program runs in place of it.
        deadline = time.monotonic() + 10
        while Path(f"/proc/{child}/comm").read_text() != "sleep\n" and time.monotonic() < deadline:
            time.sleep(0.02)

        runner.kill()

    assert await_gone(child)


def test_a_program_that_lives_and_does_not_answer_is_started_afresh(tmp_path, monkeypatch):
    monkeypatch.setattr("congso.ops.runner._ASKED_EVERY_SECONDS", 0.0)
    monkeypatch.setattr("congso.ops.runner._MUTE_SECONDS", 0.3)
    mute = Program("mute", "Người câm", python("import time; time.sleep(60)"), answers=lambda: False)

    with Runner([mute], tmp_path) as runner:
        first = mute.pid
        runner.look_after_until(lambda: mute.pid not in {first, None})

        assert not is_alive(first)


class TestWhetherTheSiteAnswers:
    @pytest.fixture
    def door(self):
        with socket.create_server(("127.0.0.1", 0)) as door:
            yield door

    def test_a_connection_that_the_kernel_takes_is_no_answer(self, door, monkeypatch):
        monkeypatch.setattr(runner, "_ANSWER_SECONDS", 0.2)
        port = door.getsockname()[1]
        socket.create_connection(("127.0.0.1", port)).close()

        assert not web(port, 1).answers()

    def test_any_status_is_one(self, door):
        def answer():
            visitor, _address = door.accept()
            with visitor:
                visitor.recv(1000)
                visitor.sendall(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")

        threading.Thread(target=answer).start()

        assert status_at(door.getsockname()[1], "/") == 503

    def test_the_file_that_it_is_asked_for_is_there(self):
        assert finders.find(runner._FILE.removeprefix("/static/"))
