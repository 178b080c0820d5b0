"""Read Vietnamese print by Tesseract, where the machine has it, in a process with limits of its own.

What it reads stays in memory: its files lie in a folder of the machine's memory where there is one.
"""

import csv
import io
import os
import re
import resource
import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from PIL import Image, ImageOps

from congso.kernel.vietnamese import fold

LANGUAGE: Final = "vie"
SECONDS: Final = 90
CPU_SECONDS: Final = 120
MEMORY: Final = 2 * 1024**3
MOST_WRITTEN: Final = 60_000_000
_IN_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it, for one reading
# Wider than between words: another column begins.
COLUMN_GAP: Final = 25
HEAD_ENDS: Final = 420
DOUBTFUL: Final = 70
_NUMBER_WORD: Final = re.compile(r"s[o06]\W?$")
_LONE: Final = re.compile(r"[^\W_]{1,4}")
_ROTATE: Final = re.compile(r"Rotate: (\d+)")
_SURE: Final = re.compile(r"Orientation confidence: ([\d.]+)")
_SURE_ENOUGH: Final = 2.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read on a page.

    :param lines: text, certainty (0 to 100), left, top, right, bottom in thousandths of the page.
    :param pdf: one page, the picture with its words as an invisible layer.
    """

    lines: list[list[Any]]
    pdf: bytes


class Word(NamedTuple):
    """A word with its certainty and its box, in thousandths of the page."""

    text: str
    sure: float
    left: int
    top: int
    right: int
    bottom: int


class CouldNotRead(Exception):
    """Tesseract failed or took too long on this page."""


@cache
def languages() -> frozenset[str]:
    """Return what Tesseract of this machine reads; nothing where it is not installed."""
    program = shutil.which("tesseract")
    if program is None:
        return frozenset()
    try:
        said = subprocess.run([program, "--list-langs"], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(said.stdout.decode(errors="replace").split("\n")[1:]) - {""}


def is_there() -> bool:
    """Say whether Vietnamese can be read here."""
    return LANGUAGE in languages()


def turn_of(jpeg: bytes) -> int:
    """Return by how much to turn the picture clockwise so that the print stands upright: 0, 90, 180 or 270."""
    if "osd" not in languages():
        return 0
    try:
        said = _run(["--psm", "0"], jpeg, None).decode(errors="replace")
    except CouldNotRead:
        # Too few letters to tell.
        return 0
    turn, sure = _ROTATE.search(said), _SURE.search(said)
    return int(turn[1]) if turn and sure and float(sure[1]) >= _SURE_ENOUGH else 0


def read(jpeg: bytes, *, width: int, height: int) -> Reading:
    """Return the words of an upright page.

    :raises CouldNotRead: it failed, or took too long.
    """
    folder = _IN_MEMORY if _IN_MEMORY.is_dir() and os.access(_IN_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="congso-read-", dir=folder) as name:
        _run(["-l", LANGUAGE, "--psm", "3"], jpeg, Path(name) / "page", "pdf", "tsv")
        try:
            table, pdf = (Path(name) / "page.tsv").read_text(), (Path(name) / "page.pdf").read_bytes()
        except (OSError, UnicodeDecodeError):
            raise CouldNotRead from None
    return Reading(list(_lines(table, width, height, jpeg)), pdf)


def _run(options: list[str], jpeg: bytes, out: Path | None, *kinds: str) -> bytes:
    program = shutil.which("tesseract")
    if program is None:
        raise CouldNotRead
    try:
        done = subprocess.run(
            [program, "stdin", str(out) if out else "stdout", *options, *kinds],
            input=jpeg,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={"PATH": os.environ.get("PATH", ""), "OMP_THREAD_LIMIT": "1", **_data_folder()},
            preexec_fn=_limited,
        )
    except (OSError, subprocess.TimeoutExpired):
        raise CouldNotRead from None
    if done.returncode:
        raise CouldNotRead
    return done.stdout


def _data_folder() -> dict[str, str]:
    named = os.environ.get("TESSDATA_PREFIX")
    return {"TESSDATA_PREFIX": named} if named else {}


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))


def _lines(table: str, width: int, height: int, jpeg: bytes) -> Iterator[list[Any]]:
    lines: dict[tuple[str, str, str], list[Word]] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row.get("level") == "5" and (row.get("text") or "").strip():
            left, top, across, down = (int(row[side]) for side in ("left", "top", "width", "height"))
            box = (
                1000 * left / width,
                1000 * top / height,
                1000 * (left + across) / width,
                1000 * (top + down) / height,
            )
            word = Word(unicodedata.normalize("NFC", row["text"].strip()), float(row["conf"]), *map(round, box))
            lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(word)
    for words in lines.values():
        _read_number_again(words, jpeg, width, height)
        piece: list[Word] = []
        for word in words:
            if piece and word.left - piece[-1].right > COLUMN_GAP:
                yield _line(piece)
                piece = []
            piece.append(word)
        yield _line(piece)


def _read_number_again(words: list[Word], jpeg: bytes, width: int, height: int) -> None:
    """Read what stands alone after «Số:» as digits: between letters, Tesseract takes «15» for a word."""
    for place, word in enumerate(words[1:4], start=1):
        is_number = _NUMBER_WORD.match(fold(words[place - 1].text)) is not None and word.top < HEAD_ENDS
        if not is_number or word.text.isdecimal() or not _LONE.fullmatch(word.text):
            continue
        with Image.open(io.BytesIO(jpeg)) as page:
            left, top = word.left * width // 1000 - 12, word.top * height // 1000 - 12
            right, bottom = word.right * width // 1000 + 12, word.bottom * height // 1000 + 12
            digits = page.crop((max(left, 0), max(top, 0), min(right, width), min(bottom, height)))
            cut = ImageOps.expand(digits.resize((digits.width * 2, digits.height * 2)), border=30, fill=255)
        file = io.BytesIO()
        cut.save(file, "PNG")
        try:
            said = _run(["--psm", "8", "-c", "tessedit_char_whitelist=0123456789"], file.getvalue(), None).decode()
        except (CouldNotRead, UnicodeDecodeError):
            return
        if said.strip().isdecimal():
            # Never sure: the clerk is told to look.
            words[place] = word._replace(text=said.strip(), sure=min(word.sure, DOUBTFUL))


def _line(words: Sequence[Word]) -> list[Any]:
    return [
        " ".join(word.text for word in words),
        round(sum(word.sure for word in words) / len(words)),
        min(word.left for word in words),
        min(word.top for word in words),
        max(word.right for word in words),
        max(word.bottom for word in words),
    ]
