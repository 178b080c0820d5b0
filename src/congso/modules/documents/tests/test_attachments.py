"""Files that go with a paper: from the author's desk to the receiver's, with the organ's mark."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from congso.kernel import clock
from congso.kernel.errors import NotFound
from congso.kernel.ids import new_id
from congso.modules.documents import commands, signables
from congso.modules.documents.commands.attaching import TooManyAttachments
from congso.modules.documents.commands.sealing_attachments import (
    AttachmentsNotSealed,
    note_failed_attachment_signature,
    take_attachment_signature,
)
from congso.modules.documents.models import Attachment, Document, Incoming
from congso.modules.documents.queries.access import NotADraft
from congso.modules.documents.queries.attachments import attachment_rows
from congso.modules.documents.secrecy import SecretContent
from congso.modules.documents.tests.factories import (
    LATER,
    NOW,
    DocumentFactory,
    draft_input,
    drawn_and_signed,
    make_commune,
    make_district,
)
from congso.modules.documents.tests.test_pages import browser, url
from congso.modules.documents.tests.test_story import issued, scan, sign, with_keys
from congso.modules.documents.tests.worker import run_jobs
from congso.modules.signing import public as signing
from congso.shared import files
from congso.shared.files.errors import FileTypeNotAccepted
from congso.shared.files.keeping import path_of, read
from congso.shared.files.pdf_door import PdfActs
from congso.shared.files.tests import hostile
from congso.shared.files.tests.factories import docx_saying, image
from congso.shared.journal.models import JournalLine
from congso.shared.search import find

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def present():
    with clock.at(NOW):
        yield


@pytest.fixture
def office():
    return make_district()


@pytest.fixture
def draft(office):
    return commands.create_draft(new_id(), draft_input(office), by=office.actor("author"), now=NOW)


def attached(document, office, content=None, name="phu-luc.pdf", **more):
    by = office.actor("author")
    content = scan() if content is None else content
    return commands.attach(document.id, new_id(), content, name=name, by=by, now=NOW, **more)


def names(document):
    return [row.attachment.name for row in attachment_rows(document.id)]


class TestAttach:
    def test_files_stand_in_the_order_they_came(self, office, draft):
        attached(draft, office)
        attached(draft, office, docx_saying("Biểu"), "Biểu mẫu.docx")
        attached(draft, office, image("PNG"), "bản đồ.png")

        draft.refresh_from_db()
        assert (names(draft), draft.attachment_count) == (["phu-luc.pdf", "Biểu mẫu.docx", "bản đồ.png"], 3)
        line = JournalLine.objects.filter(act="documents.attached", subject_id=draft.id).first()
        assert set(line.facts) == {"attachment", "file"}

    def test_the_same_form_sent_twice_puts_it_there_once(self, office, draft):
        attachment_id = new_id()

        for _ in range(2):
            commands.attach(draft.id, attachment_id, scan(), name="a.pdf", by=office.actor("author"), now=NOW)

        assert names(draft) == ["a.pdf"]

    @pytest.mark.parametrize(
        ("content", "name", "refusal"),
        [
            (hostile.with_script(), "a.pdf", PdfActs),
            (b"MZ\x90\x00", "a.exe", FileTypeNotAccepted),
            (docx_saying("TỐI MẬT"), "a.docx", SecretContent),
            (image("PNG"), "TUYỆT MẬT.png", SecretContent),
        ],
    )
    def test_what_is_harmful_of_no_use_or_secret_is_not_kept(self, office, draft, content, name, refusal):
        with pytest.raises(refusal):
            attached(draft, office, content, name)

        assert names(draft) == []

    def test_a_file_stated_not_to_be_secret_is_taken_and_that_is_on_record(self, office, draft):
        content = docx_saying("MẬT", "ong rừng")
        with pytest.raises(SecretContent) as refusal:
            attached(draft, office, content, "a.docx")

        attached(draft, office, content, "a.docx", declared=refusal.value.ticket)

        assert JournalLine.objects.filter(act="documents.stated_not_secret", subject_id=draft.id).count() == 1

    def test_there_is_an_end_to_how_many(self, office, draft, monkeypatch):
        monkeypatch.setattr("congso.modules.documents.commands.attaching.MOST_FILES", 1)
        attached(draft, office)

        with pytest.raises(TooManyAttachments):
            attached(draft, office)

    def test_nobody_else_may(self, office, draft):
        with pytest.raises(NotFound):
            commands.attach(draft.id, new_id(), scan(), name="a.pdf", by=office.actor("chair"), now=NOW)


class TestChange:
    def test_a_file_taken_out_can_be_put_back_at_its_place(self, office, draft):
        first, _second = attached(draft, office, name="1.pdf"), attached(draft, office, name="2.pdf")
        by = office.actor("author")

        commands.remove_attachment(draft.id, first.id, by=by, now=LATER)
        after_removing = names(draft)
        commands.restore_attachment(draft.id, first.id, by=by, now=LATER)

        assert (after_removing, names(draft)) == (["2.pdf"], ["1.pdf", "2.pdf"])
        acts = set(JournalLine.objects.filter(subject_id=draft.id).values_list("act", flat=True))
        assert {"documents.attachment_removed", "documents.attachment_restored"} <= acts

    def test_files_change_places(self, office, draft):
        first, last = attached(draft, office, name="1.pdf"), attached(draft, office, name="2.pdf")
        by = office.actor("author")

        commands.move_attachment(draft.id, last.id, up=True, by=by, now=LATER)
        assert names(draft) == ["2.pdf", "1.pdf"]

        commands.move_attachment(draft.id, first.id, up=False, by=by, now=LATER)
        assert names(draft) == ["2.pdf", "1.pdf"]
        assert JournalLine.objects.filter(act="documents.attachments_ordered").count() == 1

    def test_a_paper_on_its_way_is_left_alone(self, office):
        document = DocumentFactory(author=office.author, organ=office.organ, approved=True)
        attachment = Attachment.objects.create(
            document=document, place=1, name="a.pdf", file=document.approved_pdf, added_at=NOW
        )

        for act in (commands.remove_attachment, commands.restore_attachment):
            with pytest.raises(NotADraft):
                act(document.id, attachment.id, by=office.actor("author"), now=NOW)
        with pytest.raises(NotADraft):
            attached(document, office)

    def test_a_draft_that_may_be_secret_takes_its_files_with_it(
        self, office, draft, django_capture_on_commit_callbacks
    ):
        mine = attached(draft, office, docx_saying("riêng"), "a.docx")
        other = commands.create_draft(new_id(), draft_input(office), by=office.actor("author"), now=NOW)
        shared = attached(draft, office, docx_saying("chung"), "b.docx")
        attached(other, office, docx_saying("chung"), "b.docx")

        with django_capture_on_commit_callbacks(execute=True):
            commands.stop_for_secret(draft.id, by=office.actor("author"), now=LATER)

        assert not Document.objects.filter(id=draft.id).exists()
        assert not default_storage.exists(path_of(mine.file_id))
        assert read(shared.file_id)


class TestOnItsWay:
    def test_files_get_the_organs_mark_and_reach_the_receiver(self):
        district, commune = with_keys(make_district()), make_commune()
        author = district.actor("author")
        document = commands.create_draft(new_id(), draft_input(district, commune.organ), by=author, now=NOW)
        attached(document, district, scan("Phụ lục danh sách xóm"), "danh sách.pdf")
        attached(document, district, docx_saying("Biểu mẫu báo cáo"), "biểu.docx")
        theirs = hostile.signed()
        attached(document, district, theirs, "đã ký.pdf")
        gone = attached(document, district, name="bỏ.pdf")
        commands.remove_attachment(document.id, gone.id, by=author, now=NOW)
        commands.submit_for_review(document.id, by=author, now=NOW)

        document = issued(district, commands.initial(document.id, by=district.actor("reviewer"), now=NOW))

        marked, form, signed = (row.attachment for row in attachment_rows(document.id))
        assert signing.kept_verdict(marked.sealed_id).has_passed("organ")
        assert (form.sealed_id, form.gets_mark) == (None, False)
        assert read(signed.file_now_id) == theirs
        line = JournalLine.objects.get(act="documents.issued", subject_id=document.id)
        assert line.facts["attachments"] == [marked.sealed_id, form.file_id, signed.file_id]
        arrival = Incoming.objects.get(organ=commune.organ)
        assert arrival.attachment_count == 3
        page = browser(commune.clerk).get(reverse("documents:incoming_panel", args=[arrival.id, "tep-kem"])).text
        assert "danh sách.pdf" in page
        assert "Chữ ký của cơ quan: Hợp lệ" in page
        assert form.file_id in page
        got = browser(commune.clerk).get(url("attachment_file", marked.id))
        assert got.content == read(marked.sealed_id)
        assert find("danh sach xom", by=author)

    def test_a_paper_waits_until_each_mark_is_made(self):
        district = with_keys(make_district())
        clerk = district.actor("clerk")
        document = commands.create_draft(
            new_id(), draft_input(district, make_commune().organ, reviewer_ids=[]), by=district.actor("author"), now=NOW
        )
        attachment = attached(document, district)
        document = commands.submit_for_review(document.id, by=district.actor("author"), now=NOW)
        sign(document, district.actor("chair"))
        run_jobs()
        commands.number_document(document.id, by=clerk, now=NOW)
        sign(document, clerk)
        run_jobs()
        Attachment.objects.filter(id=attachment.id).update(sealed=None)
        note_failed_attachment_signature(attachment.id, code="signing.activation_expired")

        with pytest.raises(AttachmentsNotSealed):
            commands.issue_document(document.id, by=clerk, now=NOW)

        page = browser(district.clerk).get(reverse("documents:panel", args=[document.id, "tep-kem"])).text
        assert f"?id={attachment.id}" in page
        [info] = signables.describe_attachments([attachment.id], clerk)
        assert (info.may_be_ticked, info.order.mark) == (True, document.number_text or "01/KH-UBND")
        assert signables.describe_attachments([attachment.id], district.actor("author")) == []

    def test_a_signature_for_a_cancelled_number_is_not_used(self):
        district = with_keys(make_district())
        clerk = district.actor("clerk")
        document = drawn_and_signed(district)
        pdf = files.store(scan(), name="a.pdf", media_types={"application/pdf"}, max_bytes=10**6)
        attachment = Attachment.objects.create(
            document=document, place=1, name="a.pdf", file=pdf, gets_mark=True, added_at=NOW
        )
        Document.objects.filter(id=document.id).update(attachment_count=1)
        commands.number_document(document.id, by=clerk, now=NOW)
        attachment.refresh_from_db()
        old = attachment.prepared_id
        commands.cancel_number(document.id, reason="Sai", by=clerk, now=NOW)
        commands.number_document(document.id, by=clerk, now=NOW)

        take_attachment_signature(attachment.id, file_sha256=pdf.sha256, signed_sha256=old, now=NOW)

        attachment.refresh_from_db()
        assert (attachment.sealed_id, attachment.prepared_id != old) == (None, True)
        assert JournalLine.objects.filter(act="documents.signature_unused").count() == 1


class TestPages:
    def test_several_files_come_in_by_one_form_and_the_bad_one_is_named(self, office, draft):
        client = browser(office.author)
        good, bad = SimpleUploadedFile("tốt.pdf", scan()), SimpleUploadedFile("xấu.pdf", hostile.with_script())

        response = client.post(url("attach", draft.id), {"key": str(new_id()), "chosen": [good, bad]})

        assert response.status_code == 422
        assert "có mã lệnh" in response.text
        assert names(draft) == ["tốt.pdf"]

    def test_a_refused_stamp_asks_and_the_statement_lets_it_pass(self, office, draft):
        client, content = browser(office.author), docx_saying("MẬT", "ong")
        form = {"key": str(new_id()), "chosen": SimpleUploadedFile("a.docx", content)}

        refused = client.post(url("attach", draft.id), form)
        ticket = refused.context["form"].data["secret_ticket"]
        again = {**form, "secret_ticket": ticket, "not_secret": "on", "chosen": SimpleUploadedFile("a.docx", content)}

        assert 'name="not_secret"' in refused.text
        assert client.post(url("attach", draft.id), again).status_code == 302
        assert names(draft) == ["a.docx"]

    def test_the_buttons_move_remove_and_restore(self, office, draft):
        client = browser(office.author)
        first, second = attached(draft, office, name="1.pdf"), attached(draft, office, name="2.pdf")

        client.post(url("move_attachment", draft.id, second.id), {"up": "1"})
        client.post(url("remove_attachment", draft.id, first.id))
        removed = client.get(reverse("documents:panel", args=[draft.id, "tep-kem"])).text
        client.post(url("restore_attachment", draft.id, first.id))

        assert "Đã bỏ 1.pdf" in removed
        assert names(draft) == ["2.pdf", "1.pdf"]

    def test_a_pdf_is_shown_page_by_page_and_a_picture_as_it_is(self, office, draft):
        client = browser(office.author)
        pdf, picture = attached(draft, office), attached(draft, office, image("JPEG"), "ảnh.jpg")

        page = client.get(url("attachment", pdf.id)).text
        shown = client.get(url("attachment_file", picture.id) + "?xem")

        assert url("attachment_page", pdf.id, 1) in page
        assert Image.open(io.BytesIO(client.get(url("attachment_page", pdf.id, 1)).content)).format == "WEBP"
        assert client.get(url("attachment_page", picture.id, 1)).status_code == 404
        assert shown["Content-Disposition"].startswith("inline")
        assert url("attachment_file", picture.id) + "?xem" in client.get(url("attachment", picture.id)).text
        assert client.get(url("attachment_file", pdf.id))["Content-Disposition"].startswith("attachment")

    def test_a_stranger_finds_none_of_it(self, office, draft):
        attachment, client = attached(draft, office), browser(make_commune().author)

        for address in (
            url("attachment", attachment.id),
            url("attachment_file", attachment.id),
            url("attachment_page", attachment.id, 1),
        ):
            assert client.get(address).status_code == 404

    def test_the_panel_costs_the_same_for_many_files(self, office, draft):
        client = browser(office.author)
        attached(draft, office)

        def cost():
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("documents:panel", args=[draft.id, "tep-kem"]), headers={"HX-Request": "true"})
            return len(queries)

        cost()
        one = cost()
        for _ in range(3):
            attached(draft, office)
        assert cost() == one
