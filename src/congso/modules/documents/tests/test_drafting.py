"""Drafts: nothing typed is lost, nothing secret is kept."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from congso.kernel.actor import Actor
from congso.kernel.errors import NotFound, NotPermitted
from congso.kernel.ids import new_id
from congso.modules.documents import commands
from congso.modules.documents.commands.drafting import DraftChangedElsewhere, NoPositionForDrafting
from congso.modules.documents.kinds import DocumentState
from congso.modules.documents.models import Document
from congso.modules.documents.queries.access import NotADraft
from congso.modules.documents.secrecy import SecretContent
from congso.modules.documents.tests.factories import (
    LATER,
    NOW,
    DocumentFactory,
    body_of,
    draft_input,
    make_commune,
    make_district,
)
from congso.shared.journal.models import JournalLine
from congso.shared.organs.tests.factories import OrganFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_district()


class TestCreateDraft:
    def test_a_specialist_of_the_office_drafts_for_its_committee(self, office):
        commune = OrganFactory()

        document = commands.create_draft(new_id(), draft_input(office, commune), by=office.actor("author"), now=NOW)

        assert (document.organ_id, document.drafting_organ_id) == (office.organ.id, office.drafting.id)
        assert [to.organ_id for to in document.recipients.all()] == [commune.id]
        assert JournalLine.objects.get(subject_id=document.id).act == "documents.drafted"

    def test_the_same_form_sent_twice_makes_one_draft(self, office):
        document_id, by = new_id(), office.actor("author")

        first = commands.create_draft(document_id, draft_input(office), by=by, now=NOW)
        second = commands.create_draft(document_id, draft_input(office), by=by, now=LATER)

        assert first == second
        assert JournalLine.objects.filter(subject_id=document_id).count() == 1

    def test_what_was_typed_before_the_form_knew_its_version_is_kept(self, office):
        document_id, by = new_id(), office.actor("author")
        commands.create_draft(document_id, draft_input(office, subject="Kế"), by=by, now=NOW)

        again = commands.create_draft(document_id, draft_input(office, subject="Kế hoạch"), by=by, now=LATER)

        assert (again.subject, again.edit_version) == ("Kế hoạch", 1)

    def test_an_old_form_does_not_overwrite_a_draft_that_went_on(self, office):
        document_id, by = new_id(), office.actor("author")
        commands.create_draft(document_id, draft_input(office), by=by, now=NOW)
        commands.save_draft(document_id, draft_input(office, subject="Mới"), version=1, by=by, now=NOW)

        with pytest.raises(DraftChangedElsewhere):
            commands.create_draft(document_id, draft_input(office, subject="Cũ"), by=by, now=LATER)

    def test_a_form_with_the_id_of_anothers_draft_learns_nothing(self, office):
        document_id = commands.create_draft(new_id(), draft_input(office), by=office.actor("author"), now=NOW).id

        with pytest.raises(NotFound):
            commands.create_draft(document_id, draft_input(office), by=office.actor("reviewer"), now=NOW)

    def test_nobody_drafts_for_an_organ_that_theirs_does_not_serve(self, office):
        stranger = make_commune()

        with pytest.raises(NotPermitted):
            commands.create_draft(new_id(), draft_input(office), by=stranger.actor("author"), now=NOW)

    def test_who_has_no_position_is_told_to_choose_one(self, office):
        with pytest.raises(NoPositionForDrafting):
            commands.create_draft(new_id(), draft_input(office), by=Actor.anonymous(), now=NOW)

    def test_a_position_that_lapsed_in_mid_form_loses_nothing(self, office):
        author = office.actor("author")
        without_hat = Actor(account_id=author.account_id, person_id=author.person_id)

        document = commands.create_draft(
            new_id(), draft_input(office), by=without_hat, now=NOW, as_position=office.author.id
        )

        assert document.body == body_of()
        assert document.author_id == office.author.id


class TestSaveDraft:
    def test_each_save_raises_the_version_and_leaves_no_line(self, office):
        by = office.actor("author")
        document = commands.create_draft(new_id(), draft_input(office), by=by, now=NOW)

        saved = commands.save_draft(
            document.id, draft_input(office, subject="Kế hoạch khác"), version=1, by=by, now=LATER
        )

        assert (saved.subject, saved.edit_version) == ("Kế hoạch khác", 2)
        assert JournalLine.objects.filter(subject_id=document.id).count() == 1

    def test_the_second_of_two_tabs_is_told_and_overwrites_nothing(self, office):
        by = office.actor("author")
        document = commands.create_draft(new_id(), draft_input(office), by=by, now=NOW)
        commands.save_draft(document.id, draft_input(office, subject="Của thẻ thứ nhất"), version=1, by=by, now=NOW)

        with pytest.raises(DraftChangedElsewhere):
            commands.save_draft(document.id, draft_input(office, subject="Của thẻ thứ hai"), version=1, by=by, now=NOW)

        assert Document.objects.get(id=document.id).subject == "Của thẻ thứ nhất"

    def test_what_is_under_review_is_not_changed(self, office):
        document = DocumentFactory(author=office.author, organ=office.organ, state=DocumentState.IN_REVIEW)

        with pytest.raises(NotADraft):
            commands.save_draft(document.id, draft_input(office), version=1, by=office.actor("author"), now=NOW)

    def test_a_colleague_does_not_learn_of_a_draft(self, office):
        document = DocumentFactory(author=office.author, organ=office.organ)

        with pytest.raises(NotFound):
            commands.save_draft(document.id, draft_input(office), version=1, by=office.actor("chair"), now=NOW)


class TestSecrets:
    def test_a_draft_that_may_be_secret_is_wiped_and_only_the_stop_is_on_record(self, office):
        by = office.actor("author")
        document = commands.create_draft(new_id(), draft_input(office, OrganFactory()), by=by, now=NOW)

        commands.stop_for_secret(document.id, by=by, now=LATER)

        assert not Document.objects.filter(id=document.id).exists()
        line = JournalLine.objects.filter(subject_id=document.id).latest("id")
        assert (line.act, line.facts) == ("documents.secret_stopped", {})

    def test_a_stop_wipes_nobody_elses_draft(self, office):
        document = DocumentFactory(author=office.author, organ=office.organ)

        with pytest.raises(NotFound):
            commands.stop_for_secret(document.id, by=office.actor("chair"), now=NOW)

        assert Document.objects.filter(id=document.id).exists()
        assert not JournalLine.objects.filter(subject_id=document.id).exists()

    def test_a_stop_says_that_the_paper_is_no_draft_any_more(self, office):
        document = DocumentFactory(author=office.author, organ=office.organ, approved=True)

        with pytest.raises(NotADraft):
            commands.stop_for_secret(document.id, by=office.actor("author"), now=NOW)

    def test_text_with_a_stamp_is_refused_and_not_kept(self, office):
        document_id = new_id()

        with pytest.raises(SecretContent):
            commands.create_draft(
                document_id, draft_input(office, body=body_of("TỐI MẬT\nNội dung")), by=office.actor("author"), now=NOW
            )

        assert not Document.objects.filter(id=document_id).exists()

    def test_that_somebody_was_stopped_is_on_record_once_and_without_content(self, office):
        document_id = new_id()

        for _ in range(2):
            with pytest.raises(SecretContent):
                commands.create_draft(
                    document_id, draft_input(office, subject="MẬT"), by=office.actor("author"), now=NOW
                )

        line = JournalLine.objects.get(subject_id=document_id)
        assert (line.act, line.facts, line.person_id) == ("documents.secret_refused", {}, office.author.person_id)

    def test_the_author_may_state_that_a_line_is_no_stamp(self, office):
        by, document_id = office.actor("author"), new_id()
        draft = draft_input(office, body=body_of("MẬT\nong rừng"), stamps_denied=1)

        document = commands.create_draft(document_id, draft, by=by, now=NOW)
        again = commands.save_draft(
            document_id, draft_input(office, body=body_of("MẬT\nong nhà")), version=1, by=by, now=LATER
        )

        assert (document.stamps_denied, again.stamps_denied) == (1, 1)
        stated = JournalLine.objects.get(act="documents.stated_not_secret")
        assert (stated.subject_id, stated.facts, stated.position_id) == (document_id, {}, office.author.id)

    def test_one_more_line_than_was_stated_is_refused(self, office):
        by, document_id = office.actor("author"), new_id()
        draft = draft_input(office, body=body_of("MẬT\nong rừng"), stamps_denied=1)
        commands.create_draft(document_id, draft, by=by, now=NOW)

        with pytest.raises(SecretContent) as refusal:
            commands.save_draft(
                document_id, draft_input(office, body=body_of("MẬT\nTỐI MẬT")), version=1, by=by, now=LATER
            )

        assert refusal.value.stamps == 2


class TestCarryOver:
    def test_a_draft_moves_to_another_hat_of_its_author(self, office):
        commune = make_commune()
        commune.author.person = office.author.person
        commune.author.save()
        document = DocumentFactory(author=office.author, organ=office.organ)

        moved = commands.carry_over(document.id, by=commune.actor("author"), now=NOW)

        assert (moved.author_id, moved.organ_id) == (commune.author.id, commune.organ.id)
        assert JournalLine.objects.get(subject_id=document.id).act == "documents.carried_over"


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_twice_at_the_same_moment_makes_one_draft():
    office, document_id = make_district(), new_id()
    draft, by = draft_input(office), office.actor("author")

    def send(_time):
        try:
            return commands.create_draft(document_id, draft, by=by, now=NOW).id
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(send, range(2)))

    assert made == [document_id, document_id]
    assert Document.objects.count() == 1
