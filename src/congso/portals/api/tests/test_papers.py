"""Papers by the API: the same steps as on the pages, the same refusals, each as a problem."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from congso.kernel.ids import new_id
from congso.modules.documents import commands
from congso.modules.documents.models import Document, Press, ReadMark
from congso.modules.documents.tests.factories import (
    NOW,
    TODAY,
    DocumentFactory,
    IncomingFactory,
    StoredFileFactory,
    draft_input,
    drawn_and_signed,
)
from congso.shared.organs.tests.factories import OrganFactory
from congso.shared.people.tests.factories import PositionFactory

pytestmark = pytest.mark.django_db


def draft(office, *to, **more):
    values = {
        "is_not_secret": True,
        "organ": str(office.organ.id),
        "type_code": "KH",
        "subject": "Kế hoạch chuyển đổi số",
        "body_text": "Đoạn một.\nĐoạn hai.",
        "legal_bases": ["Căn cứ Luật Tổ chức chính quyền địa phương"],
        "signatory": str(office.chair.id),
        "reviewers": [str(office.reviewer.id)],
        "to": [str(organ.id) for organ in to],
        "reply_due_date": "2023-12-29",
    }
    return values | more


def problem_of(response, status):
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    return response.json()


class TestDrafts:
    def test_a_draft_is_written_saved_and_submitted(self, office, program):
        receiver, author = OrganFactory(), program(office.author)

        made = author.send("create_draft", **draft(office, receiver))
        saved = author.send("save_draft", made.json()["id"], method="PUT", **draft(office, receiver, version=1))
        sent = author.send("submit_document", made.json()["id"])

        assert (made.status_code, made.json()["version"], saved.json()["version"]) == (201, 1, 2)
        assert sent.json()["state"] == "in_review"
        whole = author.get("get_document", made.json()["id"]).json()
        assert whole["recipients"][0]["organ"]["id"] == str(receiver.id)
        assert whole["reply_due_date"] == "2023-12-29"
        assert whole["acts"] == ["take_back"]
        assert "submit" not in author.get("document_history", made.json()["id"]).json()[0]["text"]

    def test_the_key_makes_one_draft_however_often_it_is_sent(self, office, program):
        key = {"Idempotency-Key": str(new_id())}

        made = [program(office.author).send("create_draft", headers=key, **draft(office)).json() for _ in range(2)]

        assert {one["id"] for one in made} == {key["Idempotency-Key"]}
        assert Document.objects.count() == 1

    def test_who_saves_over_what_another_saved_is_told(self, office, program):
        author = program(office.author)
        paper = author.send("create_draft", **draft(office)).json()["id"]
        author.send("save_draft", paper, method="PUT", **draft(office, version=1))

        answer = author.send("save_draft", paper, method="PUT", **draft(office, version=1))

        assert problem_of(answer, 409)["code"] == "documents.draft_changed_elsewhere"

    def test_a_signatory_of_another_organ_is_not_among_the_choices(self, office, program):
        stranger = PositionFactory(chair=True)

        problem = problem_of(
            program(office.author).send("create_draft", **draft(office, signatory=str(stranger.id))), 422
        )

        assert (problem["code"], [error["pointer"] for error in problem["errors"]]) == ("invalid_input", ["/signatory"])
        assert not Document.objects.exists()

    @pytest.mark.parametrize("said", [{}, {"is_not_secret": False}])
    def test_nothing_is_kept_of_what_may_be_secret(self, office, program, said):
        sent = draft(office)
        del sent["is_not_secret"]

        problem = problem_of(program(office.author).send("create_draft", **sent, **said), 422)

        assert problem["errors"][0]["pointer"] == "/is_not_secret"
        assert not Document.objects.exists()

    def test_the_choices_of_a_draft_are_those_of_its_form(self, office, program):
        found = program(office.author).get("draft_choices").json()

        assert [one["id"] for one in found["organ"]] == [str(office.organ.id)]
        assert str(office.chair.id) in {one["id"] for one in found["signatory"]}

    def test_a_program_that_fetches_a_file_has_read_nothing(self, office, program):
        paper = drawn_and_signed(office)

        answer = program(office.clerk).get("document_file", paper.id)

        assert answer.content.startswith(b"%PDF")
        assert answer["ETag"] == f'"{paper.file_id}"'
        assert not ReadMark.objects.exists()


class TestActs:
    def test_initialled_returned_numbered_and_withdrawn(self, office, program):
        by, to = office.actor("author"), OrganFactory()
        papers = [commands.create_draft(new_id(), draft_input(office, to), by=by, now=NOW).id for _ in range(2)]
        for paper in papers:
            commands.submit_for_review(paper, by=by, now=NOW)
        signed = drawn_and_signed(office)

        reviewer, clerk = program(office.reviewer), program(office.clerk)
        states = [
            reviewer.send("initial_document", papers[0], comment="Đồng ý").json()["state"],
            reviewer.send("return_document", papers[1], reason="Nêu rõ kinh phí").json()["state"],
            clerk.send("number_document", signed.id).json()["number"],
            clerk.send("withdraw_document", signed.id, reason="Nhầm nơi nhận").json()["state"],
        ]

        assert states == ["approved", "draft", "01/KH-UBND", "withdrawn"]

    def test_the_same_key_numbers_once(self, office, program):
        paper, clerk = drawn_and_signed(office), program(office.clerk)
        key = {"Idempotency-Key": str(new_id())}

        answers = [clerk.send("number_document", paper.id, headers=key).json() for _ in range(2)]

        assert answers[0] == answers[1]
        assert Press.objects.get().act == "number"

    def test_without_a_key_the_second_is_refused(self, office, program):
        paper, clerk = drawn_and_signed(office), program(office.clerk)
        clerk.send("number_document", paper.id)

        assert problem_of(clerk.send("number_document", paper.id), 409)["code"].startswith("documents.")

    def test_a_sealed_paper_is_issued(self, office, program):
        paper = DocumentFactory(sealed=True, author=office.author, organ=office.organ)
        paper.recipients.create(organ=OrganFactory(), place=0)

        assert program(office.clerk).send("issue_document", paper.id).json()["state"] == "issued"

    def test_a_reason_is_needed(self, office, program):
        paper = drawn_and_signed(office)

        problem = problem_of(program(office.clerk).send("withdraw_document", paper.id, reason=" "), 422)

        assert problem["errors"][0]["pointer"] == "/reason"


class TestIncoming:
    def test_registered_and_directed(self, office, program):
        paper = IncomingFactory(organ=office.organ)

        registered = program(office.clerk).send("register_incoming", paper.id).json()
        chair = program(office.chair)
        offered = chair.get("incoming_assignees", paper.id).json()
        order = {"lead": str(office.author.id), "support": [str(office.reviewer.id)], "due_date": "2023-12-08"}
        directed = chair.send("direct_incoming", paper.id, text="Khẩn trương", **order).json()

        assert (registered["state"], registered["arrival_number"]) == ("registered", 1)
        assert str(office.author.id) in {one["id"] for one in offered}
        assert (directed["state"], directed["due_date"]) == ("directed", "2023-12-08")
        whole = program(office.author).get("get_incoming", paper.id).json()
        assert [part["kind"] for part in whole["directions"][0]["parts"]] == ["lead", "support"]
        assert whole["acts"] == ["answer", "finish_part", "take_on"]

    def test_returned_with_its_reason(self, office, program):
        paper = IncomingFactory(organ=office.organ)

        answer = program(office.clerk).send("return_incoming", paper.id, reason="Không thuộc thẩm quyền")

        assert answer.json()["state"] == "returned"

    def test_nobody_of_another_organ_is_given_work(self, office, program):
        paper = IncomingFactory(organ=office.organ, registered=True)

        answer = program(office.chair).send("direct_incoming", paper.id, lead=str(PositionFactory().id))

        assert problem_of(answer, 422)["errors"][0]["pointer"] == "/lead"

    def test_a_file_that_nobody_checked_is_pending(self, office, program):
        paper = IncomingFactory(organ=office.organ, file=StoredFileFactory())

        assert program(office.clerk).get("incoming_verdict", paper.id).json()["outcome"] == "pending"


class TestLists:
    def issue(self, office, number):
        for day in range(number):
            DocumentFactory(
                issued=True, author=office.author, organ=office.organ, issued_date=TODAY - timedelta(days=day)
            )

    def test_a_list_is_read_page_by_page_and_back(self, office, program):
        self.issue(office, 5)
        author, seen, after = program(office.author), [], ""
        for _ in range(3):
            page = author.get("list_issued", limit=2, after=after).json()
            seen += [line["issued_date"] for line in page["items"]]
            after = page["next"] or ""

        assert seen == sorted(seen, reverse=True)
        assert (len(seen), page["next"]) == (5, None)
        back = author.get("list_issued", limit=2, before=page["previous"]).json()
        assert [line["issued_date"] for line in back["items"]] == seen[2:4]

    @pytest.mark.parametrize("query", [{"after": "WzFd"}, {"limit": 1000}, {"q": "a\0b"}, {"type": "K" * 17}])
    def test_what_no_list_gave_is_refused(self, office, program, query):
        assert problem_of(program(office.author).get("list_issued", **query), 422)["code"] == "invalid_input"

    def test_more_lines_cost_no_more_queries(self, office, program, django_assert_max_num_queries):
        author, clerk = program(office.author), program(office.clerk)
        for number in (1, 4):
            self.issue(office, number)
            IncomingFactory.create_batch(number, organ=office.organ, registered=True)
            with django_assert_max_num_queries(4):
                assert author.get("list_issued").status_code == 200
            with django_assert_max_num_queries(4):
                assert clerk.get("list_incoming").status_code == 200
            with django_assert_max_num_queries(6):
                assert clerk.get("incoming_register", 2023).status_code == 200

    def test_the_content_of_a_destroyed_copy_is_closed_to_programs_too(self, office, program):
        gone = {"state": "recalled", "recalled_at": NOW, "recall_reason": "Sai số tiền", "destroyed_at": NOW}
        file, clerk = drawn_and_signed(office).approved_pdf, program(office.clerk)
        kept = IncomingFactory(organ=office.organ, file=file)
        paper = IncomingFactory(organ=office.organ, file=file, destroyed_by=office.clerk, **gone)

        assert clerk.get("incoming_file", kept.id).status_code == 200
        assert problem_of(clerk.get("incoming_file", paper.id), 410)["code"] == "documents.copy_destroyed"

    def test_incoming_papers_are_filtered_by_state(self, office, program):
        IncomingFactory(organ=office.organ)
        IncomingFactory(organ=office.organ, registered=True)

        found = program(office.clerk).get("list_incoming", state="to_direct").json()["items"]

        assert [line["state"] for line in found] == ["registered"]

    def test_registers_hold_numbers_and_what_was_cancelled(self, office, program):
        paper, clerk = drawn_and_signed(office), program(office.clerk)
        clerk.send("number_document", paper.id)
        commands.cancel_number(paper.id, reason="Sai ngày", by=office.actor("clerk"), now=NOW)
        clerk.send("number_document", paper.id)

        lines = clerk.get("outgoing_register", 2023).json()["items"]
        cancelled = clerk.get("cancelled_numbers", 2023).json()

        assert [line["number"] for line in lines] == ["02/KH-UBND"]
        assert [(one["number"], one["reason"]) for one in cancelled] == [(1, "Sai ngày")]


@pytest.mark.parametrize(
    "body",
    [
        '{"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "\\ud800"}]}]}',
        '{"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "a\\u0000b"}]}]}',
        '{"type": "doc", "content": [{"type": "script"}]}',
        '"' + "[" * 50 + '"',
    ],
)
def test_hostile_bodies_are_refused_or_made_clean(office, program, body):
    author = program(office.author)
    sent = json.dumps(draft(office))[:-1] + f', "body": {body}}}'

    answer = author.client.post(reverse("api:create_draft"), sent, "application/json")

    assert answer.status_code in {201, 422}
