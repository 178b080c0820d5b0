from uuid import UUID, uuid4

import pytest
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.shared import journal
from congso.shared.journal import acts
from congso.shared.journal.queries import lines_about
from congso.shared.journal.tests.factories import NOON

PAPER, OTHER = UUID(int=1), UUID(int=2)
CLERK = Actor(account_id=uuid4(), person_id=uuid4(), position_id=uuid4(), organ_id=uuid4())


@pytest.fixture(autouse=True)
def _acts(monkeypatch):
    monkeypatch.setattr(acts, "_phrases", {})


class TestPhraseOf:
    def test_facts_fill_the_phrase_and_days_are_vietnamese(self):
        acts.register("papers.numbered", _("cấp số %(number)s ngày %(day)s"))

        assert acts.phrase_of("papers.numbered", {"number": 15, "day": "2023-11-29"}) == "cấp số 15 ngày 29/11/2023"

    def test_a_function_may_say_more(self):
        acts.register("papers.sent", lambda facts: f"gửi {len(facts['to'])} nơi")

        assert acts.phrase_of("papers.sent", {"to": ["a", "b"]}) == "gửi 2 nơi"

    def test_an_unknown_act_gets_a_general_phrase(self):
        assert acts.phrase_of("papers.eaten", {}) == "làm một việc (mã papers.eaten)"
        assert not acts.is_registered("papers.eaten")

    def test_a_fact_of_another_release_that_is_missing_does_not_break_the_page(self):
        acts.register("papers.numbered", "cấp số %(number)02d")

        assert acts.phrase_of("papers.numbered", {}) == "cấp số …"


@pytest.mark.django_db
class TestLinesAbout:
    def test_newest_first_for_one_or_many_records_in_one_query(self, django_assert_num_queries):
        acts.register("papers.made", "soạn")
        for subject in (PAPER, OTHER, PAPER):
            journal.record("papers.made", subject_id=subject, by=CLERK, at=NOON)
        journal.record("papers.seen", subject_id=PAPER, by=Actor.system(), at=NOON)

        with django_assert_num_queries(1):
            entries = lines_about(PAPER)

        assert [(entry.act, entry.is_system) for entry in entries] == [
            ("papers.seen", True),
            ("papers.made", False),
            ("papers.made", False),
        ]
        assert (entries[1].phrase, entries[1].position_id, entries[1].at) == ("soạn", CLERK.position_id, NOON)
        assert len(lines_about([PAPER, OTHER])) == 4
        assert len(lines_about([PAPER, OTHER], limit=2)) == 2
