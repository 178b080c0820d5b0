"""Replace an issued paper by one of equal form; correct one by a công văn; both sides know."""

import pytest

from congso.kernel.errors import NotFound
from congso.kernel.ids import new_id
from congso.modules.documents import body as bodies
from congso.modules.documents import commands
from congso.modules.documents.commands.amending import (
    AlreadyBeingReplaced,
    AmendReasonMissing,
    NothingToAmend,
    NotOfEqualForm,
)
from congso.modules.documents.kinds import DocumentState, IncomingState, RecallKind
from congso.modules.documents.models import Document, Incoming, Recall, Recipient
from congso.modules.documents.tests.factories import (
    LATER,
    NOW,
    DocumentFactory,
    StoredFileFactory,
    draft_input,
    make_commune,
    make_district,
)
from congso.modules.documents.tests.worker import run_jobs
from congso.shared.journal.models import JournalLine
from congso.shared.notify.models import Notice

pytestmark = pytest.mark.django_db
ONLY_HERE = frozenset({"documents.judge_arrivals"})  # rows of the factory have no real file


@pytest.fixture
def office():
    return make_district()


@pytest.fixture
def commune():
    return make_commune()


@pytest.fixture
def old(office, commune):
    document = DocumentFactory(author=office.author, organ=office.organ, issued=True, signatory=office.chair)
    Recipient.objects.create(document=document, organ=commune.organ, place=0)
    Recipient.objects.create(document=document, name="Trường Mẫu", copies=2, place=1)
    commands.deliver_document(document.id, now=NOW)
    return document


def replacing(old, office, **more):
    said = {"reason": "Sai số tiền", "by": office.actor("author"), "now": LATER} | more
    return commands.draft_replacement(old.id, said.pop("draft_id", new_id()), **said)


def correcting(old, office, **more):
    said = {"reason": "“ngày 31/11” là “ngày 30/11”", "by": office.actor("author"), "now": LATER} | more
    return commands.draft_correction(old.id, said.pop("draft_id", new_id()), **said)


def issued(draft, office):
    """The draft as if it had come to its issue, and then issued."""
    made = {"approved_pdf": StoredFileFactory(), "signed_pdf": StoredFileFactory(), "sealed_pdf": StoredFileFactory()}
    Document.objects.filter(id=draft.id).update(
        state=DocumentState.SEALED,
        series=draft.type_code,
        year=2023,
        number=90,
        notation="X-UBND",
        issued_date=NOW.date(),
        numbered_at=LATER,
        signed_at=LATER,
        leader_validated=True,
        organ_validated=True,
        **made,
    )
    return commands.issue_document(draft.id, by=office.actor("clerk"), now=LATER)


