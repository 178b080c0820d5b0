"""The API as a whole: who comes in, how errors look, that its description is the one written down."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from congso.kernel.ids import new_id
from congso.modules.documents.tests.factories import DocumentFactory, drawn_and_signed
from congso.portals.api.site import API, make_api, routes
from congso.shared.accounts.models import Account
from congso.shared.authz.guards import GUARD
from congso.shared.journal.models import JournalLine
from congso.shared.organs.tests.factories import OrganFactory

pytestmark = pytest.mark.django_db
SNAPSHOT = Path(__file__).resolve().parents[5] / "docs" / "openapi.v1.json"


class TestDoors:
    def test_nobody_comes_in_unasked_and_learns_nothing_of_what_is_wrong(self, program):
        answer = program(None).send("create_draft", nothing="right")

        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
        assert answer.json()["code"] == "sign_in_first"

    def test_a_browser_changes_nothing_without_the_token_of_its_forms(self, office, program):
        paper = drawn_and_signed(office)
        browser = program(office.clerk, enforce_csrf_checks=True)

        assert browser.get("get_me").status_code == 200
        answer = browser.send("number_document", paper.id)

        assert (answer.status_code, answer.json()["code"]) == (403, "form_token_missing")
        paper.refresh_from_db()
        assert paper.number is None

    def test_a_browser_with_it_may(self, office, program):
        paper = drawn_and_signed(office)
        browser = program(office.clerk, enforce_csrf_checks=True)
        browser.client.get(reverse("accounts:hat"))
        token = browser.client.cookies["csrftoken"].value

        answer = browser.send("number_document", paper.id, headers={"X-CSRFToken": token})

        assert answer.json()["state"] == "numbered"

    def test_who_must_change_the_password_is_told_in_a_problem(self, office, program):
        clerk = program(office.clerk)
        Account.objects.update(must_change_password=True)

        answer = clerk.get("get_me")

        assert (answer.status_code, answer.json()["code"]) == (403, "accounts.must_change_password")


class TestProblems:
    def test_a_problem_says_what_it_is_in_vietnamese(self, office, program):
        answer = program(office.author).get("get_document", new_id())

        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json() == {
            "type": "urn:congso:error:not_found",
            "title": "Không tìm thấy",
            "status": 404,
            "detail": "Không tìm thấy trang hoặc hồ sơ này. Có thể đường dẫn đã cũ, hoặc ông/bà không được xem.",
            "code": "not_found",
        }
        assert "Không" in answer.content.decode()

    def test_everything_wrong_is_pointed_at(self, office, program):
        problem = program(office.author).send("create_draft", is_not_secret=True, organ="x", to=["y"], colour=1).json()

        assert {error["pointer"]: error["detail"] for error in problem["errors"]} == {
            "/organ": "không phải là một mã UUID",
            "/type_code": "thiếu mục này",
            "/to/0": "không phải là một mã UUID",
            "/colour": "API không có mục này",
        }

    def test_the_values_to_choose_from_are_told_in_vietnamese(self, office, program):
        answer = program(office.author).get("open_figure", "signing-rate", "all")

        said = "chỉ nhận một trong các giá trị: 'numerator', 'denominator' hoặc 'gap'"
        assert answer.json()["errors"] == [{"pointer": "/part", "detail": said}]

    @pytest.mark.parametrize(
        ("body", "status", "code"),
        [
            ("{", 400, "bad_request"),
            ("[" * 100_000, 400, "bad_request"),
            (b"\xff\xfe", 400, "bad_request"),
            ("[]", 422, "invalid_input"),
            ("null", 422, "invalid_input"),
            ('"' + "a" * 6_000_000 + '"', 413, "too_large"),
        ],
    )
    def test_what_cannot_be_read_is_told(self, office, program, body, status, code):
        answer = program(office.author).client.post(reverse("api:create_draft"), body, "application/json")

        assert (answer.status_code, answer.json()["code"]) == (status, code)

    def test_a_wrong_method_and_a_wrong_address_are_problems_too(self, office, program):
        author = program(office.author)

        wrong_method = author.send("get_me")
        wrong_address = author.client.get("/api/v1/nowhere")

        assert (wrong_method.status_code, wrong_method.json()["code"]) == (405, "wrong_method")
        assert wrong_method["Allow"] == "GET"
        assert (wrong_address.status_code, wrong_address.json()["code"]) == (404, "not_found")

    def test_a_bug_is_a_problem_with_a_code_to_quote(self, office, program, monkeypatch, caplog):
        monkeypatch.setattr("congso.portals.api.organs.queries.find", lambda *_given: 1 / 0)

        answer = program(office.author).get("find_organs")

        assert (answer.status_code, answer.json()["code"]) == (500, "unexpected")
        assert "mã" in answer.json()["detail"]
        assert "ZeroDivisionError" in caplog.text


class TestAsking:
    def test_who_am_i(self, office, program):
        found = program(office.clerk).get("get_me").json()

        assert found["hat"]["position"] == str(office.clerk.id)
        assert found["roles"] == [{"role": "records_clerk", "organ": str(office.organ.id)}]

    def test_work_that_waits(self, office, program):
        DocumentFactory(signed=True, author=office.author, organ=office.organ)

        assert [item["kind"] for item in program(office.clerk).get("get_work").json()["items"]] == ["number"]

    def test_an_organ_is_found_without_its_accents_and_opened(self, office, program):
        organ = OrganFactory(place_name="Trung Chính")
        author = program(office.author)

        [found] = author.get("find_organs", q="trung chinh").json()

        assert author.get("get_organ", found["id"]).json()["answered_by"] == [str(organ.id)]
        assert author.get("get_organ", new_id()).status_code == 404

    def test_opening_a_figure_stands_in_the_journal(self, office, program):
        author = program(office.author)

        board = author.get("get_board", period="2023").json()
        opened = author.get("open_figure", "A14", "denominator", period="2023")

        assert [one["figure"] for one in board["total"]] == ["A13", "A14"]
        assert opened.json()["items"] == []
        assert JournalLine.objects.latest("id").act == "figures.inspected"

    def test_a_period_that_is_none_is_refused(self, office, program):
        assert program(office.author).get("get_board", period="2023-13").status_code == 422


class TestDescription:
    def test_it_is_the_one_that_is_written_down(self, tmp_path):
        now = json.loads(json.dumps(API.get_openapi_schema()))

        assert now == json.loads(SNAPSHOT.read_text()), "Run make openapi, and read the difference as a reviewer."

    def test_the_command_writes_it(self, capsys):
        call_command("openapi")

        assert capsys.readouterr().out == SNAPSHOT.read_text()

    def test_everybody_may_read_it(self):
        answer = Client().get(reverse("api:openapi"))

        assert answer.json()["openapi"] == "3.1.0"
        assert answer["Content-Type"] == "application/json"

    def test_it_is_made_once(self, monkeypatch):
        first = Client().get(reverse("api:openapi"))
        monkeypatch.setattr(API, "get_openapi_schema", pytest.fail)

        assert Client().get(reverse("api:openapi")).content == first.content

    def test_an_operation_without_a_guard_does_not_start(self):
        api = make_api()
        api.get("/bare")(lambda request: None)

        [bare] = [route for route in routes(api) if "bare" in str(route.pattern)]

        assert not hasattr(bare.callback, GUARD)

    def test_no_operation_is_open_to_everybody(self):
        paths = API.get_openapi_schema()["paths"]
        everywhere = [operation for methods in paths.values() for operation in methods.values()]

        assert all(operation["security"] for operation in everywhere)
        assert not [operation["operationId"] for operation in everywhere if not operation["summary"]]
