"""What a paper says of itself on its first page, by the layout of Decree 30/2020/NĐ-CP, for the clerk to check.

Left at the top the organ, under it number and notation; right the country, under it place and date; then the type in
capitals with the subject under it, or, of a letter, «V/v …» under the number. A Party paper has its own head, the same
places. Rules, no learning: what is not found is left empty.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any, Final, NamedTuple

from congso.kernel.vietnamese import fold
from congso.modules.documents.scans.numbers import NumberNotUsable, canonical

LETTER: Final = "CV"
SURE_FROM: Final = 80
CLOSE: Final = 0.6
LONGEST_SUBJECT: Final = 500
MOST_SUBJECT_LINES: Final = 6
_HEAD_ENDS: Final = 420
_MIDDLE: Final = 460
# Where the left column has its centre at most; the page's own centre of print; how far from it a line may be.
_LEFT_CENTRE: Final = 480
_CENTRE, _OFF_CENTRE, _FULL_LINE = 540, 60, 600
_TITLE_ENDS: Final = 650
_FEWEST_LETTERS: Final = 4

_NUMBER: Final = re.compile(
    r"^\W*s[o0ó6]\s*[:;.,]?\s*(\d[\dOoIl]{0,5}[abc]?)\s*([/\-–])\s*([A-Za-zĐđ\d][\wĐđ&.]*(?:\s*[/\-–]\s*[\wĐđ&.]+)*)",
    re.IGNORECASE,
)
_DATE: Final = re.compile(r"ng.?y\s*(\d{1,2})\s*th.?ng\s*(\d{1,2})\s*n.?m\s*(\d{4})")
_ABOUT: Final = re.compile(r"^\W*[vyư]\s*[/1lI|]\s*v\b[\s:.]*", re.IGNORECASE)
_NOT_ORGAN: Final = ("cong hoa xa hoi", "chu nghia viet nam", "doc lap", "tu do", "hanh phuc", "dang cong san")
_AFTER_SUBJECT: Final = (
    "can cu",
    "kinh gui",
    "thuc hien",
    "theo de nghi",
    "xet de nghi",
    "i. ",
    "1. ",
    "dieu 1",
    "phan thu",
    "quyet dinh:",
    "thoi gian",
    "hom nay",
    "de nghi",
    "nham",
    "trong thoi gian",
    "ubnd",
    "uy ban nhan dan",
    "chu tich",
    "hoi dong nhan dan",
    "toi ten",
    "chung toi",
    "sau khi",
    "ngay ",
    "qua ",
    "noi nhan",
    "ben a",
    "ho va ten",
    "cu ong",
    "gui ",
)


class Line(NamedTuple):
    """A line of print: text, certainty (0 to 100), left, top, right, bottom in thousandths of the page."""

    text: str
    sure: int
    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        return max(self.bottom - self.top, 1)


@dataclass(frozen=True, slots=True)
class Proposed[Value]:
    """A value and how sure the reading is of it."""

    value: Value
    sure: int = 100

    @property
    def is_sure(self) -> bool:
        return self.sure >= SURE_FROM


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the first page says; a field that was not found is None."""

    sender: Proposed[str] | None = None
    number: Proposed[str] | None = None
    day: Proposed[date] | None = None
    type_code: Proposed[str] | None = None
    subject: Proposed[str] | None = None


def propose(lines: Sequence[Sequence[Any]], types: Mapping[str, tuple[str, str]]) -> Proposal:
    """Return what a first page says.

    :param lines: as ``pages.Seen`` and ``ocr.Reading`` give them.
    :param types: title in capitals and abbreviation by code of the type.
    """
    read = sorted((Line(*line) for line in lines if str(line[0]).strip()), key=lambda line: (line.top, line.left))
    head = [line for line in read if line.top < _HEAD_ENDS]
    title, code = _title(read, types)
    number, number_line = _number(head, types, code.value if code else None)
    about = _about(head)
    if code is None and (about or number):
        code = Proposed(_code_of(number, types) or LETTER, number.sure if number else 70)
    subject = _after_title(read, title) if title else None
    return Proposal(
        sender=_sender(head, number_line),
        number=number,
        day=_day(head) or _day(read),
        type_code=code,
        subject=subject or about,
    )


def _number(
    head: Sequence[Line], types: Mapping[str, tuple[str, str]], code: str | None
) -> tuple[Proposed[str] | None, Line | None]:
    for line in head:
        if line.left > _MIDDLE or fold(line.text).lstrip(" .,'|")[:1] != "s":
            continue
        # The number may stand in a gap of its own: what follows on the same height belongs to it.
        row = [other for other in head if abs(other.top - line.top) < line.height and line.left <= other.left < _MIDDLE]
        row.sort(key=lambda other: other.left)
        found = _NUMBER.match(re.sub(r"^\W*[sS]\S{1,2}?(?=\W|\d)", "So", "".join(other.text + " " for other in row)))
        if found is None:
            continue
        notation = _notation(found[3], types, code)
        digits = re.sub("[Oo]", "0", re.sub("[Il]", "1", found[1]))
        try:
            return Proposed(canonical(f"{digits}{found[2]}{notation}"), min(other.sure for other in row)), line
        except NumberNotUsable:
            continue
    return None, next(
        (line for line in head if line.left < _MIDDLE and re.match(r"^\W*s[oố]\b", line.text.lower())), None
    )


