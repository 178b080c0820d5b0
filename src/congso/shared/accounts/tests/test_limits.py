from datetime import UTC, datetime, timedelta

import pytest

from congso.shared.accounts.limits import (
    FAILURES_OF_A_PAIR,
    FAILURES_OF_AN_ACCOUNT,
    FAILURES_OF_AN_ADDRESS,
    TooManyAttempts,
    refuse_too_many,
)
from congso.shared.accounts.models import AttemptOutcome, LoginAttempt

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, 8, tzinfo=UTC)
HOME, OFFICE = "198.51.100.7", "203.0.113.5"


def try_times(times, *, username="chu.tich", address=OFFICE, at=AT, outcome=AttemptOutcome.FAILED):
    LoginAttempt.objects.bulk_create(
        LoginAttempt(username=username, address=address, at=at, outcome=outcome) for _ in range(times)
    )


def test_a_few_failures_are_let_through():
    try_times(FAILURES_OF_A_PAIR - 1)
    refuse_too_many("chu.tich", OFFICE, at=AT)


def test_an_account_at_one_address_waits_until_its_oldest_failure_is_a_quarter_of_an_hour_old():
    try_times(FAILURES_OF_A_PAIR, at=AT - timedelta(minutes=5))

    with pytest.raises(TooManyAttempts) as refusal:
        refuse_too_many("chu.tich", OFFICE, at=AT)

    assert refusal.value.facts["minutes"] == 10
    refuse_too_many("chu.tich", OFFICE, at=AT + timedelta(minutes=10))


def test_tries_that_were_refused_do_not_lengthen_the_wait():
    try_times(FAILURES_OF_A_PAIR - 1, at=AT - timedelta(minutes=1))
    try_times(50, outcome=AttemptOutcome.REFUSED)
    refuse_too_many("chu.tich", OFFICE, at=AT)


def test_failures_before_a_success_are_forgotten():
    try_times(FAILURES_OF_A_PAIR, at=AT - timedelta(minutes=3))
    try_times(1, at=AT - timedelta(minutes=2), outcome=AttemptOutcome.SUCCEEDED)
    refuse_too_many("chu.tich", OFFICE, at=AT)


def test_guesses_from_many_addresses_close_the_account_to_strangers_only():
    try_times(1, at=AT - timedelta(days=1), outcome=AttemptOutcome.SUCCEEDED)
    for number in range(FAILURES_OF_AN_ACCOUNT):
        try_times(1, address=f"198.51.100.{number + 10}")

    refuse_too_many("chu.tich", OFFICE, at=AT)
    with pytest.raises(TooManyAttempts):
        refuse_too_many("chu.tich", HOME, at=AT)


def test_an_office_behind_one_address_is_not_locked_out_by_guesses_from_within():
    try_times(1, username="van.thu", at=AT - timedelta(days=1), outcome=AttemptOutcome.SUCCEEDED)
    for number in range(FAILURES_OF_AN_ADDRESS):
        try_times(1, username=f"ten.{number}")

    refuse_too_many("van.thu", OFFICE, at=AT)
    with pytest.raises(TooManyAttempts):
        refuse_too_many("ten.moi", OFFICE, at=AT)


def test_limits_run_in_real_time_whatever_day_the_domain_clock_shows(settings):
    settings.CONGSO_CLOCK_OFFSET = -90_000_000.0
    try_times(FAILURES_OF_A_PAIR, at=datetime.now(UTC))
    with pytest.raises(TooManyAttempts):
        refuse_too_many("chu.tich", OFFICE, at=datetime.now(UTC))
