"""Reasons and orders are guarded against secrets like papers: refused, nothing kept, the stop on record."""

import pytest

from congso.kernel.ids import new_id
from congso.modules.documents import commands
from congso.modules.documents.commands import DirectionInput, ForwardingInput
from congso.modules.documents.models import Direction
from congso.modules.documents.secrecy import SecretContent
from congso.modules.documents.tests.factories import (
    LATER,
    NOW,
    TODAY,
    DocumentFactory,
    IncomingFactory,
    draft_input,
    make_district,
)
from congso.shared.journal.models import JournalLine
from congso.shared.organs.tests.factories import OrganFactory

pytestmark = pytest.mark.django_db
STAMP = "Lý do\nTỐI MẬT"


@pytest.fixture
def office():
    return make_district()


def refused(record, command, *given, by, **said):
    """Let a command refuse ``said``; who asked and for which record is all that is on record."""
    with pytest.raises(SecretContent):
        command(record.id, *given, **said, by=by, now=LATER)
    line = JournalLine.objects.latest("id")
    assert (line.act, line.facts) == ("documents.secret_refused", {})
    assert (line.subject_id, line.person_id) == (record.id, by.person_id)
    record.refresh_from_db()


@pytest.fixture
def issued(office):
    return DocumentFactory(author=office.author, organ=office.organ, issued=True, signatory=office.chair)


class TestOutgoing:
    def test_why_a_paper_is_recalled(self, office, issued):
        refused(issued, commands.order_recall, reason=STAMP, by=office.actor("chair"))

    @pytest.mark.parametrize("command", [commands.draft_replacement, commands.draft_correction])
    def test_what_is_wrong_in_a_paper(self, office, issued, command):
        refused(issued, command, new_id(), reason=STAMP, by=office.actor("author"))

    def test_why_a_reviewer_is_passed_over(self, office):
        author = office.actor("author")
        draft = commands.create_draft(new_id(), draft_input(office, OrganFactory()), by=author, now=NOW)
        commands.submit_for_review(draft.id, by=author, now=NOW)

        refused(draft, commands.skip_reviewer, reason=STAMP, by=author)


class TestIncoming:
    @pytest.fixture
    def paper(self, office):
        paper = IncomingFactory(organ=office.organ, registered=True)
        order = DirectionInput(lead=office.reviewer.id)
        commands.direct_incoming(paper.id, order, by=office.actor("chair"), now=NOW)
        return paper

    def test_why_it_is_given_back(self, office):
        paper = IncomingFactory(organ=office.organ)

        refused(paper, commands.return_incoming, reason=STAMP, by=office.actor("clerk"))
        assert not paper.return_reason

    def test_why_it_is_registered_again(self, office):
        earlier = IncomingFactory(organ=office.organ, registered=True)
        paper = IncomingFactory(organ=office.organ, number_text=earlier.number_text, sender_text=earlier.sender_text)

        refused(paper, commands.register_incoming, duplicate_reason=STAMP, by=office.actor("clerk"))

    def test_what_a_head_says_to_the_staff(self, office, paper):
        order = DirectionInput(lead=office.author.id, text=STAMP)

        refused(paper, commands.split_part, order, by=office.actor("reviewer"))

    def test_what_is_said_when_it_is_passed_on(self, office, paper):
        to = ForwardingInput(people=[office.author.id], text=STAMP)

        refused(paper, commands.forward_incoming, to, by=office.actor("clerk"))

    def test_why_a_day_is_moved_or_a_direction_taken_back(self, office, paper):
        given, chair = Direction.objects.get(incoming=paper), office.actor("chair")

        refused(paper, commands.change_due_date, given.id, TODAY, reason=STAMP, by=chair)
        refused(paper, commands.take_back_direction, given.id, reason=STAMP, by=chair)
