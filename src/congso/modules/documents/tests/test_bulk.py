"""One act on many papers: begun once, done one by one, each with its result."""

from datetime import date

import pytest
from django.urls import reverse

from congso.kernel import clock
from congso.kernel.errors import NotFound
from congso.kernel.ids import new_id
from congso.modules.documents import commands
from congso.modules.documents.commands import bulk
from congso.modules.documents.commands.bulk import NothingChosen, TooManyChosen
from congso.modules.documents.dossiers import filling
from congso.modules.documents.models import BulkItem, BulkRun, Document, Incoming
from congso.modules.documents.queries.bulk import run_page
from congso.modules.documents.tests.dossiers import make_dossier
from congso.modules.documents.tests.factories import NOW, TODAY, DocumentFactory, IncomingFactory, make_commune
from congso.modules.documents.tests.worker import run_jobs
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.areas.dated import period
from congso.shared.journal.models import JournalLine
from congso.shared.people.models import Position

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    """Jobs and pages work at ``NOW`` too."""
    with clock.at(NOW):
        yield


@pytest.fixture
def office():
    return make_commune()


def arrived(office, count):
    return [IncomingFactory.create(organ=office.organ).id for _ in range(count)]


def begin(office, ids, act="register", run_id=None):
    return commands.begin_bulk(run_id or new_id(), act=act, subject_ids=ids, by=office.actor("clerk"), now=NOW)


def states(run):
    return list(run.items.order_by("place").values_list("state", flat=True))


class TestBeginBulk:
    def test_each_paper_gets_its_number_in_the_order_it_was_chosen(self, office):
        papers = arrived(office, 3)

        run = begin(office, papers[::-1])
        run_jobs()

        numbers = dict(Incoming.objects.values_list("id", "arrival_number"))
        assert [numbers[paper] for paper in papers] == [3, 2, 1]
        assert states(run) == ["done"] * 3
        assert JournalLine.objects.get(subject_id=run.id).act == "documents.bulk_begun"
        assert JournalLine.objects.filter(act="documents.registered", person_id=office.clerk.person_id).count() == 3

    def test_a_refused_paper_says_why_and_stops_no_other(self, office):
        first, last = arrived(office, 2)
        broken = IncomingFactory.create(organ=office.organ, verdict="failed").id

        run = begin(office, [first, broken, last])
        run_jobs()

        page = run_page(run.id, by=office.actor("clerk"))
        assert states(run) == ["done", "failed", "done"]
        assert page.rows[1].result == str(commands.registering.SignatureBroken())
        assert (page.done, page.failed, page.is_over) == (2, 1, True)

    def test_a_death_before_the_result_was_kept_is_no_failure(self, office):
        paper = DocumentFactory.create(author=office.author, organ=office.organ, issued=True)
        dossier, by = make_dossier(office), office.actor("author")
        said = {"act": "file_document", "subject_ids": [paper.id], "target_id": dossier.id, "by": by, "now": NOW}
        run = commands.begin_bulk(new_id(), **said)
        filling.put_in(dossier.id, "document", paper.id, by=by, now=NOW)

        run_jobs()

        assert [(item.state, item.result) for item in run.items.all()] == [("done", "Đã có trong hồ sơ")]

    def test_a_paper_of_another_organ_is_not_even_known(self, office):
        run = begin(office, arrived(make_commune("Tân Thọ"), 1))
        run_jobs()

        page = run_page(run.id, by=office.actor("clerk"))
        assert page.rows[0].result == str(NotFound())
        assert page.rows[0].title == ""

    def test_the_same_form_twice_is_one_run(self, office):
        papers, run_id = arrived(office, 2), new_id()

        assert begin(office, papers, run_id=run_id) == begin(office, papers, run_id=run_id)
        run_jobs(twice=True)

        assert list(Incoming.objects.order_by("arrival_number").values_list("arrival_number", flat=True)) == [1, 2]

    def test_a_long_run_lets_other_jobs_come_between(self, office, monkeypatch):
        monkeypatch.setattr(bulk, "PAPERS_IN_A_JOB", 2)

        run = begin(office, arrived(office, 5))

        assert run_jobs().count("documents.bulk") == 3
        assert states(run) == ["done"] * 5

    @pytest.mark.parametrize(("count", "refusal"), [(0, NothingChosen), (3, TooManyChosen)])
    def test_none_or_too_many_begin_nothing(self, office, monkeypatch, count, refusal):
        monkeypatch.setattr(bulk, "MOST_PAPERS", 2)

        with pytest.raises(refusal):
            begin(office, [new_id() for _ in range(count)])

        assert not BulkRun.objects.exists()

    def test_who_does_not_hold_the_position_any_more_does_nothing(self, office):
        run = begin(office, arrived(office, 1))
        Position.objects.filter(id=office.clerk.id).update(valid=period(date(2021, 7, 1), TODAY))

        run_jobs()

        assert states(run) == ["failed"]
        assert Incoming.objects.get().state == "validated"

    def test_a_bug_with_one_paper_is_said_and_stops_no_other(self, office, monkeypatch):
        papers, real = arrived(office, 2), bulk.ACTS["register"].do

        def fails_first(turn):
            if turn.paper_id == papers[0]:
                raise RuntimeError
            return real(turn)

        act = type(bulk.ACTS["register"])(verb="", effect="", icon="", of="incoming", do=fails_first)
        monkeypatch.setattr(bulk, "ACTS", {"register": act})

        run = begin(office, papers)
        run_jobs()

        assert states(run) == ["failed", "done"]


