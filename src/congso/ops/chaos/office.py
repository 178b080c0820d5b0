"""The people of one commune: they write, sign, number, seal and issue over HTTP until told to stop.

One member is the district's records clerk, who registers what arrives.
"""

import json
import re
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID, uuid5

from django.urls import reverse

from congso.kernel.ids import new_id
from congso.modules.documents.signables import KIND
from congso.ops.bench.paperwork import crews, words
from congso.ops.chaos.browsing import Log, Person, Stuck
from congso.ops.demo.keys_to_the_door import PIN

PAPERS_IN_A_BATCH: Final = 3
# Keys of presses that another run of this program would choose again.
_SPACE: Final = UUID("c0c0c0c0-0000-4000-8000-00000000caca")
_TOKEN: Final = re.compile(r'name="confirmation" value="([^"]+)"')
_NUMBER: Final = re.compile(r">(\d+/[^<]*UBND)<")
_AGAIN: Final = re.compile(r'action="([^"]+/lam-lai/)"')
_BOX: Final = re.compile(r'name="chosen" value="([0-9a-f-]{36})"')


def main() -> None:
    """Work until the file ``stop`` is there, and to the end of what was begun; the district's clerk until ``end``."""
    told = crews.told()
    facts: dict[str, Any] = json.loads((told.folder / "facts.json").read_text())
    log = Log(told.folder / f"log-{told.place}.jsonl")
    # Who was stuck has noted it: the comparison tells of it, and of what the others did.
    with suppress(Stuck):
        if told.place == told.members - 1:
            _receive(told, facts, log)
        else:
            _issue(told, facts, log)
    told.finish(papers=0)


def _receive(told: crews.Told, facts: dict[str, Any], log: Log) -> None:
    clerk = Person(facts["port"], facts["receiver"], facts["password"], log)
    clerk.enter()
    told.await_start()
    while not (told.folder / "end").exists():
        register_arrivals(clerk, log)


def _issue(told: crews.Told, facts: dict[str, Any], log: Log) -> None:
    committee = Committee(facts["port"], facts["password"], facts["committees"][told.place], log)
    told.await_start()
    for number in count(told.place * 1_000_000, PAPERS_IN_A_BATCH):
        if (told.folder / "stop").exists():
            return
        committee.issue(range(number, number + PAPERS_IN_A_BATCH))


@dataclass(frozen=True, slots=True)
class _Paper:
    id: UUID
    address: str


class Committee:
    """Author, chair and clerk of one committee, each at a browser."""

    def __init__(self, port: int, password: str, facts: dict[str, Any], log: Log) -> None:
        self._facts, self._log = facts, log
        self._author, self._chair, self._clerk = (
            Person(port, facts[role], password, log) for role in ("author", "chair", "clerk")
        )
        for person in (self._author, self._chair, self._clerk):
            person.enter()

    def issue(self, numbers: range) -> None:
        """Take some papers from draft to issue."""
        papers = [self._submit(number) for number in numbers]
        self._confirm(self._chair, papers)
        self._await("number", papers)
        for paper in papers:
            self._clerk.press(reverse("documents:number", args=[paper.id]), {"key": str(new_id())})
            self._log.note("documents.numbered", id=str(paper.id), number=self._number_of(paper))
        self._confirm(self._clerk, papers)
        self._await("issue", papers)
        self._issue_all(papers)

    def _submit(self, number: int) -> _Paper:
        document_id = new_id()
        typed = {
            "secret": "no",
            "organ": self._facts["organ"],
            "type_code": words.TYPE,
            "subject": words.subject_of(number),
            "body_json": json.dumps(words.body_of(number)),
            "urgency": "0",
            "signatory": self._facts["signatory"],
            "to": self._facts["receivers"],
            "version": "0",
            "act": "submit",
            "key": str(new_id()),
        }
        self._author.press(reverse("documents:edit", args=[document_id]), typed)
        self._log.note("documents.submitted", id=str(document_id))
        return _Paper(document_id, reverse("documents:detail", args=[document_id]))

    def _confirm(self, signer: Person, papers: list[_Paper]) -> None:
        """Open each paper, then confirm all signatures with one PIN."""
        for paper in papers:
            signer.look(reverse("documents:pdf", args=[paper.id]))
        ids = [str(paper.id) for paper in papers]
        page = f"{reverse('signing:confirm', args=[KIND])}?{urlencode({'id': ids}, doseq=True)}"
        found = _TOKEN.search(signer.look(page))
        token = found[1] if found else ""
        signer.press(page, {"confirmation": token, "pin": PIN, "chosen": ids})
        for document_id in ids:
            self._log.note("signing.confirmed", id=document_id)

    def _await(self, step: str, papers: list[_Paper]) -> None:
        page = reverse("documents:clerk", args=[step])
        self._clerk.wait_until(f"step {step} of {papers[0].id}", lambda: self._are_in(self._clerk.look(page), papers))

    def _issue_all(self, papers: list[_Paper]) -> None:
        form = {"once": str(new_id()), "chosen": [str(paper.id) for paper in papers]}
        run = self._clerk.press(reverse("documents:bulk", args=["issue"]), form)
        self._log.note("documents.bulk_begun", id=form["once"])
        self._clerk.wait_until(f"run {form['once']}", lambda: self._is_all_done(run))
        for paper in papers:
            self._log.note("documents.issued", id=str(paper.id))

    def _is_all_done(self, run: str) -> bool:
        """Say whether a run is over with nothing left; what failed is begun again, as a clerk would."""
        page = self._clerk.look(run)
        if "data-over" not in page:
            return False
        again = _AGAIN.search(page)
        if again:
            self._clerk.press(again[1], {})
        return not again

    def _number_of(self, paper: _Paper) -> str:
        found = _NUMBER.search(self._clerk.look(paper.address))
        return found[1] if found else ""

    def _are_in(self, page: str, papers: list[_Paper]) -> bool:
        return all(str(paper.id) in page for paper in papers)


def register_arrivals(clerk: Person, log: Log) -> None:
    """Register what arrived, each with the same key however often it is tried."""
    page = clerk.look(reverse("documents:clerk", args=["register"]))
    for incoming_id in _BOX.findall(page):
        clerk.press(reverse("documents:register", args=[incoming_id]), {"key": str(uuid5(_SPACE, incoming_id))})
        log.note("documents.registered", id=incoming_id)
