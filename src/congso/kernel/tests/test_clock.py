from datetime import UTC, date, datetime

from congso.kernel import clock


def test_the_day_is_the_day_of_hanoi():
    assert clock.day_of(datetime(2026, 12, 31, 17, 0, tzinfo=UTC)) == date(2027, 1, 1)
    assert clock.day_of(datetime(2026, 12, 31, 16, 59, tzinfo=UTC)) == date(2026, 12, 31)


def test_the_clock_runs_at_the_installations_offset(settings):
    settings.CONGSO_CLOCK_OFFSET = -86400.0

    behind = datetime.now(UTC) - clock.now()

    assert 86399 < behind.total_seconds() < 86401


def test_a_held_clock_stands_still_and_is_let_go():
    noon = datetime(2023, 11, 29, 5, tzinfo=UTC)

    with clock.at(noon):
        assert (clock.now(), clock.today()) == (noon, date(2023, 11, 29))

    assert clock.now() > noon
