"""Versions: each text that was submitted is kept once and says what became of it; two are compared word by word."""

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from congso.kernel import clock
from congso.kernel.errors import InvalidInput, NotFound
from congso.kernel.ids import new_id
from congso.modules.documents import commands, comparing
from congso.modules.documents.comparing import Text, compare, count_changes
from congso.modules.documents.models import DraftVersion
from congso.modules.documents.queries.access import NotADraft
from congso.modules.documents.rendering.tests.factories import body, cell, heading, listed, paragraph, table
from congso.modules.documents.secrecy import SecretContent
from congso.modules.documents.tests.factories import LATER, NOW, body_of, draft_input, make_district
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.journal.models import JournalLine


@pytest.fixture
def office():
    return make_district()


@pytest.fixture
def draft(office):
    return commands.create_draft(new_id(), draft_input(office, office.drafting), by=office.actor("author"), now=NOW)


def kept(document):
    return list(document.versions.order_by("number").values_list("number", "kind", "name"))


@pytest.mark.django_db
class TestKeeping:
    def test_saving_keeps_nothing_and_each_submission_once_with_its_outcome(self, office, draft):
        author, head = office.actor("author"), office.actor("reviewer")
        commands.save_draft(draft.id, draft_input(office, office.drafting), version=1, by=author, now=NOW)
        commands.submit_for_review(draft.id, by=author, now=NOW)
        commands.return_to_author(draft.id, reason="Nêu rõ kinh phí", by=head, now=NOW)
        commands.submit_for_review(draft.id, by=author, now=NOW)
        commands.take_back(draft.id, by=author, now=NOW)
        commands.submit_for_review(draft.id, by=author, now=NOW)
        commands.initial(draft.id, by=head, now=NOW)

        assert kept(draft) == [(1, "returned", ""), (2, "taken_back", ""), (3, "approved", "")]

    def test_an_author_keeps_the_text_under_a_name(self, office, draft):
        version = commands.keep_version(draft.id, name="  trước   khi sửa ", by=office.actor("author"), now=LATER)

        assert kept(draft) == [(1, "named", "trước khi sửa")]
        assert version.body == draft.body
        line = JournalLine.objects.get(subject_id=draft.id, act="documents.version_kept")
        assert line.facts == {"number": 1}

    def test_a_name_is_needed_and_is_no_stamp(self, office, draft):
        with pytest.raises(InvalidInput):
            commands.keep_version(draft.id, name=" ", by=office.actor("author"), now=NOW)
        with pytest.raises(SecretContent):
            commands.keep_version(draft.id, name="TUYỆT MẬT", by=office.actor("author"), now=NOW)

    def test_only_the_author_keeps_and_only_of_a_draft(self, office, draft):
        with pytest.raises(NotFound):
            commands.keep_version(draft.id, name="x", by=office.actor("reviewer"), now=NOW)
        commands.submit_for_review(draft.id, by=office.actor("author"), now=NOW)
        with pytest.raises(NotADraft):
            commands.keep_version(draft.id, name="x", by=office.actor("author"), now=NOW)

    def test_a_draft_that_may_be_secret_takes_its_versions_along(self, office, draft):
        commands.keep_version(draft.id, name="một", by=office.actor("author"), now=NOW)

        commands.stop_for_secret(draft.id, by=office.actor("author"), now=NOW)

        assert not DraftVersion.objects.exists()

    def test_the_database_refuses_a_name_that_nobody_gave(self, draft):
        with pytest.raises(IntegrityError, match="version_has_a_name_exactly_if_its_author_kept_it"):
            draft.versions.create(number=1, kind="submitted", name="x", made_at=NOW)


def text(*nodes, subject="Kế hoạch", bases=()):
    return Text(subject, bases, body(*nodes))


def words(line):
    marks = {"same": "{}", "del": "[-{}-]", "ins": "[+{}+]"}
    return " | ".join("".join(marks[piece.op].format(piece.text) for piece in cell) for cell in line.cells)


