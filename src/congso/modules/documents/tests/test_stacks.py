"""Paper that came by post: the stack, its parting, the guard, what is kept of each paper."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congso.kernel.errors import NotFound, NotPermitted
from congso.kernel.ids import new_id
from congso.modules.documents import commands, findable
from congso.modules.documents.commands import EnteringInput, stacking
from congso.modules.documents.commands.entering import DatedInFuture, EnteringIncomplete
from congso.modules.documents.commands.registering import LooksRegistered
from congso.modules.documents.commands.stacking import PageEntered, StackEmpty, StackNotReady
from congso.modules.documents.kinds import IncomingState, StackState, Verdict
from congso.modules.documents.models import Incoming, ScanPage, ScanStack
from congso.modules.documents.queries.stacks import proposal_of, stack_page
from congso.modules.documents.scans import passing
from congso.modules.documents.scans.numbers import NumberNotUsable
from congso.modules.documents.scans.pages import ScanNotReadable, ScanTooLarge
from congso.modules.documents.scans.tests.papers import (
    JPEG,
    PDF,
    SUBJECT,
    blank_page,
    marked_paper,
    separator_sheet,
    stack_of,
    typed_paper,
)
from congso.modules.documents.secrecy import SecretContent
from congso.modules.documents.tests.factories import LATER, NOW, TODAY, IncomingFactory, make_commune, make_district
from congso.modules.documents.tests.worker import run_jobs
from congso.shared import files, search
from congso.shared.files.errors import FileMissing, FileTypeNotAccepted, FileUnsafe
from congso.shared.files.pages import PdfEncrypted
from congso.shared.files.pdf_door import PdfActs
from congso.shared.files.tests import hostile
from congso.shared.journal.models import JournalLine
from congso.shared.notify.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune():
    return make_commune()


@pytest.fixture(scope="module")
def two_papers():
    """Four sheets: a paper, the sheet that parts, a blank back, another paper."""
    return stack_of((typed_paper(), PDF), (separator_sheet(), JPEG), (blank_page(), JPEG), (typed_paper("16"), PDF))


def take(commune, content, name="xap.pdf", **more):
    return commands.take_stack(
        new_id(),
        [(name, content)],
        organ_id=commune.organ.id,
        came_by="post",
        by=commune.actor("clerk"),
        now=NOW,
        **more,
    )


def ready(commune, content, **more):
    stack = take(commune, content, **more)
    run_jobs(twice=True)
    stack.refresh_from_db()
    return stack


def typed(**more):
    values = {
        "sender_text": "Ủy ban nhân dân huyện Mẫu",
        "number_text": "15 / KH-UBND",
        "document_date": TODAY,
        "type_code": "KH",
        "subject": SUBJECT,
    }
    return EnteringInput(**values | more)


def enter(commune, stack, place=0, **more):
    return commands.enter_incoming(new_id(), stack.id, place, typed(**more), by=commune.actor("clerk"), now=LATER)


class TestTake:
    def test_a_stack_is_parted_by_the_sheets_between(self, commune, two_papers):
        stack = ready(commune, two_papers)

        page = stack_page(stack)

        assert (stack.state, stack.papers) == (StackState.READY, [[0], [2, 3]])
        assert page.blank == 1
        assert JournalLine.objects.get(subject_id=stack.id).act == "documents.stack_taken"

    def test_each_paper_comes_with_what_it_says_of_itself(self, commune, two_papers):
        stack = ready(commune, two_papers)

        # The blank back says nothing; the next page does.
        first, second = (proposal_of(paper) for paper in stack_page(stack).papers)

        assert (first.number.value, second.number.value) == ("15/KH-UBND", "16/KH-UBND")
        assert (first.day.value, first.type_code.value, first.subject.value) == (TODAY, "KH", SUBJECT)

    def test_on_the_disk_there_is_only_cipher(self, commune, two_papers):
        stack = take(commune, two_papers)

        with default_storage.open(f"passing/{stack.id}/file-0") as file:
            assert b"%PDF" not in file.read()
        with pytest.raises(FileMissing):
            passing.read(stack.id, "file-0", key=passing.new_key())

    def test_a_form_sent_twice_takes_one_stack(self, commune, two_papers):
        stack_id, by = new_id(), commune.actor("clerk")
        for _ in range(2):
            commands.take_stack(
                stack_id, [("a.pdf", two_papers)], organ_id=commune.organ.id, came_by="hand", by=by, now=NOW
            )

        assert ScanPage.objects.count() == 4

    @pytest.mark.parametrize("role", ["author", "chair"])
    def test_only_the_clerk_takes_papers_in(self, commune, role):
        with pytest.raises(NotPermitted):
            commands.take_stack(
                new_id(),
                [("a.pdf", typed_paper())],
                organ_id=commune.organ.id,
                came_by="post",
                by=commune.actor(role),
                now=NOW,
            )

    def test_nothing_is_no_stack(self, commune):
        with pytest.raises(StackEmpty):
            commands.take_stack(
                new_id(), [], organ_id=commune.organ.id, came_by="post", by=commune.actor("clerk"), now=NOW
            )


def png_of(width, height):
    """Return the head of a PNG that says to be so large, and nothing more."""
    size = width.to_bytes(4) + height.to_bytes(4)
    return b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + size + b"\x08\x00\x00\x00\x00" + b"\x00" * 64


class TestHostile:
    @pytest.mark.parametrize(
        ("name", "content", "refusal"),
        [
            ("a.pdf", hostile.truncated(), FileUnsafe),
            ("a.pdf", hostile.with_script(), PdfActs),
            ("a.pdf", hostile.encrypted(for_all=True), PdfEncrypted),
            ("a.pdf", hostile.polyglot(), FileUnsafe),
            ("a.pdf", hostile.many_pages(301), ScanTooLarge),
            ("a.png", png_of(30_000, 30_000), FileUnsafe),
            ("a.exe", b"MZ\x90\x00\x00", FileTypeNotAccepted),
        ],
    )
    def test_what_is_not_taken_leaves_nothing(self, commune, name, content, refusal):
        with pytest.raises(refusal):
            take(commune, content, name=name)

        assert not ScanStack.objects.exists()

    def test_a_picture_that_breaks_off_is_not_taken(self, commune):
        with pytest.raises(ScanNotReadable):
            take(commune, blank_page()[:4000], name="a.jpg")


class TestSecret:
    def test_a_stamp_makes_the_whole_stack_unreadable(self, commune):
        stack = ready(commune, stack_of((typed_paper(), PDF), (marked_paper("TỐI MẬT"), PDF)))

        assert (stack.state, bytes(stack.key), stack.refused_page) == (StackState.REFUSED, b"", 2)
        assert not any(page.lines for page in stack.pages.all())
        assert JournalLine.objects.filter(subject_id=stack.id, act="documents.secret_refused").exists()

    def test_its_bytes_go_with_the_transaction(self, commune, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            stack = ready(commune, marked_paper())

        assert not default_storage.exists(f"passing/{stack.id}")

    def test_the_clerk_may_state_that_it_is_no_stamp(self, commune):
        content = marked_paper()
        refused = ready(commune, content)

        stack = ready(commune, content, declared=refused.ticket)
        paper = enter(commune, stack)

        acts = set(JournalLine.objects.filter(subject_id=paper.id).values_list("act", flat=True))
        assert "documents.stated_not_secret" in acts

    def test_what_is_typed_is_looked_at_too(self, commune):
        stack = ready(commune, typed_paper())

        with pytest.raises(SecretContent):
            enter(commune, stack, subject="TUYỆT MẬT")


class TestArrange:
    def test_by_hand_with_undo(self, commune, two_papers):
        stack, by = ready(commune, two_papers), commune.actor("clerk")
        steps = [("split", 3), ("join", 2), ("drop", 3), ("restore", 3), ("drop_blank", -1), ("undo", -1)]

        seen = [commands.arrange_stack(stack.id, act, place=place, by=by, now=NOW).papers for act, place in steps]

        assert seen == [
            [[0], [2], [3]],
            [[0, 2], [3]],
            [[0, 2]],
            [[0, 2, 3]],
            [[0, 3]],
            [[0, 2, 3]],
        ]

    def test_the_words_of_the_pages_are_not_fetched_for_it(self, commune, two_papers):
        stack, by = ready(commune, two_papers), commune.actor("clerk")

        with CaptureQueriesContext(connection) as asked:
            commands.arrange_stack(stack.id, "split", place=3, by=by, now=NOW)

        assert not [query for query in asked.captured_queries if '"documents_scanpage"."lines"' in query["sql"]]

    def test_a_turned_page_is_read_again(self, commune, two_papers):
        stack = ready(commune, two_papers)

        commands.arrange_stack(stack.id, "turn", place=0, by=commune.actor("clerk"), now=NOW)
        run_jobs()

        page = stack.pages.get(place=0)
        assert (page.turn, page.is_read) == (90, True)

    def test_another_organ_does_not_learn_of_it(self, commune, two_papers):
        stack = ready(commune, two_papers)

        with pytest.raises(NotFound):
            commands.arrange_stack(stack.id, "undo", place=0, by=make_district().actor("clerk"), now=NOW)


class TestEnter:
    def test_it_is_registered_and_laid_before_the_leaders(self, commune):
        paper = enter(commune, ready(commune, typed_paper()))

        assert (paper.state, paper.arrival_number, paper.number_text) == (IncomingState.REGISTERED, 1, "15/KH-UBND")
        assert (paper.came_by, paper.verdict, paper.arrived_at) == ("post", Verdict.INDETERMINATE, NOW)
        acts = list(JournalLine.objects.filter(subject_id=paper.id).order_by("id").values_list("act", flat=True))
        assert acts == ["documents.entered", "documents.registered"]
        assert Notice.objects.get(position=commune.chair).kind == "documents.to_direct"

    def test_a_file_with_words_is_kept_as_it_came(self, commune):
        content = typed_paper()

        paper = enter(commune, ready(commune, content))

        assert files.read(paper.file.sha256) == content
        assert paper.scan is None

    def test_a_picture_is_kept_beside_the_file_that_is_read(self, commune):
        content = blank_page()
        stack = take(commune, content, name="anh.jpg")
        run_jobs()

        paper = enter(commune, stack, not_secret=True)

        assert files.read(paper.scan.sha256) == content
        assert paper.file.media_type == PDF
        named = JournalLine.objects.get(subject_id=paper.id, act="documents.entered").facts
        assert named == {"file": paper.file_id, "scan": paper.scan_id}

    def test_it_is_found_by_its_words(self, commune):
        paper = enter(commune, ready(commune, typed_paper()))

        hits = search.find("chủ trương của Huyện ủy", by=commune.actor("clerk"), kinds=[findable.INCOMING])
        assert [hit.record_id for hit in hits] == [paper.id]

    def test_with_its_last_paper_the_stack_is_gone(self, commune, two_papers):
        stack = ready(commune, two_papers)
        enter(commune, stack, 0)
        stack.refresh_from_db()
        before = stack.state
        enter(commune, stack, 2, number_text="16/KH-UBND")
        stack.refresh_from_db()

        assert (before, stack.state, bytes(stack.key)) == (StackState.READY, StackState.DONE, b"")

    def test_a_paper_is_registered_once(self, commune, two_papers):
        stack, paper_id, by = ready(commune, two_papers), new_id(), commune.actor("clerk")
        for _ in range(2):
            commands.enter_incoming(paper_id, stack.id, 0, typed(), by=by, now=LATER)

        assert Incoming.objects.count() == 1
        with pytest.raises(PageEntered):
            enter(commune, stack, 0)
        with pytest.raises(PageEntered):
            commands.arrange_stack(stack.id, "drop", place=0, by=by, now=NOW)

    @pytest.mark.parametrize(
        ("wrong", "refusal"),
        [
            ({"subject": "  "}, EnteringIncomplete),
            ({"document_date": None}, EnteringIncomplete),
            ({"type_code": "XX"}, EnteringIncomplete),
            ({"number_text": "số mười lăm"}, NumberNotUsable),
            ({"document_date": TODAY + timedelta(days=1)}, DatedInFuture),
        ],
    )
    def test_what_is_not_right_registers_nothing(self, commune, wrong, refusal):
        stack = ready(commune, typed_paper())

        with pytest.raises(refusal):
            enter(commune, stack, **wrong)

        assert not Incoming.objects.exists()

    def test_a_paper_that_came_already_is_told(self, commune):
        IncomingFactory(organ=commune.organ, number_text="15/KH-UBND", sender_text="Ủy ban nhân dân huyện Mẫu")
        stack = ready(commune, typed_paper())

        with pytest.raises(LooksRegistered):
            enter(commune, stack)
        assert enter(commune, stack, duplicate_reason="Bản giấy đến sau").duplicate_of is not None

    def test_one_without_a_number_is_no_duplicate(self, commune):
        first = enter(commune, ready(commune, typed_paper()), number_text="không số")
        second = enter(commune, ready(commune, typed_paper()), number_text="Không số")

        assert (first.number_text, second.duplicate_of) == ("Không số", None)


class TestGiveUp:
    def test_what_is_given_up_cannot_be_read_any_more(self, commune):
        stack = ready(commune, typed_paper())

        dropped = commands.drop_stack(stack.id, by=commune.actor("clerk"), now=LATER)

        assert (dropped.state, bytes(dropped.key)) == (StackState.DONE, b"")
        assert JournalLine.objects.filter(subject_id=stack.id, act="documents.stack_dropped").exists()
        with pytest.raises(StackNotReady):
            commands.drop_stack(stack.id, by=commune.actor("clerk"), now=LATER)

    def test_after_a_week_it_goes_by_itself(self, commune):
        ready(commune, typed_paper())

        counts = [stacking.forget_stacks(now=NOW + timedelta(days=days)) for days in (6, 8, 8)]

        assert counts == [0, 1, 0]
