"""Registers: the decree's columns, filters, files, the closing of a year, filters that one keeps."""

import io
import zipfile
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from congso.kernel import clock
from congso.kernel.errors import NotFound, NotPermitted
from congso.kernel.ids import new_id
from congso.modules.documents import commands
from congso.modules.documents.kinds import AssignmentKind, IncomingState
from congso.modules.documents.models import (
    Assignment,
    Direction,
    RegisterClosing,
    RegisterFile,
    RegisterKind,
    RegisterMedia,
    SavedFilter,
)
from congso.modules.documents.registers import keeping, writing
from congso.modules.documents.registers.books import BOOKS
from congso.modules.documents.registers.closed import RegisterIsClosed
from congso.modules.documents.registers.filters import RegisterFilter, from_facts
from congso.modules.documents.tests.factories import NOW, DocumentFactory, IncomingFactory, make_district
from congso.modules.documents.tests.worker import run_jobs
from congso.shared import files
from congso.shared.accounts.queries import actor_for
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.files import pages
from congso.shared.files.models import StoredFile
from congso.shared.journal.models import JournalLine

pytestmark = pytest.mark.django_db
NEW_YEAR = datetime(2024, 1, 2, 9, tzinfo=clock.HANOI)


@pytest.fixture(autouse=True)
def present():
    with clock.at(NOW):
        yield


@pytest.fixture
def office():
    return make_district()


def actor(position, on=NOW):
    return actor_for(position.id, on=clock.day_of(on))


def issued(office, **more):
    return DocumentFactory(author=office.author, organ=office.organ, issued=True, **more)


def lines(office, kind, **asked):
    book = BOOKS[kind]
    return book.rows(book.in_order(office.organ.id, 2023, RegisterFilter(**asked)))


class TestBooks:
    def test_every_register_has_the_columns_of_the_decree(self):
        assert {kind: len(book.columns) for kind, book in BOOKS.items()} == {"di": 10, "den": 10, "theo-doi": 7}

    def test_the_outgoing_register_lists_the_year_by_day(self, office):
        issued(office, number=2, issued_date=date(2023, 11, 29))
        issued(office, number=1, issued_date=date(2023, 1, 5))
        issued(office, number=9, issued_date=date(2022, 12, 31), year=2022)

        assert [line[0] for line in lines(office, "di")] == ["01/KH-UBND", "02/KH-UBND"]

    def test_following_tells_who_until_when_and_the_reply(self, office):
        paper = IncomingFactory(organ=office.organ, registered=True, due_date=date(2023, 12, 1))
        direction = Direction.objects.create(incoming=paper, given_by=office.chair, given_at=NOW)
        Assignment.objects.create(
            incoming=paper, direction=direction, kind=AssignmentKind.LEAD, position=office.author, place=0
        )
        issued(office, number=7, reply_to=paper)
        IncomingFactory(organ=office.organ, registered=True, number_text="16/TB-UBND")

        (line,) = lines(office, "theo-doi")

        assert office.author.person.full_name in line[2]
        assert line[3] == "01/12/2023"
        assert line[5] == "07/KH-UBND ngày 29/11/2023"

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"text": "chuyen doi so"}, ["01/KH-UBND"]),
            ({"text": "2"}, ["02/KH-UBND"]),
            ({"text": "02/kh"}, ["02/KH-UBND"]),
            ({"who": "tran an"}, ["02/KH-UBND"]),
            ({"since": date(2023, 12, 1)}, ["02/KH-UBND"]),
            ({"until": date(2023, 11, 30)}, ["01/KH-UBND"]),
            ({"text": "không có từ này"}, []),
        ],
    )
    def test_a_filter_needs_no_marks(self, office, asked, found):
        issued(office, number=1, subject="Chuyển đổi số", signer_name="Lê Văn Bình", issued_date=date(2023, 11, 1))
        issued(office, number=2, subject="Trồng cây", signer_name="Trần Ấn", issued_date=date(2023, 12, 1))

        assert [line[0] for line in lines(office, "di", **asked)] == found

    def test_late_is_what_is_open_after_its_day(self, office):
        for state, due in ((IncomingState.DIRECTED, 1), (IncomingState.DIRECTED, 30), (IncomingState.ANSWERED, 1)):
            IncomingFactory(organ=office.organ, registered=True, state=state, due_date=date(2023, 11, due))

        late = lines(office, "den", state="late", today=date(2023, 11, 29))

        assert len(late) == 1

    def test_a_filter_that_was_kept_reads_back(self):
        asked = RegisterFilter(text="a b", who="c", since=date(2023, 2, 1), state="open", today=date(2023, 3, 1))

        assert from_facts(asked.as_facts(), today=date(2023, 3, 1)) == asked


