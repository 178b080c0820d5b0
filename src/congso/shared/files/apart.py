"""Ask a process of its own, limited in time and memory, so that a hostile file costs a message and not the site."""

import atexit
import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, Final

_CHUNK: Final = 1 << 16


class Apart:
    """A process of this process that opens strangers' files: started when first asked, one question at a time.

    It reads requests from standard input, a line of JSON (``op``, ``length``, …) and that many bytes; it answers a line
    of JSON (``error`` or ``lengths``, …) and the parts.

    :param program: the script's path, or the name of a module.
    """

    def __init__(self, program: Path | str) -> None:
        self._program = [str(program)] if isinstance(program, Path) else ["-m", program]
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        atexit.register(self._end)

    def ask(
        self, request: Mapping[str, object], content: bytes, *, seconds: float
    ) -> tuple[dict[str, Any], list[bytes]]:
        """Return the head of the answer and its parts.

        :raises TimeoutError: it took longer than ``seconds``; the process is ended.
        :raises OSError, EOFError: the process died of it.
        """
        question = json.dumps({**request, "length": len(content)}).encode() + b"\n" + content
        with self._lock:
            process = self._running()
            try:
                return self._talk(process, question, time.monotonic() + seconds)
            except (OSError, EOFError):
                self._end()
                raise

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._owner == os.getpid() and self._process.poll() is None:
            return self._process
        self._process = subprocess.Popen(
            [sys.executable, "-I", *self._program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )
        self._owner = os.getpid()
        return self._process

    def _talk(
        self, process: subprocess.Popen[bytes], question: bytes, deadline: float
    ) -> tuple[dict[str, Any], list[bytes]]:
        if process.stdin is None or process.stdout is None:
            raise EOFError
        _write(process.stdin, question, deadline)
        answer = _Reader(process.stdout, deadline)
        head = json.loads(answer.line())
        return head, [answer.take(length) for length in head.get("lengths", ())]

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        process.wait()


def _write(pipe: IO[bytes], content: bytes, deadline: float) -> None:
    rest = memoryview(content)
    while rest:
        if not select.select([], [pipe], [], max(0.0, deadline - time.monotonic()))[1]:
            raise TimeoutError
        # A pipe that select calls writable takes PIPE_BUF bytes without waiting.
        rest = rest[os.write(pipe.fileno(), rest[: select.PIPE_BUF]) :]


class _Reader:
    """Reads a pipe until a deadline."""

    def __init__(self, pipe: IO[bytes], deadline: float) -> None:
        self._pipe, self._deadline, self._read = pipe, deadline, bytearray()

    def line(self) -> bytes:
        while (end := self._read.find(b"\n")) < 0:
            self._more()
        return self.take(end + 1)

    def take(self, length: int) -> bytes:
        while len(self._read) < length:
            self._more()
        taken, self._read = bytes(self._read[:length]), self._read[length:]
        return taken

    def _more(self) -> None:
        if not select.select([self._pipe], [], [], max(0.0, self._deadline - time.monotonic()))[0]:
            raise TimeoutError
        chunk = os.read(self._pipe.fileno(), _CHUNK)
        if not chunk:
            raise EOFError
        self._read += chunk