class TestReplace:
    def test_the_draft_is_the_old_text_to_the_same_recipients(self, office, old):
        draft = replacing(old, office)

        assert (draft.replaces, draft.type_code, draft.subject, draft.body) == (
            old,
            old.type_code,
            old.subject,
            old.body,
        )
        assert [(to.organ_id, to.name, to.copies) for to in draft.recipients.order_by("place")] == [
            (to.organ_id, to.name, to.copies) for to in old.recipients.order_by("place")
        ]
        assert JournalLine.objects.get(subject_id=draft.id).act == "documents.replacement_drafted"

    def test_files_go_along_without_the_old_mark(self, office, old):
        given, marked = StoredFileFactory(), StoredFileFactory()
        old.attachments.create(name="Phụ lục.pdf", place=1, file=given, gets_mark=True, sealed=marked, added_at=NOW)
        Document.objects.filter(id=old.id).update(attachment_count=1)

        draft = replacing(old, office)

        attached = draft.attachments.get()
        assert (draft.attachment_count, attached.file, attached.sealed) == (1, given, None)

    def test_pictures_go_along_and_the_draft_can_be_saved(self, office, old):
        picture = StoredFileFactory()
        old.images.create(file=picture, added_at=NOW)
        image = {"type": "image", "attrs": {"sha256": picture.sha256, "width": 80, "alt": "Sơ đồ"}}
        body = {"type": "doc", "content": [*old.body["content"], image]}
        Document.objects.filter(id=old.id).update(body=body)

        draft = replacing(old, office)

        said = draft_input(office, reviewer_ids=[], recipients=[], body=body)
        saved = commands.save_draft(draft.id, said, version=1, by=office.actor("author"), now=LATER)
        assert (bodies.images_in(saved.body), draft.images.get().file) == ([picture.sha256], picture)

    def test_the_same_form_sent_twice_makes_one_draft(self, office, old):
        draft_id = new_id()

        assert {replacing(old, office, draft_id=draft_id).id for _ in range(2)} == {draft_id}

    def test_nothing_happens_to_the_old_before_the_new_is_issued(self, office, old):
        replacing(old, office)
        run_jobs(except_for=ONLY_HERE)

        assert Incoming.objects.get().state == IncomingState.ARRIVED

    def test_its_issue_replaces_the_old_everywhere_with_a_link(self, office, old, commune):
        new = issued(replacing(old, office), office)
        run_jobs(twice=True, except_for=ONLY_HERE)

        recall = Recall.objects.get(document=old)
        assert (recall.kind, recall.replaced_by, recall.ordered_by) == (RecallKind.REPLACED, new, office.chair)
        assert Incoming.objects.get(document=old).state == IncomingState.RECALLED
        assert Incoming.objects.get(document=new).state == IncomingState.ARRIVED
        assert JournalLine.objects.filter(subject_id=old.id, act="documents.replaced").count() == 1
        assert Notice.objects.filter(position=commune.clerk, kind="documents.recalled").count() == 1

    def test_an_order_that_waited_is_carried_out_with_it(self, office, old):
        commands.order_recall(old.id, reason="Sai thẩm quyền", by=office.actor("chair"), now=NOW)

        issued(replacing(old, office), office)

        recall = Recall.objects.get()
        assert (recall.reason, recall.kind, recall.carried_out_at) == ("Sai thẩm quyền", RecallKind.REPLACED, LATER)

    def test_what_was_recalled_before_gets_the_link_only(self, office, old):
        commands.order_recall(old.id, reason="Sai", by=office.actor("chair"), now=NOW)
        commands.carry_out_recall(old.id, by=office.actor("clerk"), now=NOW)

        new = issued(replacing(old, office), office)

        recall = Recall.objects.get()
        assert (recall.replaced_by, recall.carried_out_at) == (new, NOW)

    def test_of_equal_form_only(self, office, old, commune):
        draft = replacing(old, office)
        typed = draft_input(office, commune.organ, type_code="QĐ", reviewer_ids=[])
        commands.save_draft(draft.id, typed, version=1, by=office.actor("author"), now=LATER)

        with pytest.raises(NotOfEqualForm, match="phải là Kế hoạch"):
            commands.submit_for_review(draft.id, by=office.actor("author"), now=LATER)

    def test_the_refusals(self, office, old):
        with pytest.raises(AmendReasonMissing):
            replacing(old, office, reason=" ")
        replacing(old, office)
        with pytest.raises(AlreadyBeingReplaced):
            replacing(old, office)
        unsent = DocumentFactory(author=office.author, organ=office.organ)
        with pytest.raises(NothingToAmend):
            correcting(unsent, office)

    def test_a_withdrawn_replacement_makes_room(self, office, old):
        first = replacing(old, office)
        commands.withdraw(first.id, reason="Thôi", by=office.actor("author"), now=LATER)

        assert replacing(old, office).replaces == old

    def test_a_receiver_does_not_see_it(self, old, commune):
        with pytest.raises(NotFound):
            replacing(old, commune)


class TestCorrect:
    def test_a_letter_is_begun_that_says_what_is_wrong(self, office, old):
        draft = correcting(old, office)

        assert (draft.type_code, draft.corrects) == ("CV", old)
        assert draft.subject == f"Đính chính Kế hoạch số {old.number_text} ngày 29/11/2023"
        assert "ngày 30/11" in str(draft.body)
        assert draft.recipients.count() == 2

    def test_its_issue_tells_the_receivers_and_recalls_nothing(self, office, old, commune):
        letter = issued(correcting(old, office), office)
        run_jobs(twice=True, except_for=ONLY_HERE)

        assert Incoming.objects.get(document=old).state == IncomingState.ARRIVED
        assert Notice.objects.filter(position=commune.clerk, kind=f"documents.corrected.{letter.id}").count() == 1

    def test_only_by_a_letter(self, office, old, commune):
        draft = correcting(old, office)
        typed = draft_input(office, commune.organ, reviewer_ids=[])
        commands.save_draft(draft.id, typed, version=1, by=office.actor("author"), now=LATER)

        with pytest.raises(NotOfEqualForm, match="công văn"):
            commands.submit_for_review(draft.id, by=office.actor("author"), now=LATER)

    def test_what_was_recalled_is_not_corrected(self, office, old):
        commands.order_recall(old.id, reason="Sai", by=office.actor("chair"), now=NOW)
        commands.carry_out_recall(old.id, by=office.actor("clerk"), now=NOW)

        with pytest.raises(NothingToAmend):
            correcting(old, office)
