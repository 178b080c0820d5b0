"""Every route, asked by every role of the own organ, of another one, of the one above, and by nobody.

The answers stand in ``access.txt``, which a person has read line by line. After a change that is meant:
``CONGSO_REVIEW_ACCESS=1 pytest tests/architecture/test_access.py``, then read the difference as a reviewer.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import ResolverMatch, resolve, reverse

from congso.kernel import clock
from congso.modules.documents.tests.factories import NOW
from congso.portals.api.urls import urlpatterns as api_patterns
from congso.shared.authz.checks import all_routes
from congso.shared.authz.guards import GUARD
from tests.access import table
from tests.access.case import Case
from tests.access.cases import CASES
from tests.access.world import ABOVE, ANONYMOUS, FOREIGN, MARK, OWN, ROLES, World, make_world

pytestmark = pytest.mark.django_db
REVIEW = "CONGSO_REVIEW_ACCESS"
# What the page's script gets when the author says that a draft is secret: it then forgets its own copy too.
STOPPED = "451"
MOST_QUERIES = 12
AT_THE_DOOR = {"door", "401"}
LISTS_AND_PAPERS = {
    "desk:home",
    "desk:search",
    "notify:list",
    "documents:incoming",
    "documents:incoming_register",
    "documents:incoming_detail",
    "documents:outgoing",
    "documents:outgoing_register",
    "documents:drafts",
    "documents:to_sign",
    "documents:detail",
    "overseer:board",
    "api:list_issued",
    "api:list_drafts",
    "api:list_incoming",
    "api:get_document",
    "api:get_incoming",
    "api:get_work",
    "api:get_board",
    "api:outgoing_register",
    "api:incoming_register",
}
API_ADDRESSES = {f"api:{pattern.name}": f"api/{pattern.pattern}" for pattern in api_patterns}
HEAD = f"""\
What each role gets from each route. Read by people, written by {REVIEW}=1 pytest tests/architecture/test_access.py

Own organ (a commune): {", ".join(OWN)}.
Another organ of the same kind: {", ".join(FOREIGN)}. The organ above (a district): {", ".join(ABOVE)}.
door: sent to sign in; 401: a program is told to sign in first.
The third word is the record, in the state in which the act is legal for somebody.
"""
SEEN_HEAD = "Which papers of the own organ stand on which lists (x: this role reads the subject there)"


@dataclass(frozen=True)
class Answer:
    """What came back: the table's word, and which records' words stood in it."""

    cell: str
    has_mark: bool
    seen: frozenset[str]
    queries: int
    landed: int
    is_page: bool


@contextmanager
def undone() -> Iterator[None]:
    """Undo what happens within, as Django's test cases do: commands that are a transaction of their own work in it."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # what durable blocks look for
    with block:
        yield
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Found:
    """All answers, and those to the methods that no case tries; taken from one world, which is gone by then."""

    answers: Mapping[tuple[Case, str], Answer]
    routes: Mapping[Case, ResolverMatch]
    untried: Mapping[str, str]


@pytest.fixture(scope="module")
def found(django_db_setup, django_db_blocker) -> Found:
    with django_db_blocker.unblock(), clock.at(NOW), undone():
        world = make_world()
        return Found(
            answers={(case, role): ask(world, case, role) for case in CASES for role in ROLES},
            routes={case: resolve(case.address(world, "author").partition("?")[0]) for case in CASES},
            untried={case.name: ask(world, case, "chair").cell for case in other_methods()},
        )


@pytest.fixture
def answers(found):
    return found.answers


def other_methods() -> list[Case]:
    """Return, for each route, the method that no case tries."""
    tried = {(address_of(case), case.method) for case in CASES}
    others = {}
    for case in CASES:
        method = "POST" if case.method == "GET" else "GET"
        if (address_of(case), method) not in tried:
            others[case.route] = replace(case, method=method, typed={})
    return list(others.values())


def address_of(case: Case) -> str:
    """Return what stands for the address: several operations of the API share one."""
    return API_ADDRESSES.get(case.route, case.route)


