"""Recipients: organs, persons by name, addressees on paper; what was sent on paper is noted by the clerk."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from congso.kernel.errors import InvalidInput, NotFound, NotPermitted
from congso.kernel.ids import new_id
from congso.modules.documents import commands, papers
from congso.modules.documents.commands import PaperAddressee
from congso.modules.documents.commands.recipients import SendingDayAhead
from congso.modules.documents.forms import _addressee
from congso.modules.documents.models import Recipient
from congso.modules.documents.tests.factories import (
    NOW,
    TODAY,
    DocumentFactory,
    draft_input,
    make_commune,
    make_district,
)
from congso.shared.files import pages
from congso.shared.journal.models import JournalLine
from congso.shared.organs.tests.factories import OrganFactory

pytestmark = pytest.mark.django_db

SCHOOL = PaperAddressee("Trường Mầm non Mẫu", "Thôn Đông, xã Thăng Long", 2)


@pytest.fixture
def office():
    return make_district()


def drafted(office, *to, **more):
    return commands.create_draft(new_id(), draft_input(office, *to, **more), by=office.actor("author"), now=NOW)


def issued_on_paper(office, copies=2):
    document = DocumentFactory(author=office.author, organ=office.organ, issued=True)
    return document, Recipient.objects.create(document=document, name="Ông Nguyễn Văn Mẫu", copies=copies, place=0)


class TestSet:
    def test_all_three_kinds_stand_in_the_order_of_the_paper(self, office):
        organ = OrganFactory()

        document = drafted(office, organ, persons=[office.reviewer.id], on_paper=[SCHOOL])

        kept = document.recipients.order_by("place")
        assert [(to.organ_id, to.position_id, to.name, to.copies) for to in kept] == [
            (organ.id, None, "", 0),
            (None, office.reviewer.id, "", 0),
            (None, None, "Trường Mầm non Mẫu", 2),
        ]

    def test_saving_again_replaces_them(self, office):
        document = drafted(office, OrganFactory(), on_paper=[SCHOOL])

        commands.save_draft(document.id, draft_input(office), version=1, by=office.actor("author"), now=NOW)

        assert not document.recipients.exists()

    @pytest.mark.parametrize(
        "wrong", [PaperAddressee("  "), PaperAddressee("A", copies=0), PaperAddressee("A", copies=1000)]
    )
    def test_an_addressee_has_a_name_and_at_least_one_copy(self, office, wrong):
        with pytest.raises(InvalidInput):
            drafted(office, OrganFactory(), on_paper=[wrong])

    def test_they_are_printed_under_noi_nhan(self, office):
        document = drafted(office, OrganFactory(), persons=[office.reviewer.id], on_paper=[SCHOOL])

        printed = " ".join(pages.texts_of(papers.preview(document, now=NOW).pdf)[0].split())

        assert f"{office.reviewer.person.full_name}, {office.reviewer.title}" in printed
        assert "Trường Mầm non Mẫu" in printed

    def test_one_who_gets_it_on_paper_suffices(self, office):
        document = drafted(office, on_paper=[SCHOOL], reviewer_ids=[])

        assert commands.submit_for_review(document.id, by=office.actor("author"), now=NOW).state == "approved"


class TestTyped:
    @pytest.mark.parametrize(
        ("line", "read"),
        [
            ("Ông An", PaperAddressee("Ông An")),
            ("Ông An; thôn Đông; 3", PaperAddressee("Ông An", "thôn Đông", 3)),
            ("Ông An; 2", PaperAddressee("Ông An", "", 2)),
            ("Ông An; thôn Đông; xã Tế Lợi", PaperAddressee("Ông An", "thôn Đông, xã Tế Lợi", 1)),
        ],
    )
    def test_a_line_is_name_address_copies(self, line, read):
        assert _addressee(line) == read


class TestMarkSent:
    def test_the_clerk_notes_the_day_once(self, office):
        document, to = issued_on_paper(office)

        counts = [
            commands.mark_sent_on_paper([to.id], sent_date=TODAY, by=office.actor("clerk"), now=NOW) for _ in range(2)
        ]

        assert counts == [1, 0]
        assert Recipient.objects.get().sent_date == TODAY
        line = JournalLine.objects.get(subject_id=document.id, act="documents.sent_on_paper")
        assert line.facts == {"count": 2}

    @pytest.mark.parametrize("day", [TODAY + timedelta(days=1), date(2023, 11, 28)])
    def test_not_before_the_paper_nor_in_the_future(self, office, day):
        _document, to = issued_on_paper(office)

        with pytest.raises(SendingDayAhead):
            commands.mark_sent_on_paper([to.id], sent_date=day, by=office.actor("clerk"), now=NOW)

    def test_the_author_may_not(self, office):
        _document, to = issued_on_paper(office)

        with pytest.raises(NotPermitted):
            commands.mark_sent_on_paper([to.id], sent_date=TODAY, by=office.actor("author"), now=NOW)

    def test_another_organs_clerk_does_not_learn_of_it(self, office):
        _document, to = issued_on_paper(office)

        with pytest.raises(NotFound):
            commands.mark_sent_on_paper([to.id], sent_date=TODAY, by=make_commune().actor("clerk"), now=NOW)


@pytest.mark.parametrize("wrong", [{"name": "", "copies": 0}, {"name": "Ông An", "copies": 0}])
def test_the_database_refuses_a_recipient_of_no_kind(wrong):
    with pytest.raises(IntegrityError, match="recipient_is_an_organ_a_person_or_an_address"):
        Recipient.objects.create(document=DocumentFactory(), place=0, **wrong)