class TestFiles:
    @pytest.fixture
    def ask(self, office):
        def ask(media=RegisterMedia.PDF, by=None, **more):
            return writing.ask_for_file(
                more.pop("file_id", new_id()),
                office.organ.id,
                kind=RegisterKind.OUTGOING,
                year=2023,
                asked=RegisterFilter(**more),
                media=media,
                by=by or actor(office.clerk),
                now=NOW,
            )

        return ask

    def test_the_pdf_has_the_lines_and_the_columns(self, office, ask):
        issued(office, number=1, subject="Chuyển đổi số")
        asked = ask()

        run_jobs(twice=True)

        asked.refresh_from_db()
        text = " ".join("".join(pages.texts_of(files.read(asked.file_id))).split())
        assert "SỔ VĂN BẢN ĐI" in text
        assert "01/KH-UBND" in text
        assert "Chuyển đổi số" in text
        assert "Sổ có 1 dòng." in text
        assert JournalLine.objects.filter(act="documents.register_exported", subject_id=asked.id).count() == 1

    def test_a_letter_that_cannot_be_printed_stops_no_register(self, office, ask):
        issued(office, number=1, subject="Chuyển đổi số 🎉")
        asked = ask()

        run_jobs()

        asked.refresh_from_db()
        assert "Chuyển đổi số" in " ".join("".join(pages.texts_of(files.read(asked.file_id))).split())

    def test_the_workbook_holds_text_never_formulas(self, office, ask):
        issued(office, number=1, subject='=HYPERLINK("http://example.org")')
        asked = ask(RegisterMedia.XLSX)

        run_jobs()

        asked.refresh_from_db()
        with zipfile.ZipFile(io.BytesIO(files.read(asked.file_id))) as book:
            written = "".join(book.read(part).decode() for part in book.namelist() if part.endswith(".xml"))
        assert "=HYPERLINK(" in written
        assert "<f>" not in written
        assert "<hyperlink" not in written

    def test_the_same_form_asks_once(self, ask):
        file_id = new_id()

        ask(file_id=file_id)
        ask(file_id=file_id)

        assert RegisterFile.objects.count() == 1

    def test_more_than_a_file_holds_is_refused(self, office, ask, monkeypatch):
        monkeypatch.setattr(writing, "MOST_LINES", 0)
        issued(office)

        with pytest.raises(writing.RegisterTooLong):
            ask()

    def test_a_specialist_may_not(self, office, ask):
        with pytest.raises(NotPermitted):
            ask(by=actor(office.author))

    def test_files_are_forgotten_after_a_month_with_their_bytes(self, ask, django_capture_on_commit_callbacks):
        asked = ask()
        run_jobs()
        asked.refresh_from_db()

        with django_capture_on_commit_callbacks(execute=True):
            assert writing.forget_files(now=NOW + timedelta(days=29)) == 0
            assert writing.forget_files(now=NOW + timedelta(days=31)) == 1

        assert not StoredFile.objects.filter(sha256=asked.file_id).exists()


