import os
from pathlib import Path

import pytest

from congso.ops.binaries import may_reach, server_user
from congso.ops.installed import Installation, InUse


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch, tmp_path):
    monkeypatch.delenv("CONGSO_DATA", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)


def test_the_folder_that_is_named_is_taken(monkeypatch, tmp_path):
    monkeypatch.setenv("CONGSO_DATA", str(tmp_path / "here"))

    assert Installation.default("office").folder == tmp_path / "here"


@pytest.mark.skipif(os.geteuid() != 0, reason="only a root process needs another user")
class TestAsRoot:
    def test_a_closed_home_is_avoided(self):
        found = Installation.default("demo").folder

        assert found.is_relative_to("/var/lib/congso")
        assert may_reach(found / "postgres", server_user())

    def test_with_another_server_the_usual_folder_does(self, monkeypatch, tmp_path):
        monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/congso")

        assert Installation.default("demo").folder == tmp_path / "var" / "demo"


def test_facts_are_remembered_beside_each_other(tmp_path):
    installed = Installation(tmp_path, "demo")

    installed.remember(first=1)
    installed.remember(second=2)

    assert installed.facts() == {"kind": "demo", "first": 1, "second": 2}


def test_who_finds_it_held_learns_the_address(tmp_path):
    installed = Installation(tmp_path, "demo")

    with installed.held():
        installed.announce("http://127.0.0.1:8000/")
        with pytest.raises(InUse) as refused, Installation(tmp_path, "demo").held():
            pass

    assert refused.value.address == "http://127.0.0.1:8000/"


def test_a_hold_that_ended_leaves_no_address(tmp_path):
    installed = Installation(tmp_path, "demo")
    with installed.held():
        installed.announce("http://127.0.0.1:8000/")

    with installed.held(), pytest.raises(InUse) as refused, installed.held():
        pass

    assert refused.value.address is None


def test_the_demo_is_found_where_no_office_is(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/congso")
    demo = tmp_path / "var" / "demo"
    demo.mkdir(parents=True)
    (demo / "clock.json").write_text("{}")

    assert Installation.present() == Installation(Path(demo), "demo")
