import pytest

from congso.ops.bench.journal import measure
from congso.shared.journal.models import JournalLine, Seal


@pytest.mark.django_db(transaction=True)
def test_half_of_the_acts_leave_a_line_and_all_lines_are_sealed():
    measured = measure(rounds=2, acts_in_a_round=3)

    assert JournalLine.objects.filter(act="bench.numbered").count() == 9
    assert sum(Seal.objects.values_list("line_count", flat=True)) == 9
    assert measured.share_of_plain > 0
    assert measured.lines_verified_per_s > 0