class TestClosing:
    def close(self, office, by=None, year=2023, now=NEW_YEAR, kind=RegisterKind.OUTGOING):
        return writing.close_register(office.organ.id, kind=kind, year=year, by=by or actor(office.clerk), now=now)

    def test_a_year_that_is_over_is_closed_into_files(self, office):
        issued(office)

        closing = self.close(office)
        run_jobs(twice=True)

        closing.refresh_from_db()
        assert closing.lines == 1
        assert closing.pdf_id
        assert closing.xlsx_id
        assert JournalLine.objects.get(act="documents.register_filed").facts["pdf"] == closing.pdf_id

    def test_not_before_new_year_in_hanoi(self, office):
        with pytest.raises(writing.YearNotOver):
            self.close(office, now=datetime(2023, 12, 31, 23, 59, 59, tzinfo=clock.HANOI))

    def test_not_twice(self, office):
        self.close(office)

        with pytest.raises(writing.RegisterAlreadyClosed):
            self.close(office)
        assert RegisterClosing.objects.count() == 1

    def test_not_with_a_number_that_was_not_used(self, office):
        DocumentFactory(author=office.author, organ=office.organ, numbered=True)

        with pytest.raises(writing.RegisterHasOpenLines):
            self.close(office)

    def test_only_by_its_clerk(self, office):
        with pytest.raises(NotPermitted):
            self.close(office, by=actor(office.chair))

    def test_then_no_number_of_it_is_cancelled(self, office):
        self.close(office)
        late = DocumentFactory(author=office.author, organ=office.organ, numbered=True)

        with pytest.raises(RegisterIsClosed):
            commands.cancel_number(late.id, reason="Nhầm", by=actor(office.clerk), now=NEW_YEAR)


class TestKeptFilters:
    PLACE = "documents:incoming"

    def keep(self, office, name="Quá hạn", query="state=late&q=&sau=abc"):
        return keeping.save_filter(self.PLACE, name=name, query=query, by=actor(office.clerk), now=NOW)

    def test_it_is_kept_without_the_page(self, office):
        assert self.keep(office).query == "state=late"

    def test_the_same_name_is_replaced(self, office):
        self.keep(office)
        self.keep(office, query="state=done")

        assert SavedFilter.objects.get().query == "state=done"

    def test_what_filters_nothing_is_not_kept(self, office):
        with pytest.raises(keeping.InvalidInput):
            self.keep(office, query="q=&sau=abc")

    def test_so_many_and_no_more(self, office, monkeypatch):
        monkeypatch.setattr(keeping, "MOST_FILTERS", 1)
        self.keep(office)

        with pytest.raises(keeping.TooManyFilters):
            self.keep(office, name="Khác")

    def test_another_hat_neither_sees_nor_drops_it(self, office):
        kept = self.keep(office)

        assert keeping.saved_filters(self.PLACE, actor(office.chair)) == []
        with pytest.raises(NotFound):
            keeping.drop_filter(kept.id, by=actor(office.chair), now=NOW)

    def test_its_owner_drops_it(self, office):
        keeping.drop_filter(self.keep(office).id, by=actor(office.clerk), now=NOW)

        assert not SavedFilter.objects.exists()
        assert JournalLine.objects.filter(act="documents.filter_dropped").count() == 1


