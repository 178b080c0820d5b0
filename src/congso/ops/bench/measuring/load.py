"""Requests over HTTP: at a given pace whatever the answers take (open loop), and as many as go (closed loop)."""

import gzip
import http.client
import math
import re
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from urllib.parse import urlencode

_CONNECTIONS = 8
_SECONDS_OF_PATIENCE = 60


class Visitor:
    """A browser with one session, on one keep-alive connection a thread."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.port = port
        self.cookie = cookie
        self._local = threading.local()

    def get(self, path: str) -> None:
        """Fetch a page whole.

        :raises RuntimeError: it is not an ordinary answer.
        """
        self._page(path)

    def text(self, path: str) -> str:
        """Return a page as it came, unpacked.

        :raises RuntimeError: it is not an ordinary answer.
        """
        headers, body = self._page(path)
        is_packed = ("content-encoding", "gzip") in [(name.lower(), value) for name, value in headers]
        return (gzip.decompress(body) if is_packed else body).decode()

    def _page(self, path: str) -> tuple[list[tuple[str, str]], bytes]:
        status, headers, body = self._ask("GET", path)
        if status != HTTPStatus.OK:
            raise RuntimeError(f"{path} answered {status}")
        return headers, body

    def sign_in(self, path: str, username: str, password: str) -> None:
        """Sign in by the form of the page at ``path``; the session's cookie is kept."""
        _status, headers, body = self._ask("GET", path)
        self._keep(headers)
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', body)
        if token is None:
            raise RuntimeError(f"{path} has no form")
        form = {"username": username, "password": password, "csrfmiddlewaretoken": token[1].decode()}
        status, headers, _body = self._ask("POST", path, urlencode(form))
        if status != HTTPStatus.FOUND:
            raise RuntimeError(f"signing in answered {status}")
        self._keep(headers)

    def _ask(self, method: str, path: str, form: str | None = None) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_SECONDS_OF_PATIENCE)
            self._local.connection = connection
        headers = {"Cookie": self.cookie, "Accept-Encoding": "gzip"}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, form, headers)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        except (OSError, http.client.HTTPException):
            # Closed, it opens itself again at the next request.
            connection.close()
            raise

    def _keep(self, headers: list[tuple[str, str]]) -> None:
        kept = dict(pair.split("=", 1) for pair in self.cookie.split("; ") if pair)
        for name, value in headers:
            if name.lower() == "set-cookie":
                key, _equals, content = value.split(";")[0].partition("=")
                kept[key] = content
        self.cookie = "; ".join(f"{key}={value}" for key, value in kept.items())


def open_loop(ask: Callable[[str], None], paths: Sequence[str], *, per_second: float, seconds: float) -> list[float]:
    """Ask at an even pace, each answer timed from when it was due; return the times in milliseconds."""
    begin = time.perf_counter() + 0.1
    count = max(1, int(per_second * seconds))

    def one(number: int) -> float:
        due = begin + number / per_second
        time.sleep(max(0.0, due - time.perf_counter()))
        ask(paths[number % len(paths)])
        return (time.perf_counter() - due) * 1000

    with ThreadPoolExecutor(_CONNECTIONS) as threads:
        return list(threads.map(one, range(count)))


def closed_loop(ask: Callable[[str], None], paths: Sequence[str], *, connections: int, seconds: float) -> float:
    """Ask again as soon as an answer came; return how many a second were answered."""
    begin = time.perf_counter()

    def many(first: int) -> int:
        done = 0
        while time.perf_counter() - begin < seconds:
            ask(paths[(first + done) % len(paths)])
            done += 1
        return done

    with ThreadPoolExecutor(connections) as threads:
        done = sum(threads.map(many, range(connections)))
    return done / (time.perf_counter() - begin)


def closed_times(ask: Callable[[str], None], path: str, *, count: int) -> list[float]:
    """Ask for one page ``count`` times, one after the other; return the times in milliseconds."""
    times = []
    for _ in range(count):
        begin = time.perf_counter()
        ask(path)
        times.append((time.perf_counter() - begin) * 1000)
    return times


def percentile(times: Sequence[float], share: float) -> float:
    """Return the smallest time that at least ``share`` of all do not exceed."""
    return sorted(times)[max(0, math.ceil(len(times) * share) - 1)]


def answers(visitor: Visitor, path: str) -> Callable[[], bool]:
    """Return a question whether the site answers at ``path`` by now."""

    def is_over() -> bool:
        try:
            visitor.get(path)
        except (OSError, http.client.HTTPException, RuntimeError):
            return False
        return True

    return is_over
