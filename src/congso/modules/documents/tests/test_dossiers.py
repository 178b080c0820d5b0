"""Work dossiers: begun, filled without copies, closed, kept, given on."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from congso.kernel import clock
from congso.kernel.errors import InvalidInput, NotFound, NotPermitted
from congso.kernel.ids import new_id
from congso.modules.documents.dossiers import catalogues, closing, errors, filling, listing, opening, retention
from congso.modules.documents.models import DossierItem, DossierState, WorkDossier
from congso.modules.documents.secrecy import SecretContent
from congso.modules.documents.tests.dossiers import close, given, make_dossier, put_file, put_paper
from congso.modules.documents.tests.factories import (
    NOW,
    TODAY,
    DocumentFactory,
    IncomingFactory,
    make_commune,
    make_district,
)
from congso.shared.files.models import StoredFile
from congso.shared.journal.models import JournalLine

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def present():
    with clock.at(NOW):
        yield


@pytest.fixture
def office():
    return make_commune()


@pytest.fixture
def dossier(office):
    return make_dossier(office)


def acts_of(subject):
    return list(JournalLine.objects.filter(subject_id=subject.id).order_by("id").values_list("act", flat=True))


class TestCatalogue:
    def add(self, office, **more):
        return catalogues.add_entry(
            more.pop("key", None) or new_id(),
            office.organ.id,
            year=2023,
            given=given(**more),
            maker_id=office.author.id,
            by=office.actor("clerk"),
            now=NOW,
        )

    def approve(self, office, by="chair"):
        return catalogues.approve_catalogue(office.organ.id, year=2023, by=office.actor(by), now=NOW)

    def test_a_dossier_is_made_by_an_approved_line_once(self, office):
        entry = self.add(office)
        catalogue = self.approve(office)

        made = opening.open_from_entry(new_id(), entry.id, by=office.actor("author"), now=NOW)

        assert (made.notation, made.retention, made.year) == ("01.TCCB", "05", 2023)
        assert acts_of(catalogue) == ["documents.dossier_entry_added", "documents.dossier_catalogue_approved"]
        with pytest.raises(errors.NotationTaken):
            opening.open_from_entry(new_id(), entry.id, by=office.actor("author"), now=NOW)

    def test_nothing_is_made_by_a_line_that_no_leader_approved(self, office):
        entry = self.add(office)

        with pytest.raises(errors.CatalogueNotApproved):
            opening.open_from_entry(new_id(), entry.id, by=office.actor("author"), now=NOW)

    def test_what_is_approved_is_not_changed(self, office):
        entry = self.add(office)
        self.approve(office)

        with pytest.raises(errors.CatalogueApproved):
            self.add(office, notation="02.TCCB")
        with pytest.raises(errors.CatalogueApproved):
            catalogues.drop_entry(entry.id, by=office.actor("clerk"), now=NOW)

    def test_only_the_clerk_writes_it_and_only_a_leader_approves_it(self, office):
        entry = self.add(office)

        with pytest.raises(NotPermitted):
            self.approve(office, by="clerk")
        with pytest.raises(NotPermitted):
            catalogues.edit_entry(entry.id, given=given(), maker_id=None, by=office.actor("author"), now=NOW)

    def test_last_years_is_copied_without_what_is_there(self, office):
        self.add(office)
        self.add(office, notation="02.TCCB")
        by = office.actor("clerk")
        catalogues.add_entry(
            new_id(), office.organ.id, year=2024, given=given(title="Khác"), maker_id=None, by=by, now=NOW
        )

        assert catalogues.copy_last_year(office.organ.id, year=2024, by=by, now=NOW) == 1
        with pytest.raises(errors.CatalogueEmpty):
            catalogues.copy_last_year(office.organ.id, year=2031, by=by, now=NOW)

    def test_a_line_sent_twice_is_one(self, office):
        key = new_id()

        assert self.add(office, key=key).id == self.add(office, key=key).id

    @pytest.mark.parametrize("wrong", [{"retention": "07"}, {"other_years": 3}, {"retention": "99"}])
    def test_only_other_says_its_years(self, office, wrong):
        with pytest.raises(errors.RetentionWrong):
            self.add(office, **wrong)

    @pytest.mark.parametrize("wrong", ["", "01 TCCB", "Hồ sơ", "x" * 21, "../01"])
    def test_a_notation_is_a_code(self, office, wrong):
        with pytest.raises(errors.NotationWrong):
            self.add(office, notation=wrong)


class TestOpen:
    def test_outside_the_catalogue_it_says_why(self, office, dossier):
        assert dossier.outside_reason == "Việc phát sinh"
        assert acts_of(dossier) == ["documents.dossier_opened"]
        with pytest.raises(errors.ReasonMissing):
            opening.open_outside(
                new_id(), office.organ.id, given(notation="9"), reason=" ", by=office.actor("author"), now=NOW
            )

    def test_a_code_is_used_once_a_year(self, office, dossier):
        with pytest.raises(errors.NotationTaken):
            make_dossier(office)

    def test_an_office_makes_dossiers_of_the_committee_it_serves(self):
        district = make_district()

        assert make_dossier(district).organ == district.organ

    def test_another_organ_opens_none_here(self, office):
        with pytest.raises(NotPermitted):
            opening.open_outside(
                new_id(), office.organ.id, given(), reason="x", by=make_commune("Trung Thành").actor("author"), now=NOW
            )

    def test_a_secret_title_is_kept_nowhere(self, office):
        with pytest.raises(SecretContent):
            make_dossier(office, title="TỐI MẬT")

        assert not WorkDossier.objects.exists()

    def test_the_database_refuses_one_closed_without_its_days(self, dossier):
        with pytest.raises(IntegrityError, match="work_dossier_is_closed_with_its_days"), transaction.atomic():
            WorkDossier.objects.filter(id=dossier.id).update(state=DossierState.CLOSED)


class TestPutIn:
    def test_one_paper_is_in_two_dossiers_without_a_copy(self, office, dossier):
        item = put_paper(dossier, office)
        other = make_dossier(office, notation="02.TCCB")
        files = StoredFile.objects.count()

        filling.put_in(other.id, "document", item.document_id, by=office.actor("author"), now=NOW)

        assert StoredFile.objects.count() == files
        assert acts_of(dossier)[-1] == "documents.put_in_dossier"
        assert acts_of(item.document) == ["documents.filed_in_dossier"] * 2

    def test_it_is_there_once_and_comes_back_after_it_was_taken_out(self, office, dossier):
        item = put_paper(dossier, office)
        by = office.actor("author")
        with pytest.raises(errors.AlreadyInDossier):
            filling.put_in(dossier.id, "document", item.document_id, by=by, now=NOW)

        filling.take_out(dossier.id, item.id, by=by, now=NOW)
        filling.put_in(dossier.id, "document", item.document_id, by=by, now=NOW)

        assert list(dossier.items.present()) == [item]
        assert "documents.taken_out_of_dossier" in acts_of(dossier)

    def test_only_papers_that_one_sees(self, office, dossier):
        unseen = IncomingFactory(organ=office.organ, registered=True)

        with pytest.raises(NotFound):
            filling.put_in(dossier.id, "incoming", unseen.id, by=office.actor("author"), now=NOW)

    def test_not_before_it_is_registered(self, office):
        dossier = make_dossier(office, by="clerk")

        with pytest.raises(errors.PaperNotReady):
            filling.put_in(
                dossier.id, "incoming", IncomingFactory(organ=office.organ).id, by=office.actor("clerk"), now=NOW
            )

    def test_only_its_keeper_fills_it(self, office, dossier):
        with pytest.raises(NotPermitted):
            put_paper(dossier, office, by="chair")

    def test_files_are_moved_noted_and_guarded(self, office, dossier):
        first, second = put_file(dossier, office), put_file(dossier, office, colour="blue")
        by = office.actor("author")

        filling.move_item(dossier.id, second.id, up=True, by=by, now=NOW)
        filling.note_item(dossier.id, first.id, note="chụp lúc nghiệm thu", by=by, now=NOW)

        assert [item.id for item in dossier.items.present()] == [second.id, first.id]
        with pytest.raises(SecretContent):
            filling.add_file(dossier.id, new_id(), "ab\nTUYỆT MẬT\n".encode(), name="a.txt", by=by, now=NOW)
        assert acts_of(dossier)[-1] == "documents.secret_refused"

    def test_a_file_sent_twice_is_there_once(self, office, dossier):
        item = put_file(dossier, office)

        again = filling.add_file(dossier.id, item.id, b"x", name="x.txt", by=office.actor("author"), now=NOW)

        assert again == item
        line = JournalLine.objects.get(act="documents.file_put_in_dossier")
        assert line.facts == {"item": str(item.id), "file": item.file_id}

    def test_the_database_refuses_an_item_that_is_two_things(self, office, dossier):
        item = put_paper(dossier, office)

        with pytest.raises(IntegrityError, match="dossier_item_is_one_thing"), transaction.atomic():
            DossierItem.objects.filter(id=item.id).update(name="tệp")


class TestClose:
    def test_papers_and_pages_are_counted(self, office, dossier):
        put_paper(dossier, office, pages=3)
        put_file(dossier, office)

        closed = close(dossier, office)

        assert (closed.state, closed.document_total, closed.page_total) == (DossierState.CLOSED, 2, 4)
        assert acts_of(dossier)[-1] == "documents.dossier_closed"
        with pytest.raises(errors.DossierNotOpen):
            put_file(dossier, office, colour="blue")

    def test_what_is_not_done_is_said_first(self, office):
        dossier = make_dossier(office, by="clerk")
        arrived = IncomingFactory(organ=office.organ, registered=True)
        by = office.actor("clerk")
        filling.put_in(dossier.id, "incoming", arrived.id, by=by, now=NOW)

        with pytest.raises(errors.StillMissing, match="chưa xử lý xong"):
            closing.close_dossier(dossier.id, start_date=TODAY, end_date=TODAY, all_the_same=False, by=by, now=NOW)

        assert close(dossier, office, by="clerk").state == DossierState.CLOSED

    def test_an_empty_one_stays_open(self, office, dossier):
        with pytest.raises(errors.DossierEmpty):
            close(dossier, office)

    @pytest.mark.parametrize(("start", "end"), [(TODAY, date(2023, 11, 28)), (TODAY, date(2023, 11, 30))])
    def test_work_does_not_end_before_it_began_or_after_today(self, office, dossier, start, end):
        put_file(dossier, office)

        with pytest.raises(errors.DaysWrong):
            close(dossier, office, start=start, end=end)

    def test_more_pages_than_four_digits_are_split(self, office, dossier):
        item = put_file(dossier, office)
        DossierItem.objects.filter(id=item.id).update(pages=10_000)

        with pytest.raises(errors.TooManyPages):
            close(dossier, office)

    def test_it_is_opened_again_with_a_reason(self, office, dossier):
        put_file(dossier, office)
        close(dossier, office)
        by = office.actor("author")
        with pytest.raises(errors.ReasonMissing):
            closing.reopen_dossier(dossier.id, reason="", by=by, now=NOW)

        again = closing.reopen_dossier(dossier.id, reason="Còn văn bản trả lời", by=by, now=NOW)

        assert (again.state, again.closed_at) == (DossierState.OPEN, None)
        assert acts_of(dossier)[-1] == "documents.dossier_reopened"


class TestDays:
    def closed(self, office, end, **more):
        dossier = make_dossier(office, **more)
        put_file(dossier, office)
        return close(dossier, office, start=end, end=end)

    def test_handed_over_within_a_year_construction_within_three_months(self, office):
        usual = self.closed(office, date(2023, 2, 28))
        built = self.closed(office, date(2022, 11, 30), notation="02.XD", is_construction=True)

        assert closing.due_date(usual) == date(2024, 2, 28)
        assert closing.due_date(built) == date(2023, 2, 28)

    def test_what_is_kept_under_five_years_is_not_handed_over(self, office):
        short = self.closed(office, TODAY, retention="07", other_years=4)

        assert closing.due_date(short) is None
        assert not listing.due_for_archive(office.actor("clerk"), date(2030, 1, 1)).exists()

    def test_the_list_tells_thirty_days_before(self, office):
        dossier = self.closed(office, date(2022, 12, 20))

        assert list(listing.due_for_archive(office.actor("author"), TODAY)) == [dossier]
        assert not listing.due_for_archive(office.actor("author"), date(2023, 11, 1)).exists()

    def test_the_owner_keeps_it_at_most_two_years_more(self, office):
        dossier = self.closed(office, date(2022, 11, 29))
        by = office.actor("author")
        with pytest.raises(errors.KeptTooLong):
            closing.keep_longer(dossier.id, until=date(2025, 11, 30), reason="Thanh tra", by=by, now=NOW)

        closing.keep_longer(dossier.id, until=date(2025, 11, 29), reason="Thanh tra", by=by, now=NOW)

        assert not listing.due_for_archive(by, TODAY).exists()
        assert acts_of(dossier)[-1] == "documents.dossier_kept_longer"

    def test_retention_counts_whole_years_after_the_end(self):
        assert retention.expires_on("06", None, ended=TODAY) == date(2034, 1, 1)
        assert retention.expires_on(retention.FOREVER, None, ended=TODAY) is None


class TestWho:
    def test_another_organ_does_not_learn_that_it_exists(self, dossier):
        with pytest.raises(NotFound):
            put_paper(dossier, make_commune("Trung Thành"))

    def test_it_is_given_on_within_the_organ(self, office, dossier):
        opening.give_dossier(dossier.id, office.clerk.id, by=office.actor("chair"), now=NOW)

        assert listing.my_open_dossiers(office.actor("clerk")) == [dossier]
        assert not WorkDossier.objects.visible_to(office.actor("author")).exists()
        stranger = make_commune("Trung Thành").author
        with pytest.raises(InvalidInput):
            opening.give_dossier(dossier.id, stranger.id, by=office.actor("chair"), now=NOW)

    def test_its_text_is_corrected_while_it_is_open(self, office, dossier):
        by = office.actor("author")
        opening.edit_dossier(dossier.id, given(title="Tên khác", retention="07", other_years=3), by=by, now=NOW)

        dossier.refresh_from_db()
        assert (dossier.title, dossier.retention_words) == ("Tên khác", "3 năm")
        assert acts_of(dossier)[-1] == "documents.dossier_edited"


def test_drafts_count_as_missing(office, dossier):
    draft = DocumentFactory(author=office.author, organ=office.organ)
    filling.put_in(dossier.id, "document", draft.id, by=office.actor("author"), now=NOW)

    assert closing.counts_of(dossier.id).drafts == 1
