"""Remarks on passages: made by whoever reviews now, beside the text for the author, on record when seen to."""

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from congso.kernel import clock
from congso.kernel.errors import NotFound, NotPermitted
from congso.kernel.ids import new_id
from congso.modules.documents import commands
from congso.modules.documents.commands.remarking import PassageNotFound, RemarkIncomplete, RemarkResolved
from congso.modules.documents.models import PassageRemark
from congso.modules.documents.queries.writing import remarks_of
from congso.modules.documents.secrecy import SecretContent
from congso.modules.documents.tests.factories import LATER, NOW, body_of, draft_input, make_commune, make_district
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.journal.models import JournalLine

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def present():
    with clock.at(NOW):
        yield


@pytest.fixture
def office():
    return make_district()


@pytest.fixture
def paper(office):
    body = body_of("Mở đầu của kế hoạch.\nHoàn thành trước ngày 15 tháng 12.")
    typed = draft_input(office, office.drafting, body=body)
    document = commands.create_draft(new_id(), typed, by=office.actor("author"), now=NOW)
    return commands.submit_for_review(document.id, by=office.actor("author"), now=NOW)


def remark(office, paper, role="reviewer", **more):
    said = {"block": 1, "passage": "ngày 15  tháng 12", "text": "Nên lùi đến ngày 20."}
    return commands.remark_on_passage(
        paper.id, more.pop("remark_id", new_id()), **said | more, by=office.actor(role), now=NOW
    )


def acts(paper):
    return list(JournalLine.objects.filter(subject_id=paper.id, act__contains="remark").values_list("act", flat=True))


class TestRemarking:
    def test_the_reviewer_marks_words_and_the_author_sees_to_it(self, office, paper):
        made = remark(office, paper)
        commands.return_to_author(paper.id, reason="Xem góp ý", by=office.actor("reviewer"), now=NOW)

        commands.resolve_remark(made.id, answer=" Đã lùi ", by=office.actor("author"), now=LATER)

        [row] = remarks_of(paper)
        assert (row.remark.passage, row.remark.answer) == ("ngày 15 tháng 12", "Đã lùi")
        assert remarks_of(paper, only_open=True) == []
        assert acts(paper) == ["documents.remarked", "documents.remark_resolved"]
        with pytest.raises(RemarkResolved):
            commands.resolve_remark(made.id, by=office.actor("author"), now=LATER)

    def test_the_same_form_sent_twice_makes_one(self, office, paper):
        remark_id = new_id()
        for _ in range(2):
            remark(office, paper, remark_id=remark_id)

        assert PassageRemark.objects.count() == 1

    @pytest.mark.parametrize(
        ("more", "refusal"),
        [
            ({"text": " "}, RemarkIncomplete),
            ({"passage": "x" * 501}, RemarkIncomplete),
            ({"passage": "không có"}, PassageNotFound),
            ({"block": 9}, PassageNotFound),
            ({"text": "MẬT"}, SecretContent),
        ],
    )
    def test_what_is_no_remark_is_refused_with_words(self, office, paper, more, refusal):
        with pytest.raises(refusal):
            remark(office, paper, **more)

    def test_only_whose_turn_it_is_remarks_and_strangers_learn_nothing(self, office, paper):
        with pytest.raises(NotPermitted):
            remark(office, paper, role="author")
        made = remark(office, paper)
        for stranger in (office.actor("clerk"), make_commune().actor("chair")):
            with pytest.raises(NotFound):
                commands.resolve_remark(made.id, by=stranger, now=NOW)
        commands.initial(paper.id, by=office.actor("reviewer"), now=NOW)
        with pytest.raises(NotPermitted):
            remark(office, paper)
        with pytest.raises(NotPermitted):
            commands.resolve_remark(made.id, by=office.actor("chair"), now=NOW)
        assert remark(office, paper, role="chair", block=0, passage="Mở đầu").reviewer_id == office.chair.id

    def test_the_database_refuses_a_remark_seen_to_by_nobody(self, office, paper):
        made = remark(office, paper)
        with pytest.raises(IntegrityError, match="remark_is_resolved_by_somebody_at_a_moment"):
            PassageRemark.objects.filter(id=made.id).update(resolved_at=NOW)


class TestPages:
    def test_the_panel_offers_the_passages_and_the_text_page_shows_what_is_open(self, office, paper):
        reviewer, author = Client(), Client()
        sign_in(reviewer, office.reviewer)
        sign_in(author, office.author)
        panel = reviewer.get(reverse("documents:panel", args=[paper.id, "gop-y"]))
        passage, remark_id = panel.context["passages"][1]

        said = {"block": passage.block, "passage": passage.text, "text": "Nêu rõ căn cứ."}
        reviewer.post(reverse("documents:remark", args=[paper.id, remark_id]), said)
        commands.return_to_author(paper.id, reason="Xem góp ý", by=office.actor("reviewer"), now=NOW)
        page = author.get(reverse("documents:edit", args=[paper.id])).content.decode()
        back = author.post(reverse("documents:resolve_remark", args=[remark_id]), {"answer": "", "back": "edit"})

        assert "1 góp ý chờ xử lý" in page
        assert "Nêu rõ căn cứ." in page
        assert back.url == reverse("documents:edit", args=[paper.id])
        assert "chờ xử lý" not in author.get(back.url).content.decode()
