"""What chaos would find: each kind of loss or doubling is told."""

import signal
import subprocess
import sys

import pytest

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.ids import new_id
from congso.modules.documents.tests.factories import NOW, DocumentFactory, IncomingFactory
from congso.ops.bench.paperwork.processor import children_of
from congso.ops.chaos.browsing import Log, read_logs
from congso.ops.chaos.comparing import Compared, compare
from congso.ops.chaos.documents import Outcome, report
from congso.ops.chaos.killing import Reaper
from congso.ops.runner import Program
from congso.shared import journal, numbering
from congso.shared.numbering.models import Counter


def note(act, subject_id, times=1):
    for _ in range(times):
        journal.record(act, subject_id=subject_id, by=Actor.system(), at=NOW)


def told_of(problems, *words):
    return [problem for problem in problems if all(str(word) in problem for word in words)]


@pytest.fixture
def issued():
    """A paper that is where it should be, but for its files, which are only rows."""
    document = DocumentFactory.create(issued=True, number=1)
    IncomingFactory.create(document=document)
    note("documents.issued", document.id)
    numbering.take_next("bench/KH", subject_id=document.id, at=NOW)
    return document


@pytest.mark.django_db
class TestCompare:
    @pytest.fixture(autouse=True)
    def _now(self):
        with clock.at(NOW):
            yield

    def problems(self, *lines, receivers=1):
        return compare(lines, receivers=receivers).problems

    def test_what_was_acknowledged_and_done_once_is_in_order(self, issued):
        line = {"what": "documents.issued", "id": str(issued.id), "number": issued.number_text}

        assert not [problem for problem in self.problems(line) if "tệp" not in problem]

    def test_an_act_that_was_acknowledged_and_is_not_there_is_lost(self, issued):
        line = {"what": "documents.registered", "id": str(new_id())}

        assert told_of(self.problems(line), "mất", line["id"])

    def test_an_act_done_twice_is_doubled(self, issued):
        note("documents.issued", issued.id)

        assert told_of(self.problems(), "lặp", issued.id)

    def test_a_number_that_changed_after_it_was_told(self, issued):
        line = {"what": "documents.issued", "id": str(issued.id), "number": "99/KH-UBND"}

        assert told_of(self.problems(line), "99/KH-UBND", issued.number_text)

    def test_a_gap_in_a_series(self, issued):
        Counter.objects.filter(series="bench/KH").update(last_number=2)

        assert told_of(self.problems(), "bench/KH", "trống")

    def test_two_numbers_for_one_paper(self, issued):
        numbering.take_next("bench/KH", subject_id=issued.id, at=NOW)

        assert told_of(self.problems(), "giữ 2 số")

    def test_a_receiver_that_did_not_get_it(self, issued):
        assert told_of(self.problems(receivers=2), "đến 1 nơi, phải là 2")

    def test_a_paper_that_went_no_further(self):
        document = DocumentFactory.create(signed=True)

        assert told_of(self.problems(), "dở dang", document.id)

    def test_a_file_whose_bytes_are_gone(self, issued):
        assert told_of(self.problems(), "tệp", issued.sealed_pdf_id)

    def test_a_person_who_was_stuck(self):
        assert told_of(self.problems({"what": "stuck", "waited_for": "step issue"}), "bị kẹt", "step issue")


class TestReaper:
    @pytest.fixture
    def program(self):
        program = Program("sleeper", "Người ngủ", [])
        child = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
        program._process = subprocess.Popen([sys.executable, "-c", child], start_new_session=True)
        yield program
        program.kill()

    def test_kills_a_program_with_its_children(self, program):
        process = program._process
        while not (children := list(children_of(process.pid))):
            pass
        reaper = Reaper(webs=[program], workers=[program], server=None, seed=1)

        assert reaper._program([program])

        assert process.wait(5) == -signal.SIGKILL
        assert children[0] not in children_of(process.pid)

    def test_what_does_not_run_is_not_counted(self):
        idle = Program("none", "Không", [])

        assert not Reaper(webs=[idle], workers=[idle], server=None, seed=1)._child([idle])


def test_the_log_gives_back_what_was_noted(tmp_path):
    log = Log(tmp_path / "log-0.jsonl")
    log.note("documents.issued", id="1")
    log.close()

    assert list(read_logs(tmp_path)) == [{"what": "documents.issued", "id": "1"}]


@pytest.mark.parametrize(("problems", "last"), [((), "✓"), (("mất: một",), "✗ mất: một")])
def test_the_report_ends_with_the_verdict(problems, last):
    compared = Compared({"documents.issued": 3}, papers=3, arrivals=6, signatures=6, problems=problems)

    assert report(Outcome({"web": 2}, 12.0, compared), seed=7)[-1].startswith(last)
