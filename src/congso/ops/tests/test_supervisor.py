import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from congso.config import installation
from congso.ops import binaries, supervisor
from congso.ops.supervisor import EmbeddedServer, ServerNotStarted
from congso.ops.testing import FAST, sweep

SMALL = {**FAST, "shared_buffers": "16MB"}


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that an unprivileged server can reach (pytest's own is closed to it)."""
    with tempfile.TemporaryDirectory(prefix="congso-supervisor-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def server(folder: Path) -> Iterator[EmbeddedServer]:
    server = EmbeddedServer(folder, SMALL)
    yield server
    server.stop()
    server.end_orphan()


def ask(server: EmbeddedServer, query: str) -> object:
    with psycopg.connect(server.url, autocommit=True) as connection:
        row = connection.execute(query.encode()).fetchone()
        return row and row[0]


def fail_with(error: Exception) -> None:
    raise error


def await_end(server: EmbeddedServer) -> bool:
    deadline = time.monotonic() + 10
    while server.running_pid() is not None and time.monotonic() < deadline:
        time.sleep(0.02)
    return server.running_pid() is None


def test_data_outlive_a_stop_and_a_start(server):
    server.start()
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'Nông Cống'::text AS name")

    server.stop()
    assert server.running_pid() is None
    server.start()

    assert ask(server, "SELECT lower(name) FROM kept") == "nông cống"


def test_a_second_start_finds_the_first(server):
    assert server.start()

    assert not EmbeddedServer(server.folder, SMALL).start()


def test_it_comes_up_after_a_crash_with_what_was_committed(folder):
    server = EmbeddedServer(folder, {**SMALL, "synchronous_commit": "on"})
    server.start()
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    pid = server.running_pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    server._process.wait()

    recovered = EmbeddedServer(folder, SMALL)
    recovered.start()

    assert ask(recovered, "SELECT number FROM kept") == 7
    recovered.stop()


def test_a_stale_pid_that_another_program_got_is_no_obstacle(server):
    server.start()
    stale = (server.data / "postmaster.pid").read_text()
    server.stop()
    stranger = subprocess.Popen(["sleep", "60"])
    (server.data / "postmaster.pid").write_text(stale.replace(stale.split("\n", 1)[0], str(stranger.pid), 1))

    assert server.running_pid() is None
    assert server.start()
    stranger.kill()
    stranger.wait()


def test_an_initdb_that_was_interrupted_is_done_again(server):
    (server.folder / "postgres.partial").mkdir()
    (server.folder / "postgres.partial" / "PG_VERSION").write_text("18")

    assert server.start()


def test_a_path_too_long_for_a_socket_gets_one_elsewhere(folder):
    deep = folder / ("đ" * 40) / ("x" * 60)
    server = EmbeddedServer(deep, SMALL)

    server.start()

    assert server.socket_folder.parent != deep
    assert ask(server, "SELECT 1") == 1
    server.stop()
    server.socket_folder.rmdir()


def test_a_path_with_blanks_and_quotes_works(folder):
    server = EmbeddedServer(folder / "nhà ông 'Thử'", SMALL)

    server.start()

    assert server.running_pid() is not None
    server.stop()


def test_data_and_socket_are_closed_to_others(server):
    server.start()

    assert {stat.S_IMODE(path.stat().st_mode) for path in (server.data, server.socket_folder)} == {0o700}


def test_the_server_does_not_outlive_a_killed_parent(server):
    code = (
        "import sys, pathlib, time; from congso.ops.supervisor import EmbeddedServer;"
        "EmbeddedServer(pathlib.Path(sys.argv[1]), {'shared_buffers': '16MB', 'fsync': 'off'}).start();"
        "print('up', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(server.folder)], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"up\n"
        assert server.running_pid() is not None

        parent.kill()

    assert await_end(server)


def test_a_server_that_cannot_start_says_why(folder):
    server = EmbeddedServer(folder, {**SMALL, "shared_buffers": "no size"})

    with pytest.raises(ServerNotStarted, match="shared_buffers"):
        server.start()


def test_a_socket_folder_of_somebody_else_is_refused(folder):
    (folder / "run").symlink_to(folder)

    with pytest.raises(PermissionError):
        installation.make_private(folder / "run")


@pytest.mark.skipif(os.geteuid() != 0, reason="only a root process changes the user")
class TestAsRoot:
    def test_it_runs_as_an_unprivileged_user(self, server):
        server.start()

        assert Path(f"/proc/{server.running_pid()}").stat().st_uid == binaries.server_user().pw_uid != 0

    def test_a_folder_out_of_reach_is_named(self, folder):
        folder.chmod(0o700)

        with pytest.raises(ServerNotStarted, match="out of reach"):
            EmbeddedServer(folder / "data", SMALL).start()

    def test_programs_out_of_reach_are_copied_once(self, folder):
        copy = binaries.copy_for_server(binaries._installed(), folder / "lib")

        assert binaries.copy_for_server(Path("/nowhere"), folder / "lib") == copy
        version = subprocess.run([copy / "bin" / "postgres", "--version"], capture_output=True, text=True, check=True)
        assert "PostgreSQL" in version.stdout


def test_folders_of_dead_test_runs_are_swept(tmp_path):
    with subprocess.Popen(["true"]) as gone:
        gone.wait()
    dead, alive = tmp_path / f"congso-test-{gone.pid}-a", tmp_path / f"congso-test-{os.getpid()}-b"
    dead.mkdir()
    alive.mkdir()

    sweep(tmp_path)

    assert (dead.exists(), alive.exists()) == (False, True)


def test_a_server_that_was_killed_is_started_again_with_what_was_committed(server):
    server.start()
    with psycopg.connect(server.url) as connection:
        connection.execute("SET synchronous_commit = on")
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    killed = server.running_pid()
    os.kill(killed, signal.SIGKILL)
    server._process.wait(10)

    server.look_after()

    assert server.running_pid() not in {None, killed}
    assert ask(server, "SELECT one FROM kept") == 1


def test_a_server_that_lives_is_left_alone(server):
    server.start()
    pid = server.running_pid()

    server.look_after()

    assert server.running_pid() == pid


class TestStartingAgain:
    @pytest.fixture
    def killed(self, server, monkeypatch):
        """A server that ran and was killed."""
        monkeypatch.setattr(supervisor, "_PAUSE_SECONDS", 0.0)
        server.start()
        os.kill(server.running_pid(), signal.SIGKILL)
        server._process.wait(10)
        return server

    def test_one_that_did_not_answer_in_time_is_tried_again(self, killed, monkeypatch):
        with monkeypatch.context() as hurried:
            hurried.setattr(supervisor, "START_SECONDS", 0)
            killed.look_after()
        assert killed.running_pid() is None

        killed.look_after()

        assert ask(killed, "SELECT 1") == 1

    @pytest.mark.parametrize("error", [psycopg.OperationalError("died again"), OSError(28, "no space left")])
    def test_what_fails_on_the_way_is_told_and_tried_again(self, killed, monkeypatch, capsys, error):
        with monkeypatch.context() as failing:
            failing.setattr(EmbeddedServer, "_write_settings", lambda _self: fail_with(error))
            killed.look_after()
        assert str(error) in capsys.readouterr().err

        killed.look_after()

        assert ask(killed, "SELECT 1") == 1

    def test_a_long_recovery_is_not_waited_for_by_who_is_told_to_stop(self, killed, monkeypatch):
        monkeypatch.setattr(EmbeddedServer, "_connect", lambda _self: fail_with(psycopg.OperationalError()))
        looks = iter([False, False])

        killed.look_after(lambda: next(looks, True))

        killed.stop()
        assert killed.running_pid() is None

    def test_one_that_was_stopped_stays_so(self, server):
        server.start()
        server.stop()

        server.look_after()

        assert server.running_pid() is None
