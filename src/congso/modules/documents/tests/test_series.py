"""Number series: one per type or one for all, as the head chose; the turn of the year."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection

from congso.kernel import clock
from congso.kernel.errors import NotPermitted
from congso.modules.documents import commands, papers, series
from congso.modules.documents.commands.wording import SeriesUnchanged
from congso.modules.documents.kinds import SeriesScheme
from congso.modules.documents.tests.factories import (
    NOW,
    DocumentFactory,
    drawn_and_signed,
    make_commune,
    make_district,
)
from congso.shared.accounts.queries import actor_for
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.journal.models import JournalLine
from congso.shared.numbering.models import NumberTaken
from congso.shared.people.tests.factories import PositionFactory

pytestmark = pytest.mark.django_db
LAST_SECOND = datetime(2023, 12, 31, 23, 59, 59, tzinfo=clock.HANOI)
MIDNIGHT = datetime(2024, 1, 1, tzinfo=clock.HANOI)
PLAN_AND_REPORT = (("KH", "KH-UBND"), ("BC", "BC-UBND"))
COMMON, PER_TYPE = SeriesScheme.COMMON, SeriesScheme.PER_TYPE


@pytest.fixture
def office():
    return make_district()


@pytest.fixture
def paper(office):
    """One drawn paper; its file stands for that of every other."""
    return drawn_and_signed(office)


def waiting(office, paper, type_code="KH", notation="KH-UBND"):
    return DocumentFactory(
        signed=True,
        organ=office.organ,
        author=office.author,
        drafting_organ=office.drafting,
        signatory=office.chair,
        type_code=type_code,
        notation=notation,
        approved_pdf=paper.approved_pdf,
        signed_pdf=paper.signed_pdf,
    )


def number(office, document, now=NOW):
    return commands.number_document(document.id, by=office.actor("clerk"), now=now)


class TestChooseSeries:
    def test_before_the_first_number_it_holds_at_once(self, office, paper):
        choice = commands.choose_series(office.organ.id, COMMON, by=office.actor("chair"), now=NOW)

        plan, report = number(office, paper), number(office, waiting(office, paper, "BC", "BC-UBND"))
        assert choice.from_year == 2023
        assert [plan.number_text, report.number_text] == ["01/KH-UBND", "02/BC-UBND"]
        line = JournalLine.objects.get(act="documents.series_chosen")
        assert (line.subject_id, line.facts["from_year"]) == (office.organ.id, 2023)

    def test_after_it_the_series_of_the_year_run_on_and_the_next_year_begins_anew(self, office, paper):
        number(office, paper)

        choice = commands.choose_series(office.organ.id, COMMON, by=office.actor("chair"), now=NOW)

        now_on = [number(office, waiting(office, paper, *one)) for one in (("KH", "KH-UBND"), ("BC", "BC-UBND"))]
        next_year = [
            number(office, waiting(office, paper, *one), MIDNIGHT) for one in (("KH", "KH-UBND"), ("BC", "BC-UBND"))
        ]
        assert choice.from_year == 2024
        assert [one.number for one in now_on] == [2, 1]
        assert [one.number for one in next_year] == [1, 2]

    def test_it_is_taken_back_before_it_begins(self, office, paper):
        number(office, paper)
        by = office.actor("chair")
        commands.choose_series(office.organ.id, COMMON, by=by, now=NOW)

        commands.choose_series(office.organ.id, PER_TYPE, by=by, now=NOW)

        assert series.scheme_of(office.organ.id, 2024) == PER_TYPE

    def test_what_it_is_already_is_told(self, office):
        with pytest.raises(SeriesUnchanged, match="2023"):
            commands.choose_series(office.organ.id, PER_TYPE, by=office.actor("chair"), now=NOW)

    def test_only_the_head_of_that_organ(self, office):
        deputy = actor_for(PositionFactory(organ=office.organ, deputy=True).id, on=NOW.date())

        for by in (office.actor("clerk"), office.actor("reviewer"), deputy, make_commune().actor("chair")):
            with pytest.raises(NotPermitted):
                commands.choose_series(office.organ.id, COMMON, by=by, now=NOW)

    def test_copies_have_a_series_of_their_own_either_way(self, office):
        commands.choose_series(office.organ.id, COMMON, by=office.actor("chair"), now=NOW)

        assert {series.series_of(office.organ.id, code, 2023) for code in ("SY", "TrS", "SL")} == {series.COPIES}

    def test_a_letter_of_congratulation_shares_the_numbers_of_letters(self, office):
        assert series.series_of(office.organ.id, "ThC", 2023) == series.series_of(office.organ.id, "CV", 2023)

    def test_the_page_says_from_when_and_only_the_head_gets_the_form(self, client, office, paper):
        number(office, paper)
        with clock.at(NOW):
            sign_in(client, office.clerk)
            read = client.get("/van-ban/danh-so/").content.decode()
            sign_in(client, office.chair)
            chosen = client.post("/van-ban/danh-so/", {"scheme": COMMON}, follow=True).content.decode()

        assert "Người đứng đầu cơ quan chọn" in read
        assert "Từ 01/01/2024: <b>Một dãy số chung" in chosen


def test_the_database_refuses_two_papers_with_one_number_and_notation(office):
    facts = {"numbered": True, "organ": office.organ, "notation": "KH-UBND", "number": 7}
    DocumentFactory(**facts)

    with pytest.raises(IntegrityError, match="document_number_and_notation_are_unique_in_a_year"):
        DocumentFactory(**facts, series="chung")


def test_at_years_end_forty_that_wait_get_the_right_year_and_day_without_a_gap(office, paper):
    documents = [waiting(office, paper) for _ in range(40)]

    # The clerk's clicks before midnight and those after it reach the database in turns.
    numbered = [number(office, one, MIDNIGHT if place % 2 else LAST_SECOND) for place, one in enumerate(documents)]

    old, new = numbered[::2], numbered[1::2]
    assert [one.number for one in old] == [one.number for one in new] == list(range(1, 21))
    assert {(one.year, one.issued_date) for one in old} == {(2023, date(2023, 12, 31))}
    assert {(one.year, one.issued_date) for one in new} == {(2024, date(2024, 1, 1))}
    assert papers.date_in_field(new[0]) == "ngày 01 tháng 01 năm 2024"


@pytest.mark.django_db(transaction=True)
def test_a_choice_and_a_number_at_once_leave_no_number_twice():
    office = make_district()
    document = drawn_and_signed(office)
    others = [waiting(office, document), waiting(office, document)]
    clerk, chair = office.actor("clerk"), office.actor("chair")

    def act(one):
        try:
            if one is None:
                return commands.choose_series(office.organ.id, COMMON, by=chair, now=NOW).from_year
            return commands.number_document(one.id, by=clerk, now=NOW).number
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(act, [others[0], None, others[1]]))
    last = commands.number_document(document.id, by=clerk, now=NOW)

    assert last.number == 3
    assert NumberTaken.objects.values("series").distinct().count() == 1
