import json
from datetime import UTC, datetime, timedelta

import pytest

from congso.config import installation
from congso.ops import held_clock

START = datetime(2023, 11, 29, 0, 30, tzinfo=UTC)


def shown(folder):
    return datetime.now(UTC) + timedelta(seconds=installation.clock_offset(folder))


def off_by(folder, moment):
    return abs((shown(folder) - moment).total_seconds())


def test_a_new_demo_starts_at_the_given_moment(tmp_path):
    held_clock.wind(tmp_path, start=START)

    assert off_by(tmp_path, START) < 2


def test_it_goes_on_where_it_stopped_however_long_it_stood(tmp_path):
    stopped = START + timedelta(hours=5)
    (tmp_path / "clock.json").write_text(json.dumps({"offset_seconds": -1, "noted_at": stopped.isoformat()}))

    held_clock.wind(tmp_path, start=START)

    assert off_by(tmp_path, stopped) < 2


@pytest.mark.parametrize("is_last", [True, False])
def test_it_never_goes_back(tmp_path, is_last):
    held_clock.wind(tmp_path, start=START)
    held_clock.note(tmp_path, is_last=is_last)
    before = shown(tmp_path)

    held_clock.resume(tmp_path)

    assert shown(tmp_path) >= before


def test_a_real_installation_gets_no_clock(tmp_path):
    held_clock.resume(tmp_path)
    held_clock.note(tmp_path)

    assert list(tmp_path.iterdir()) == []
    assert installation.clock_offset(tmp_path) == 0
