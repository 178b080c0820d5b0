import unicodedata
from datetime import UTC, datetime

import pytest

from congso.shared.accounts.limits import FAILURES_OF_A_PAIR, TooManyAttempts
from congso.shared.accounts.models import AttemptOutcome, LoginAttempt
from congso.shared.accounts.sign_in import AccountLocked, WrongPassword, sign_in
from congso.shared.accounts.tests.factories import PASSWORD, AccountFactory
from congso.shared.accounts.tests.moments import NOON
from congso.shared.journal.models import JournalLine

pytestmark = pytest.mark.django_db


def enter(username, password=PASSWORD):
    return sign_in(username, password, address="203.0.113.5", now=NOON, real_now=datetime.now(UTC))


def test_name_and_password_open_the_account_and_leave_a_line():
    account = AccountFactory()

    assert enter(account.username) == account

    line = JournalLine.objects.get(subject_id=account.id)
    assert (line.act, line.at, line.person_id) == ("accounts.signed_in", NOON, account.person_id)
    assert LoginAttempt.objects.get().outcome == AttemptOutcome.SUCCEEDED


def test_a_name_typed_in_capitals_with_spaces_is_the_same_name():
    account = AccountFactory(username="van.thu")
    assert enter("  Van.Thu ") == account


def test_a_password_typed_by_another_input_method_is_the_same_password():
    account = AccountFactory()
    assert enter(account.username, unicodedata.normalize("NFD", PASSWORD)) == account


@pytest.mark.parametrize("password", ["sai", "", PASSWORD.upper()])
def test_a_wrong_password_is_refused_and_kept_on_the_record(password):
    account = AccountFactory()

    with pytest.raises(WrongPassword):
        enter(account.username, password)

    assert LoginAttempt.objects.get().outcome == AttemptOutcome.FAILED
    assert not JournalLine.objects.exists()


def test_an_unknown_name_is_refused_like_a_wrong_password():
    with pytest.raises(WrongPassword):
        enter("khong.co")


def test_a_locked_account_says_so_only_to_who_knows_the_password():
    account = AccountFactory(is_active=False)
    with pytest.raises(AccountLocked):
        enter(account.username)
    with pytest.raises(WrongPassword):
        enter(account.username, "sai")


def test_an_account_without_a_password_opens_with_none():
    account = AccountFactory(password="!unusable")
    with pytest.raises(WrongPassword):
        enter(account.username, "!unusable")


def test_after_too_many_failures_even_the_right_password_waits():
    account = AccountFactory()
    for _ in range(FAILURES_OF_A_PAIR):
        with pytest.raises(WrongPassword):
            enter(account.username, "sai")

    with pytest.raises(TooManyAttempts):
        enter(account.username)

    assert LoginAttempt.objects.filter(outcome=AttemptOutcome.REFUSED).count() == 1