def ask(world: World, case: Case, role: str) -> Answer:
    with undone(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.CONGSO_DEMO", case.demo)
        client, address, form = world.client(role), case.address(world, role), case.form(world, role)
        with CaptureQueriesContext(connection) as queries:
            response = send(client, case, address, form)
        is_door = response.status_code == 302 and response.url.startswith(reverse("accounts:login") + "?")
        landed = client.get(response.url).status_code if case.method == "POST" and _is_redirect(response) else 200
        content = b"".join(response) if response.streaming else response.content
    text, ending = content.decode(errors="ignore"), '"' if case.is_api else "<"
    return Answer(
        cell="door" if is_door else str(response.status_code),
        has_mark=MARK in _without_the_query(text),
        seen=frozenset(what for what in world.ids if world.subject(what) + ending in text),
        queries=len(queries),
        landed=landed,
        is_page=text.lstrip().lower().startswith("<!doctype"),
    )


def send(client: Client, case: Case, address: str, form: Mapping[str, Any]) -> Any:
    if case.method == "GET":
        return client.get(address)
    if case.is_api:
        return client.generic(case.method, address, json.dumps(form), content_type="application/json")
    return client.post(address, form)


def _without_the_query(text: str) -> str:
    """Take out where a page repeats what it was asked to find."""
    return text.replace(f'value="{MARK}"', "").replace(f"“{MARK}”", "")


def _is_redirect(response: Any) -> bool:
    return bool(response.status_code == 302)


def written(answers: Mapping[tuple[Case, str], Answer]) -> str:
    """Write the answers down: one line per case, then one per list and paper that somebody finds there."""
    lines = [HEAD]
    for app, cases in groupby(CASES, key=lambda case: case.route.partition(":")[0]):
        lines += [table.line(f"# {app}", {role: role for role in ROLES})]
        lines += [table.line(case.name, {role: answers[case, role].cell for role in ROLES}) for case in cases]
        lines.append("")
    lines += [SEEN_HEAD, table.line("# lists", {role: role for role in ROLES})]
    for case in filter(_is_list, CASES):
        everything = sorted(frozenset().union(*(answers[case, role].seen for role in ROLES)))
        lines += [
            table.line(
                f"{case.name}: {what}", {role: "x" if what in answers[case, role].seen else "-" for role in ROLES}
            )
            for what in everything
        ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _is_list(case: Case) -> bool:
    return case.method == "GET" and not case.about


class TestTable:
    def test_each_answer_is_the_reviewed_one(self, answers):
        now = written(answers)
        if os.environ.get(REVIEW):
            table.PATH.write_text(now)
        before = table.PATH.read_text() if table.PATH.exists() else ""

        changed = [line for line in now.splitlines() if line not in before.splitlines()]
        gone = [line for line in before.splitlines() if line not in now.splitlines()]
        assert now == before, "\n".join(
            [
                f"Access changed. If it is meant, run with {REVIEW}=1 and review the difference of {table.PATH.name}:",
                *(f"- {line}" for line in gone),
                *(f"+ {line}" for line in changed),
            ]
        )

    def test_each_route_is_in_the_table(self, found):
        tried = {match.route for match in found.routes.values()}

        new = [path for path, _route in all_routes() if path not in tried]
        assert not new, (
            f"Routes that no role has tried: {new}. Add a case for each method of theirs to tests/access/cases.py, "
            f"with the record in the state in which the act is legal for somebody; run with {REVIEW}=1 and review."
        )

    def test_each_method_that_a_route_takes_is_in_the_table(self, found):
        taken = {name: cell for name, cell in found.untried.items() if cell != "405"}
        assert not taken, f"Methods that a view takes and no case in tests/access/cases.py tries: {taken}"

    def test_each_act_is_legal_for_somebody(self, answers):
        never = [
            case.name
            for case in CASES
            if case.method != "GET"
            and not case.note.startswith("demo")
            and not any(answers[case, role].cell in {"200", "201", "302", STOPPED} for role in OWN)
        ]
        assert never == [
            "POST accounts:login               wrong password",
            "POST accounts:demo_login",
            "POST documents:withdraw           issued",
        ]


class TestRules:
    def test_no_answer_is_a_bug(self, answers):
        assert not [f"{case.name} as {role}" for (case, role), answer in answers.items() if answer.cell.startswith("5")]

    def test_whoever_acts_comes_to_a_page_that_opens(self, answers):
        lost = {f"{case.name} as {role}": one.landed for (case, role), one in answers.items() if one.landed >= 400}
        assert not lost

    def test_nobody_gets_past_the_door_but_where_everyone_may(self, found):
        wrong = [
            case.name
            for case, match in found.routes.items()
            if (found.answers[case, ANONYMOUS].cell in {"door", "401"})
            == (getattr(match.func, GUARD) == "for_everyone")
        ]
        assert not wrong

    @pytest.mark.parametrize("role", [*FOREIGN, *ABOVE])
    def test_another_organ_does_not_learn_that_a_record_exists(self, answers, role):
        wrong = {
            case.name: answers[case, role].cell
            for case in CASES
            if case.about and case.is_hidden and answers[case, role].cell != "404"
        }
        assert not wrong

    @pytest.mark.parametrize("role", [*FOREIGN, *ABOVE, ANONYMOUS])
    def test_another_organ_never_reads_a_word_of_it(self, answers, role):
        told = [case.name for case in CASES if answers[case, role].has_mark]
        may_open = [case.name for case in CASES if case.route in {"overseer:opened", "api:open_figure"}]
        assert told == (may_open if role in ABOVE else [])


def test_lists_and_pages_of_papers_ask_the_database_at_most_twelve_times(answers):
    dear = {
        f"{case.name} as {role}": answer.queries
        for (case, role), answer in answers.items()
        if case.method == "GET" and case.route in LISTS_AND_PAPERS and answer.queries > MOST_QUERIES
    }
    assert not dear
