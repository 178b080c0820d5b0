import threading
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congso.kernel.actor import Actor
from congso.kernel.errors import InvalidInput
from congso.shared import numbering
from congso.shared.journal.models import JournalLine
from congso.shared.numbering.commands import NumberNotInUse
from congso.shared.numbering.models import Counter, NumberState, NumberTaken

NOW = datetime(2023, 11, 29, 5, 0, tzinfo=UTC)
SERIES = "documents/0190/KH/2023"
PAPER = UUID(int=5)
CLERK = Actor(account_id=uuid4(), person_id=uuid4(), position_id=uuid4(), organ_id=uuid4())


def take(series=SERIES, subject_id=PAPER):
    return numbering.take_next(series, subject_id=subject_id, at=NOW)


@pytest.mark.django_db
class TestTakeNext:
    def test_numbers_run_from_one_in_each_series(self):
        assert [take(), take(), take("documents/0190/KH/2024"), take()] == [1, 2, 1, 3]

    def test_the_register_says_who_has_it(self):
        number = take()

        taken = NumberTaken.objects.get(series=SERIES, number=number)
        assert (taken.subject_id, taken.state, taken.taken_at, taken.reason) == (PAPER, NumberState.USED, NOW, "")

    def test_a_number_of_a_transaction_that_failed_is_given_again(self):
        take()
        with transaction.atomic():
            take()
            transaction.set_rollback(True)

        assert take() == 2

    def test_costs_two_queries(self, django_assert_num_queries):
        with django_assert_num_queries(2):
            take()

    @settings(
        max_examples=20, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(steps=st.lists(st.sampled_from(["take", "fail", "cancel"]), max_size=25))
    def test_whatever_happens_the_register_holds_one_to_n(self, steps):
        series = f"tests/{uuid4()}"
        given_numbers = []
        for step in steps:
            if step == "take":
                given_numbers.append(take(series))
            elif step == "fail":
                with transaction.atomic():
                    take(series)
                    transaction.set_rollback(True)
            elif given_numbers and not NumberTaken.objects.filter(series=series, number=given_numbers[-1]).exclude(
                state=NumberState.USED
            ):
                numbering.cancel(series, given_numbers[-1], reason="nhầm", by=CLERK, now=NOW)

        kept = NumberTaken.objects.filter(series=series).order_by("number").values_list("number", flat=True)
        assert given_numbers == list(kept) == list(range(1, len(given_numbers) + 1))


@pytest.mark.django_db(transaction=True)
class TestManyAtOnce:
    def test_two_clerks_get_two_numbers_without_a_gap(self):
        got, both_ready = [], threading.Barrier(2)

        def clerk():
            try:
                both_ready.wait(timeout=10)
                for turn in range(25):
                    with transaction.atomic():
                        number = take()
                        if turn % 5 == 4:
                            transaction.set_rollback(True)
                        else:
                            got.append(number)
            finally:
                connection.close()

        threads = [threading.Thread(target=clerk) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(got) == list(range(1, 41))
        assert Counter.objects.get(series=SERIES).last_number == 40

    def test_who_asks_later_waits_and_gets_the_number_that_was_given_back(self):
        held, got = threading.Event(), []

        def later():
            try:
                held.wait(timeout=10)
                with transaction.atomic():
                    got.append(take())
            finally:
                connection.close()

        thread = threading.Thread(target=later)
        thread.start()
        with transaction.atomic():
            first = take()
            held.set()
            thread.join(timeout=0.3)
            assert thread.is_alive()
            transaction.set_rollback(True)
        thread.join(timeout=10)

        assert (first, got) == (1, [1])


@pytest.mark.django_db
class TestCancel:
    def test_the_number_stays_with_its_reason_and_is_never_given_again(self):
        take()

        taken = numbering.cancel(SERIES, 1, reason="  Văn bản rút lại ", by=CLERK, now=NOW)

        taken.refresh_from_db()
        assert (taken.state, taken.reason, taken.cancelled_at) == (NumberState.CANCELLED, "Văn bản rút lại", NOW)
        assert take() == 2

    def test_leaves_a_line_without_the_reason(self):
        take()
        numbering.cancel(SERIES, 1, reason="Văn bản rút lại", by=CLERK, now=NOW)

        line = JournalLine.objects.get(subject_id=PAPER)
        assert (line.act, line.position_id) == ("numbering.cancelled", CLERK.position_id)
        assert line.facts == {"number": 1, "series": SERIES}

    def test_twice_is_refused(self):
        take()
        numbering.cancel(SERIES, 1, reason="nhầm", by=CLERK, now=NOW)

        with pytest.raises(NumberNotInUse, match="1"):
            numbering.cancel(SERIES, 1, reason="nhầm", by=CLERK, now=NOW)

    def test_a_number_that_was_never_given_is_refused(self):
        with pytest.raises(NumberNotInUse):
            numbering.cancel(SERIES, 1, reason="nhầm", by=CLERK, now=NOW)

    @pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
    def test_needs_a_reason(self, reason):
        take()

        with pytest.raises(InvalidInput):
            numbering.cancel(SERIES, 1, reason=reason, by=CLERK, now=NOW)


@pytest.mark.django_db
class TestTheDatabaseRefuses:
    def test_to_remove_a_number(self):
        take()

        with pytest.raises(IntegrityError, match="numbers_given_stay_in_the_register"):
            NumberTaken.objects.all().delete()

    def test_one_number_twice(self):
        take()

        with pytest.raises(IntegrityError, match="number_is_given_once_in_its_series"):
            NumberTaken.objects.create(series=SERIES, number=1, subject_id=PAPER, taken_at=NOW)

    def test_a_number_cancelled_without_a_reason(self):
        take()

        with pytest.raises(IntegrityError, match="number_is_cancelled_exactly_with_a_reason"):
            NumberTaken.objects.update(state=NumberState.CANCELLED, cancelled_at=NOW)
