from datetime import UTC, datetime, timedelta

import pytest

from congso.kernel.actor import Actor
from congso.kernel.ids import new_id
from congso.shared.journal.models import JournalLine
from congso.shared.keys.models import Key
from congso.shared.keys.pins import PinLocked, PinWrong, check_pin
from congso.shared.keys.tests.factories import NOW, PIN, enrolled_key

pytestmark = pytest.mark.django_db

OWNER = Actor(account_id=new_id(), person_id=new_id())


def try_pin(key, pin):
    try:
        check_pin(key.id, pin, by=OWNER, now=NOW)
    except (PinWrong, PinLocked) as refusal:
        return str(refusal)
    return "đúng"


def test_a_wrong_pin_says_how_many_tries_are_left_and_that_nothing_was_signed():
    assert try_pin(enrolled_key(), "000000") == "Mã PIN sai, còn 4 lần. Chưa văn bản nào được ký."


def test_five_wrong_ones_lock_the_key_even_for_the_right_one():
    key = enrolled_key()

    answers = [try_pin(key, "000000") for _ in range(5)]

    assert answers[3] == "Mã PIN sai, còn 1 lần. Chưa văn bản nào được ký."
    assert answers[4] == "Mã PIN sai 5 lần liền nên khóa ký tạm khóa, còn 15 phút. Chưa văn bản nào được ký."
    assert "tạm khóa, còn 15 phút" in try_pin(key, PIN)


def test_the_lock_ends_after_a_quarter_of_an_hour_of_real_time():
    key = enrolled_key()
    Key.objects.filter(id=key.id).update(locked_until=datetime.now(UTC) - timedelta(seconds=1))

    assert try_pin(key, PIN) == "đúng"
    assert Key.objects.get(id=key.id).locked_until is None


def test_the_right_one_forgives_the_wrong_ones_before():
    key = enrolled_key()
    for pin in ["000000"] * 4 + [PIN]:
        try_pin(key, pin)

    assert try_pin(key, "000000") == "Mã PIN sai, còn 4 lần. Chưa văn bản nào được ký."


def test_a_refusal_leaves_a_line_without_the_pin():
    key = enrolled_key()

    try_pin(key, "000000")

    line = JournalLine.objects.get(subject_id=key.id, act="keys.pin_refused")
    assert line.facts == {"tries_left": 4}