def _notation(text: str, types: Mapping[str, tuple[str, str]], code: str | None) -> str:
    """Return a notation without blanks, its type written as the title says it where reading came close."""
    bare = re.sub(r"\s+", "", text).replace("Ð", "Đ").replace("–", "-")
    short = types[code][1] if code else ""
    first = re.split("[/-]", bare)[0]
    if short and first != short and SequenceMatcher(None, fold(first), fold(short)).ratio() > CLOSE:
        return short + bare[len(first) :]
    return bare


def _day(lines: Sequence[Line]) -> Proposed[date] | None:
    for line in lines:
        row = " ".join(
            other.text for other in lines if abs(other.top - line.top) < line.height and other.left >= line.left
        )
        found = _DATE.search(fold(row))
        if found:
            try:
                return Proposed(date(int(found[3]), int(found[2]), int(found[1])), line.sure)
            except ValueError:
                continue
    return None


def _sender(head: Sequence[Line], number_line: Line | None) -> Proposed[str] | None:
    bottom = number_line.top if number_line else 130
    organ = [
        line
        for line in head
        if line.bottom <= bottom + 4
        and line.left < _MIDDLE
        and (line.left + line.right) / 2 < _LEFT_CENTRE
        and not any(words in fold(line.text) for words in _NOT_ORGAN)
        and sum(letter.isalpha() for letter in line.text) >= _FEWEST_LETTERS - 1
    ]
    if not organ:
        return None
    name = " ".join(line.text for line in organ)
    name = re.sub(r"\s*[*_|~.—–-]+\s*$", "", name).strip()
    return Proposed(_as_name(name), min(line.sure for line in organ)) if name else None


def _as_name(name: str) -> str:
    """Write a head in capitals as a name: «Ủy ban nhân dân huyện Nông Cống»."""
    if not name.isupper():
        return name
    words = [word if len(word) <= 1 else word.lower() for word in name.split()]
    for place, word in enumerate(words):
        after_kind = place > 0 and fold(words[place - 1]) in _KINDS
        if place == 0 or after_kind or (place > 1 and words[place - 1][:1].isupper() and not _is_common(word)):
            words[place] = word[:1].upper() + word[1:]
    return " ".join(words)


_KINDS: Final = frozenset({"xa", "huyen", "tinh", "tran", "phuong", "quan", "pho"})
_COMMON: Final = frozenset(
    fold(
        "ủy ban nhân dân hội đồng xã huyện tỉnh thị trấn phường quận thành phố mặt trận tổ quốc và phòng ban sở văn chi"
        " cục trung tâm đoàn nông phụ nữ cựu chiến binh liên lao động"
    ).split()
)


def _is_common(word: str) -> bool:
    return fold(word) in _COMMON


def _title(lines: Sequence[Line], types: Mapping[str, tuple[str, str]]) -> tuple[Line | None, Proposed[str] | None]:
    titles = {fold(title): code for code, (title, _short) in types.items() if title}
    for line in lines:
        bare = re.sub(r"^\W+|\W+$", "", line.text)
        if line.top < _TITLE_ENDS and bare and bare == bare.upper() and fold(bare) in titles:
            return line, Proposed(titles[fold(bare)], line.sure)
    return None, None


def _code_of(number: Proposed[str] | None, types: Mapping[str, tuple[str, str]]) -> str | None:
    if number is None:
        return None
    parts = set(re.split(r"[/-]", number.value)[1:])
    return next((code for code, (_title_of, short) in types.items() if short and short in parts), None)


def _after_title(lines: Sequence[Line], title: Line) -> Proposed[str] | None:
    """Return the lines under the title, centred as it is, until the text begins."""
    found: list[Line] = []
    last = title
    for line in lines:
        if line.top <= title.top or line is title:
            continue
        if len(found) >= MOST_SUBJECT_LINES or line.top - last.bottom > 2.2 * title.height or _begins_text(line, found):
            break
        found.append(line)
        last = line
    return _subject(found)


def _begins_text(line: Line, found: Sequence[Line]) -> bool:
    plain = fold(line.text).lstrip(" -–_.")
    if not any(letter.isalpha() for letter in line.text):
        return True
    off_centre = abs((line.left + line.right) / 2 - _CENTRE) > _OFF_CENTRE and line.right - line.left < _FULL_LINE
    if found and (off_centre or plain.startswith(_AFTER_SUBJECT)):
        return True
    return not found and plain.startswith(("can cu", "kinh gui", "hom nay"))


def _about(head: Sequence[Line]) -> Proposed[str] | None:
    """Return what a letter is about: «V/v …» under its number, in the left column."""
    left = [line for line in head if line.left < _MIDDLE and (line.left + line.right) / 2 < _LEFT_CENTRE]
    for place, line in enumerate(left):
        if not _ABOUT.match(line.text):
            continue
        found = [line._replace(text=_ABOUT.sub("", line.text))]
        for below in left[place + 1 : place + MOST_SUBJECT_LINES]:
            is_near = below.top - found[-1].bottom < 1.6 * line.height
            if not is_near or fold(below.text).lstrip().startswith("kinh gui"):
                break
            found.append(below)
        return _subject(found)
    return None


def _subject(found: Sequence[Line]) -> Proposed[str] | None:
    text = " ".join(" ".join(line.text for line in found).split()).strip(" -–_.*|~—")
    if len(text) < _FEWEST_LETTERS:
        return None
    text = re.sub(r"^(?:về việc|v/v)\s*[:.]?\s*", "", text, flags=re.IGNORECASE) or text
    return Proposed(text[:1].upper() + text[1:LONGEST_SUBJECT], min(line.sure for line in found))
