import pytest

from congso.modules.documents.tests.worker import forget_jobs
from congso.ops.bench import journal
from congso.shared.journal.models import JournalLine, Seal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_jobs_left(transactional_db):
    """Leave none of the bench's jobs to tests that run after these: no worker knows them there."""
    yield
    forget_jobs()


def test_half_of_the_acts_leave_a_line_and_all_lines_are_sealed():
    measured = journal.measure(rounds=2, acts_in_a_round=3)

    assert JournalLine.objects.filter(act="bench.numbered").count() == 9
    assert sum(Seal.objects.values_list("line_count", flat=True)) == 9
    assert measured.share_of_plain > 0
    assert measured.lines_verified_per_s > 0


def test_a_run_says_its_goal(monkeypatch):
    monkeypatch.setattr(journal, "ACTS_IN_A_ROUND", 2)
    monkeypatch.setattr(journal, "RECORDS", 3)

    outcome = journal.run(0.001)

    assert outcome.inputs["rounds"] == 2
    assert [(goal.name, goal.goal, goal.sense) for goal in outcome.goals] == [("share_of_plain", 0.8, "at_least")]
