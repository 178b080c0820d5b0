import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from congso.kernel import clock
from congso.modules.documents.kinds import DocumentState
from congso.modules.documents.models import Document, Incoming
from congso.modules.documents.tests.worker import run_jobs
from congso.ops.bench import documents
from congso.ops.bench.measuring.posts import fill_posts
from congso.ops.bench.paperwork import office
from congso.ops.bench.paperwork.crews import seconds_of
from congso.ops.bench.paperwork.memory import Memory
from congso.ops.demo import staff
from congso.ops.demo.keys_to_the_door import PASSWORD
from congso.ops.scratch import DAY
from congso.shared.accounts.models import Account
from congso.shared.people.models import Position


class MemoryOf(Memory):
    def __init__(self, noted):
        super().__init__([])
        self._noted = noted


@pytest.mark.django_db
def test_the_office_takes_each_paper_from_draft_to_two_judged_arrivals(monkeypatch):
    monkeypatch.setattr(office, "sending", lambda: office.history.desks()[1][:2])
    with clock.at(DAY):
        documents.prepare()
        senders, district = office.sending(), office.history.desks()[0]
        (batch,) = office._batches(2, senders, district, first=1)

        for moved in batch.steps():
            if not moved:
                run_jobs()

    assert set(Document.objects.values_list("state", flat=True)) == {DocumentState.ISSUED}
    assert Incoming.objects.filter(verdict="passed").count() == 2 * office.RECEIVERS
    assert not ProcrastinateJob.objects.filter(status="todo", task_name__startswith="documents.").exists()


def test_the_outcome_says_what_was_reckoned_from_a_sample():
    references = (documents._Reference(18.0, 100.0), documents._Reference(22.0, 110.0))
    work = documents._Work(100.0, MemoryOf([100.0, 200.0, 200.0, 210.0]), {"workers": 120.0})

    outcome = documents._outcome(1_000, 10, work, references)

    assert outcome.inputs["year_is"] == "extrapolated from 1000 papers"
    assert outcome.results["cpu_ms_per_paper"] == {"workers": 120}
    assert {goal.name: (goal.value, goal.is_met) for goal in outcome.goals} == {
        "share_of_crypto": (0.5, True),
        "year_minutes": (19.5, True),
        "memory_growth": (1.05, True),
    }


def test_a_crew_takes_from_its_first_begin_to_its_last_end():
    assert seconds_of([{"begin": 10.0, "end": 15.0}, {"begin": 11.0, "end": 17.5}]) == 7.5


@pytest.mark.django_db
def test_every_post_is_filled_and_only_those_asked_for_get_accounts():
    fill_posts(has_account=lambda post: post.username == "vanhoa.thanglong")

    assert Position.objects.count() == len(list(staff.posts()))
    assert Account.objects.get().check_password(PASSWORD)
