"""A person at a browser who presses the same button again until the site says that it is done."""

import http.client
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse

from congso.ops.bench.measuring.load import Visitor

PATIENCE_SECONDS: Final = 180.0
_PAUSE_SECONDS: Final = 0.3

type Form = Mapping[str, str | Sequence[str]]


class Log:
    """What was acknowledged, each line on the disk before the next step."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="utf-8")

    def note(self, what: str, **facts: object) -> None:
        self._file.write(json.dumps({"what": what, **facts}, ensure_ascii=False) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()


def read_logs(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of all logs in a folder."""
    for path in sorted(folder.glob("*.jsonl")):
        yield from (json.loads(line) for line in path.read_text().splitlines())


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    location: str
    text: str


class Stuck(Exception):
    """The site did not come to an end with something in all our patience."""


class Person(Visitor):
    """One account's browser."""

    def __init__(self, port: int, username: str, password: str, log: Log) -> None:
        super().__init__(port)
        self._username, self._password, self._log = username, password, log

    def enter(self) -> None:
        """Sign in, however long it takes."""
        self._again(lambda: self.sign_in(reverse("accounts:login"), self._username, self._password))

    def look(self, path: str) -> str:
        """Return the page at ``path``."""
        return self._firm("GET", path, None).text

    def press(self, path: str, form: Form) -> str:
        """Send a form until it is taken; return where it led.

        A form that was cut off is sent again as it is: it carries a key, so that it is done once.
        """
        answer = self._firm("POST", path, form)
        if answer.status != HTTPStatus.FOUND:
            self._log.note("refused", path=path, status=answer.status, said=answer.text[:2000])
            raise Stuck(f"{path} answered {answer.status}")
        return answer.location

    def wait_until(self, what: str, is_so: Callable[[], bool]) -> None:
        """Ask again until it is so.

        :raises Stuck: it does not become so.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_so():
            if time.monotonic() > deadline:
                self._log.note("stuck", waited_for=what)
                raise Stuck(what)
            time.sleep(_PAUSE_SECONDS)

    def _firm(self, method: str, path: str, form: Form | None) -> Answer:
        found: list[Answer] = []
        self._again(lambda: found.append(self._answer(method, path, form)))
        return found[-1]

    def _answer(self, method: str, path: str, form: Form | None) -> Answer:
        content = urlencode({**form, "csrfmiddlewaretoken": self._token}, doseq=True) if form is not None else None
        status, headers, body = self._ask(method, path, content)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise http.client.HTTPException(f"{path} answered {status}")
        self._keep(headers)
        location = next((value for name, value in headers if name.lower() == "location"), "")
        if location.startswith(reverse("accounts:login")):
            self._log.note("signed_out", path=path)
            self.sign_in(reverse("accounts:login"), self._username, self._password)
            raise http.client.HTTPException("signed out")
        return Answer(status, location, body.decode(errors="replace"))

    @property
    def _token(self) -> str:
        return dict(pair.split("=", 1) for pair in self.cookie.split("; ")).get("csrftoken", "")

    def _again(self, ask: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                ask()
            except (OSError, http.client.HTTPException, RuntimeError) as obstacle:
                if time.monotonic() > deadline:
                    self._log.note("stuck", waited_for=str(obstacle))
                    raise Stuck(str(obstacle)) from obstacle
                time.sleep(_PAUSE_SECONDS)
            else:
                return