class TestARunThatDied:
    def test_after_the_act_and_before_its_mark_does_not_do_it_twice(self, office):
        run = begin(office, arrived(office, 1))
        item = BulkItem.objects.get()
        commands.register_incoming(item.subject_id, by=office.actor("clerk"), now=NOW, key=item.id)

        run_jobs()

        assert states(run) == ["done"]
        assert JournalLine.objects.filter(act="documents.registered").count() == 1


class TestStopAndRepeat:
    def test_what_waits_is_left_and_can_be_taken_up_again(self, office):
        run = begin(office, arrived(office, 2))

        commands.stop_bulk(run.id, by=office.actor("clerk"), now=NOW)
        run_jobs()
        assert states(run) == ["stopped", "stopped"]

        commands.repeat_bulk(run.id, by=office.actor("clerk"), now=NOW)
        run_jobs()
        assert states(run) == ["done", "done"]
        acts = JournalLine.objects.filter(subject_id=run.id).order_by("id").values_list("act", flat=True)
        assert list(acts) == ["documents.bulk_begun", "documents.bulk_stopped", "documents.bulk_repeated"]

    @pytest.mark.parametrize("act", ["stop_bulk", "repeat_bulk"])
    def test_is_for_who_began_it(self, office, act):
        run = begin(office, arrived(office, 1))

        with pytest.raises(NotFound):
            getattr(commands, act)(run.id, by=office.actor("chair"), now=NOW)
        with pytest.raises(NotFound):
            run_page(run.id, by=office.actor("chair"))


class TestPages:
    @pytest.fixture
    def clerk(self, client, office):
        sign_in(client, office.clerk)
        return client

    def test_the_clerk_finds_what_waits_by_step(self, clerk, office):
        DocumentFactory.create(author=office.author, signed=True, subject="Chờ số")
        DocumentFactory.create(author=office.author, sealed=True, subject="Chờ gửi")

        first = clerk.get(reverse("documents:clerk")).content.decode()
        issue = clerk.get(reverse("documents:clerk", args=["issue"])).content.decode()

        assert "Chờ số" in first
        assert "Chờ gửi" not in first
        assert "Chờ gửi" in issue
        assert clerk.get(reverse("documents:clerk", args=["burn"])).status_code == 404

    def test_the_confirmation_names_exactly_what_will_be_done(self, clerk, office):
        wanted, other = (DocumentFactory.create(author=office.author, sealed=True, subject=s) for s in ("Này", "Kia"))
        gone = DocumentFactory.create(author=office.author, issued=True, subject="Đã đi")

        address = f"{reverse('documents:bulk', args=['issue'])}?chosen={wanted.id}&chosen={gone.id}"
        page = clerk.get(address).content.decode()

        assert f'value="{wanted.id}"' in page
        assert str(other.id) not in page
        assert f'value="{gone.id}"' not in page
        assert "1 văn bản đã chọn không còn chờ bước này" in page

    def test_confirmed_it_runs_and_the_page_asks_again_until_it_is_over(self, clerk, office):
        papers = [DocumentFactory.create(author=office.author, sealed=True) for _ in range(2)]
        form = {"once": str(new_id()), "chosen": [str(paper.id) for paper in papers]}

        address = clerk.post(reverse("documents:bulk", args=["issue"]), form).url
        during = clerk.get(address, headers={"HX-Request": "true"}).content.decode()
        run_jobs(except_for=frozenset({"documents.deliver"}))
        after = clerk.get(address, headers={"HX-Request": "true"}).content.decode()

        assert "hx-get" in during
        assert "<html" not in during
        assert "hx-get" not in after
        assert "xong 2 trong 2" in after
        assert set(Document.objects.values_list("state", flat=True)) == {"issued"}

    def test_the_page_of_a_long_run_costs_no_more(self, clerk, office, django_assert_max_num_queries):
        run = begin(office, arrived(office, 40))

        with django_assert_max_num_queries(12):
            assert clerk.get(reverse("documents:bulk_run", args=[run.id])).status_code == 200