class TestPages:
    @pytest.fixture
    def clerk(self, office):
        client = Client()
        sign_in(client, office.clerk)
        return client

    def test_export_leads_to_the_file(self, office, clerk):
        issued(office)
        sent = {"once": str(new_id()), "nam": "2023", "media": "xlsx"}

        response = clerk.post(reverse("documents:export_register", args=["di"]), sent, follow=True)
        assert "Đang lập tệp" in response.text
        run_jobs()

        listed = clerk.get(reverse("documents:register_files"), headers={"HX-Request": "true"}).text
        asked = RegisterFile.objects.get()
        assert reverse("documents:download_register", args=[asked.id]) in listed
        assert clerk.get(reverse("documents:download_register", args=[asked.id])).content.startswith(b"PK")

    def test_a_day_that_is_none_is_said_and_filters_nothing(self, office, clerk):
        issued(office, number=1)

        response = clerk.get(reverse("documents:outgoing_register"), {"since": "31/02/2023"})

        assert response.status_code == 422
        assert "Không có ngày này" in response.text
        assert "01/KH-UBND" in response.text

    def test_last_year_offers_its_closing_and_then_its_files(self, office, clerk):
        with clock.at(NEW_YEAR):
            issued(office)
            page = clerk.get(reverse("documents:outgoing_register"), {"nam": "2023"}).text
            assert "Khóa sổ năm 2023" in page
            clerk.post(reverse("documents:close_register", args=["di"]), {"nam": "2023"})
            run_jobs()

            page = clerk.get(reverse("documents:outgoing_register"), {"nam": "2023"}).text

        closing = RegisterClosing.objects.get()
        address = reverse("documents:closed_register", args=[closing.id, "pdf"])
        assert address in page
        assert clerk.get(address).content.startswith(b"%PDF")

    def test_a_filter_is_kept_and_dropped_from_the_list(self, office, clerk):
        IncomingFactory(organ=office.organ)
        sent = {"place": "documents:incoming", "name": "Chưa vào sổ", "query": "state=new"}

        page = clerk.post(reverse("documents:save_filter"), sent, follow=True).text
        assert "Xóa bộ lọc Chưa vào sổ" in page

        kept = SavedFilter.objects.get()
        page = clerk.post(reverse("documents:drop_filter", args=[kept.id]), follow=True).text
        assert "Bộ lọc đã lưu" not in page

    @pytest.mark.parametrize(
        ("asked", "is_found"),
        [
            ({"sender": "huyen mau"}, True),
            ({"sender": "tỉnh"}, False),
            ({"number": "15/kh"}, True),
            ({"since": "29/11/2023", "until": "29/11/2023"}, True),
            ({"since": "30/11/2023"}, False),
            ({"verdict": "failed"}, False),
            ({"urgency": "1"}, False),
            ({"who": "ai đó"}, False),
        ],
    )
    def test_the_incoming_list_is_filtered_by_what_is_known(self, office, clerk, asked, is_found):
        IncomingFactory(organ=office.organ, number_text="15/KH-UBND", subject="Thứ cần tìm")

        page = clerk.get(reverse("documents:incoming"), asked).text

        assert ("Thứ cần tìm" in page) is is_found

    @pytest.mark.parametrize(
        ("asked", "is_found"),
        [
            ({"number": "3/kh"}, True),
            ({"number": "4"}, False),
            ({"signer": "binh"}, True),
            ({"signed": "digital"}, True),
            ({"signed": "paper"}, False),
            ({"answered": "no"}, True),
            ({"answered": "yes"}, False),
            ({"to": "khong co"}, False),
            ({"until": "28/11/2023"}, False),
        ],
    )
    def test_the_outgoing_list_is_filtered_by_what_is_known(self, office, clerk, asked, is_found):
        issued(office, number=3, subject="Thứ cần tìm", signer_name="Lê Bình")

        page = clerk.get(reverse("documents:outgoing"), asked).text

        assert ("Thứ cần tìm" in page) is is_found


class TestLabels:
    def test_each_has_its_number_and_a_code_that_opens_the_paper(self, office):
        paper = issued(office, number=7, subject="Trồng cây")
        client = Client()
        sign_in(client, office.clerk)

        sheet = client.get(reverse("documents:labels"), {"di": str(paper.id), "o": "5"})

        assert sheet.content.startswith(b"%PDF")
        text = "".join(pages.texts_of(sheet.content))
        assert "07/KH-UBND" in text
        assert "Trồng cây" in text

    def test_nothing_chosen_says_what_to_do(self, office):
        client = Client()
        sign_in(client, office.clerk)

        answer = client.get(reverse("documents:labels"))

        assert answer.status_code == 422
        assert "chọn từ 1 đến 200 văn bản" in answer.text

    def test_papers_of_others_get_none(self, office):
        foreign = DocumentFactory(issued=True)
        client = Client()
        sign_in(client, office.clerk)

        assert client.get(reverse("documents:labels"), {"di": str(foreign.id)}).status_code == 404


class TestFilterBar:
    @pytest.fixture
    def clerk(self, office):
        client = Client()
        sign_in(client, office.clerk)
        return client

    @pytest.mark.parametrize(("asked", "is_shown"), [({}, False), ({"them": "1"}, True), ({"sender": "huyện"}, True)])
    def test_all_fields_are_drawn_only_when_asked_for_or_used(self, clerk, asked, is_shown):
        page = clerk.get(reverse("documents:incoming"), asked).text

        assert ('name="due_until"' in page) is is_shown
        assert ("them=1" in page) is not is_shown

    def test_asking_for_all_fields_keeps_what_is_filtered(self, clerk):
        page = clerk.get(reverse("documents:incoming"), {"state": "late", "sau": ""}).text

        assert 'href="?state=late&amp;them=1"' in page

    def test_open_fields_are_no_part_of_a_kept_filter(self):
        assert keeping.plain_query("state=late&them=1") == "state=late"