class TestComparing:
    def test_words_that_changed_are_found_within_their_block(self):
        lines = compare(
            text(paragraph("Hoàn thành trước ngày 15 tháng 12 năm 2023.")),
            text(paragraph("Hoàn thành trước ngày 20 tháng 12 năm 2023.")),
        )

        assert [line.op for line in lines] == ["same", "changed"]
        assert words(lines[1]) == "Hoàn thành trước ngày [-15 -][+20 +]tháng 12 năm 2023."

    def test_new_and_struck_out_blocks_stand_in_their_place(self):
        old = text(heading(1, "I. MỤC ĐÍCH"), paragraph("Đoạn bị bỏ hẳn đi"), paragraph("Giữ nguyên"))
        new = text(heading(1, "I. MỤC ĐÍCH"), paragraph("Giữ nguyên"), paragraph("Phần thêm vào sau cùng"))

        assert [(line.op, line.kind) for line in compare(old, new)] == [
            ("same", "subject"),
            ("same", "heading"),
            ("del", "paragraph"),
            ("same", "paragraph"),
            ("ins", "paragraph"),
        ]

    def test_rows_of_tables_are_compared_cell_by_cell(self):
        old = text(table([cell("TT"), cell("Chỉ tiêu")], [cell("1"), cell("Ký số 90 phần trăm")]))
        new = text(table([cell("TT"), cell("Chỉ tiêu")], [cell("1"), cell("Ký số 100 phần trăm")]))

        assert words(compare(old, new)[2]) == "1 | Ký số [-90 -][+100 +]phần trăm"

    def test_lists_subject_and_bases_count_too(self):
        old = text(listed("orderedList", [paragraph("Rà soát")]), subject="Kế hoạch cũ", bases=["Căn cứ A"])
        new = text(listed("orderedList", [paragraph("Rà soát")], [paragraph("Báo cáo")]), subject="Kế hoạch mới")

        assert [(line.kind, line.op) for line in compare(old, new)] == [
            ("subject", "changed"),
            ("base", "del"),
            ("item", "same"),
            ("item", "ins"),
        ]

    def test_the_same_text_has_no_changes_and_both_texts_can_be_read_back(self):
        old, new = text(paragraph("a b c d e f")), text(paragraph("a x c d e f g"))
        pieces = compare(old, new)[1].cells[0]

        assert count_changes(compare(old, old)) == 0
        assert "".join(piece.text for piece in pieces if piece.op != "ins").split() == ["a", "b", "c", "d", "e", "f"]
        assert "".join(piece.text for piece in pieces if piece.op != "del").split() == [
            "a",
            "x",
            "c",
            "d",
            "e",
            "f",
            "g",
        ]

    def test_a_long_text_rewritten_whole_is_shown_as_a_whole_and_soon(self, monkeypatch):
        monkeypatch.setattr(comparing, "MOST_PAIRS", 3)
        old, new = (text(*(paragraph(f"{word} {n}") for n in range(4))) for word in ("cũ", "mới"))

        assert [line.op for line in compare(old, new)][1:] == ["del"] * 4 + ["ins"] * 4


@pytest.mark.django_db
class TestPages:
    def test_the_panel_offers_two_to_compare_and_the_difference_says_it_in_words(self, office, draft):
        browser = Client()
        with clock.at(NOW):
            sign_in(browser, office.author)
            commands.keep_version(draft.id, name="đầu tiên", by=office.actor("author"), now=NOW)
            changed = draft_input(office, office.drafting, body=body_of("Nội dung kế hoạch mới."))
            commands.save_draft(draft.id, changed, version=1, by=office.actor("author"), now=NOW)

            panel = browser.get(reverse("documents:panel", args=[draft.id, "phien-ban"])).content.decode()
            page = browser.get(reverse("documents:compare_versions", args=[draft.id]), {"tu": 1, "den": 0})

        assert "đầu tiên" in panel
        assert "Giữ phiên bản" in panel
        assert '<ins><span class="cs-vh">[thêm: </span>mới' in page.content.decode()
        assert page.context["changes"] == 1

    def test_who_does_not_see_the_paper_does_not_see_its_versions(self, office, draft):
        commands.keep_version(draft.id, name="một", by=office.actor("author"), now=NOW)
        browser = Client()
        with clock.at(NOW):
            sign_in(browser, office.reviewer)
            answers = [
                browser.get(reverse("documents:compare_versions", args=[draft.id]), {"tu": number})
                for number in ("1", "9", "x")
            ]

        assert [answer.status_code for answer in answers] == [404, 404, 404]
