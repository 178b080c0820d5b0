"""Word files and pictures in a draft: told, then taken; seen only with the paper; nothing secret kept."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from congso.kernel import clock
from congso.kernel.errors import InvalidInput, NotFound
from congso.kernel.ids import new_id
from congso.modules.documents import body as bodies
from congso.modules.documents import commands, papers
from congso.modules.documents.commands.drafting import DraftChangedElsewhere
from congso.modules.documents.importing import PictureTooLarge
from congso.modules.documents.models import BodyImage, Document
from congso.modules.documents.queries.access import NotADraft
from congso.modules.documents.secrecy import SecretContent
from congso.modules.documents.tests.factories import NOW, StoredFileFactory, draft_input, make_district
from congso.modules.documents.tests.words import docx, drawing, huge_png, para, png, run
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.files.models import StoredFile
from congso.shared.journal.models import JournalLine

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def present():
    with clock.at(NOW):
        yield


@pytest.fixture
def office():
    return make_district()


@pytest.fixture
def draft(office):
    return commands.create_draft(new_id(), draft_input(office, office.drafting), by=office.actor("author"), now=NOW)


def word(*blocks):
    picture = {"relations": {"p1": "media/a.png"}, "parts": {"word/media/a.png": png()}}
    return docx(*blocks, para(drawing("p1", alt="Sơ đồ")), **picture)


def receive(office, draft, content, name="Kế hoạch.docx", **more):
    return commands.receive_file(draft.id, content, name=name, by=office.actor("author"), now=LATER, **more)


def take(office, draft, received, **more):
    said = {"version": 1, "replaces": True, "left": len(received.left), "by": office.actor("author"), "now": LATER}
    return commands.take_file(draft.id, received.body, **said | more)


class TestWordFiles:
    def test_what_is_received_changes_nothing_until_it_is_taken(self, office, draft):
        received = receive(office, draft, word(para("Mục đích"), para(run("đỏ", '<w:color w:val="FF0000"/>'))))

        assert Document.objects.get(id=draft.id).body == draft.body
        assert [left.count for left in received.left] == [1]
        taken = take(office, draft, received)
        assert bodies.to_text(taken.body) == "Mục đích\nđỏ\nSơ đồ"
        assert taken.edit_version == 2
        line = JournalLine.objects.get(subject_id=draft.id, act="documents.file_taken")
        assert line.facts == {"left": 1}

    def test_it_may_come_after_what_was_written(self, office, draft):
        taken = take(office, draft, receive(office, draft, docx(para("Phần sau"))), replaces=False)

        assert bodies.to_text(taken.body) == "Nội dung kế hoạch.\nPhần sau"

    def test_a_picture_alone_is_a_body_too(self, office, draft):
        received = receive(office, draft, png(), name="ảnh.png")

        assert bodies.images_in(received.body) == list(draft.images.values_list("file_id", flat=True))

    def test_a_stamp_anywhere_keeps_nothing_unless_the_author_states_that_it_is_none(self, office, draft):
        content = word(para("MẬT"))
        with pytest.raises(SecretContent) as refusal:
            receive(office, draft, content)

        assert not StoredFile.objects.exists()
        assert JournalLine.objects.filter(act="documents.secret_refused").count() == 1
        received = receive(office, draft, content, declared=refusal.value.ticket)
        assert "MẬT" in bodies.to_text(take(office, draft, received).body)

    def test_a_draft_that_went_on_is_not_overwritten(self, office, draft):
        received = receive(office, draft, word())
        with pytest.raises(DraftChangedElsewhere):
            take(office, draft, received, version=0)
        commands.submit_for_review(draft.id, by=office.actor("author"), now=NOW)

        with pytest.raises(NotADraft):
            take(office, draft, received)

    def test_a_colleague_does_not_learn_of_the_draft(self, office, draft):
        with pytest.raises(NotFound):
            commands.receive_file(draft.id, word(), name="a.docx", by=office.actor("reviewer"), now=NOW)

    @pytest.mark.parametrize("command", [commands.receive_file, commands.add_picture])
    def test_of_a_strangers_file_nothing_is_read_and_nothing_noted_with_the_draft(self, office, draft, command):
        with pytest.raises(NotFound):
            command(draft.id, b"no picture", name="TUYỆT MẬT.docx", by=office.actor("reviewer"), now=NOW)

        assert not JournalLine.objects.filter(act="documents.secret_refused").exists()


class TestPictures:
    def add(self, office, draft, content=None):
        return commands.add_picture(draft.id, content or png(), name="a.png", by=office.actor("author"), now=NOW)

    def test_a_picture_is_kept_once_and_drawn_on_the_paper(self, office, draft):
        attributes = self.add(office, draft)
        self.add(office, draft)
        body = {"type": "doc", "content": [{"type": "image", "attrs": attributes}]}
        by = office.actor("author")

        kept = commands.save_draft(draft.id, draft_input(office, body=body), version=1, by=by, now=NOW)

        assert BodyImage.objects.count() == 1
        assert papers.preview(kept, now=NOW).pages == 1

    def test_too_large_a_picture_is_refused(self, office, draft):
        with pytest.raises(PictureTooLarge):
            self.add(office, draft, huge_png())

    def test_nobody_sees_anothers_picture_by_naming_its_hash(self, office, draft):
        other = commands.create_draft(new_id(), draft_input(office), by=office.actor("chair"), now=NOW)
        body = {"type": "doc", "content": [{"type": "image", "attrs": self.add(office, draft)}]}
        stolen = draft_input(office, body=body)

        with pytest.raises(InvalidInput):
            commands.save_draft(other.id, stolen, version=1, by=office.actor("chair"), now=NOW)

    def test_a_draft_that_may_be_secret_takes_its_pictures_along(self, office, draft):
        self.add(office, draft)

        commands.stop_for_secret(draft.id, by=office.actor("author"), now=NOW)

        assert not BodyImage.objects.exists()
        assert not StoredFile.objects.exists()


class TestPages:
    def test_a_file_is_shown_with_what_is_left_out_then_taken(self, office, draft):
        browser = Client()
        sign_in(browser, office.author)
        deleted = "<w:del><w:r><w:delText>bỏ đi</w:delText></w:r></w:del>"
        sent = SimpleUploadedFile("Kế hoạch.docx", word(para("Mục đích"), para(deleted)))

        shown = browser.post(reverse("documents:receive_file", args=[draft.id]), {"file": sent})
        form = shown.context["form"].initial
        answer = browser.post(reverse("documents:take_file", args=[draft.id]), form)

        assert "Sửa đổi đang theo dõi" in shown.content.decode()
        assert "bỏ đi" in shown.content.decode()
        assert answer.url == reverse("documents:edit", args=[draft.id])
        assert "Mục đích" in bodies.to_text(Document.objects.get(id=draft.id).body)

    def test_a_refused_file_is_told_on_the_form(self, office, draft):
        browser = Client()
        sign_in(browser, office.author)
        sent = SimpleUploadedFile("a.docm", docx(para("x"), parts={"word/vbaProject.bin": b"x"}))

        answer = browser.post(reverse("documents:receive_file", args=[draft.id]), {"file": sent})

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "macro" in answer.content.decode()

    def test_a_picture_is_given_to_whoever_sees_the_paper_and_to_nobody_else(self, office, draft):
        browser, colleague = Client(), Client()
        sign_in(browser, office.author)
        sign_in(colleague, office.reviewer)
        answer = browser.post(
            reverse("documents:add_picture", args=[draft.id]), {"picture": SimpleUploadedFile("a.png", png())}
        )
        address = reverse("documents:picture", args=[draft.id, answer.json()["sha256"]])

        assert browser.get(address)["Content-Type"] == "image/png"
        assert colleague.get(address).status_code == HTTPStatus.NOT_FOUND
        strange = reverse("documents:picture", args=[draft.id, StoredFileFactory().sha256])
        assert browser.get(strange).status_code == HTTPStatus.NOT_FOUND

    def test_what_is_typed_without_scripts_counts_over_the_kept_tree(self, office, draft):
        browser = Client()
        sign_in(browser, office.author)
        form = browser.get(reverse("documents:edit", args=[draft.id])).context["form"].initial
        typed = {name: value for name, value in form.items() if value is not None} | {"body_text": "Gõ lại"}

        browser.post(reverse("documents:edit", args=[draft.id]), typed | {"act": "save"})

        assert bodies.to_text(Document.objects.get(id=draft.id).body) == "Gõ lại"


def test_the_database_refuses_a_picture_of_nothing(draft):
    with pytest.raises(IntegrityError, match="picture_belongs_to_a_document_or_to_a_template"):
        BodyImage.objects.create(file=StoredFileFactory(), added_at=NOW)
