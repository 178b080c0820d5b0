"""A process apart is started again as often as it dies; what it leaves behind does not grow."""

import atexit

import pytest

from congso.shared.files.apart import Apart


@pytest.fixture
def dying(tmp_path):
    """A program that dies of whatever it is asked."""
    program = tmp_path / "program.py"
    program.write_text("import sys; sys.stdin.readline()")
    return program


def test_who_dies_of_each_question_is_ended_once_at_the_end(dying, monkeypatch):
    registered = []
    monkeypatch.setattr(atexit, "register", registered.append)
    apart = Apart(dying)

    for _ in range(3):
        with pytest.raises((EOFError, OSError)):
            apart.ask({}, b"", seconds=20)

    assert len(registered) == 1
