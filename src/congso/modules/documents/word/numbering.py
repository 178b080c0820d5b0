"""Count numbered paragraphs as Word does, so that «Điều 3.», «b)» and «II.» are not lost."""

import re
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

_ROMAN: Final = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_LETTERS: Final = 26
_HIGHEST: Final = 9999


@dataclass(frozen=True, slots=True)
class Level:
    form: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before a paragraph.

    :param kind: ``bullet``, ``number`` (plain «1.», which a list of ours draws the same), or ``text``.
    """

    kind: str
    level: int
    number: int
    text: str


class Numbering:
    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._numbers: dict[str, tuple[str, dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: Element) -> None:
        # A list may be said by a style, which is said by another list.
        links = {name: abstract for abstract, name in _named(root, "w_styleLink").items()}
        linked = _named(root, "w_numStyleLink")
        for one in root.findall("w_abstractNum"):
            levels = {int(level.get("w_ilvl", "0")): _level(level) for level in one.findall("w_lvl")}
            self._abstract[one.get("w_abstractNumId", "")] = levels
        for one in root.findall("w_num"):
            named = one.find("w_abstractNumId")
            abstract = "" if named is None else named.get("w_val", "")
            abstract = links.get(linked.get(abstract, ""), abstract)
            starts = {
                int(over.get("w_ilvl", "0")): int(start.get("w_val", "1"))
                for over in one.findall("w_lvlOverride")
                if (start := over.find("w_startOverride")) is not None
            }
            self._numbers[one.get("w_numId", "")] = (abstract, starts)

    def next(self, number_id: str, level: int) -> Mark | None:
        """Count one more paragraph; None if it bears no mark."""
        abstract, starts = self._numbers.get(number_id, ("", {}))
        levels = self._abstract.get(abstract, {})
        if level not in levels:
            return None
        if number_id not in self._begun:
            self._begun.add(number_id)
            for over in starts:
                self._counts.get(abstract, {}).pop(over, None)
        counts = self._counts.setdefault(abstract, {})
        counts[level] = min(counts[level] + 1 if level in counts else starts.get(level, levels[level].start), _HIGHEST)
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        return self._mark(levels, counts, level)

    def _mark(self, levels: dict[int, Level], counts: dict[int, int], level: int) -> Mark | None:
        own = levels[level]
        if own.form == "bullet":
            return Mark("bullet", level, 0, "-")
        text = re.sub(r"%([1-9])", lambda place: _shown(levels, counts, int(place[1]) - 1), own.text).strip()
        if not text:
            return None
        is_plain = level == 0 and own.form == "decimal" and own.text == "%1." and counts[level] >= 1
        return Mark("number" if is_plain else "text", level, counts[level], text)


def _named(root: Element, tag: str) -> dict[str, str]:
    """Return by abstract numbering the style that ``tag`` names."""
    return {
        one.get("w_abstractNumId", ""): found.get("w_val", "")
        for one in root.findall("w_abstractNum")
        if (found := one.find(tag)) is not None
    }


def _level(level: Element) -> Level:
    def value(tag: str, otherwise: str) -> str:
        found = level.find(tag)
        return otherwise if found is None else found.get("w_val", otherwise)

    start = value("w_start", "1")
    return Level(value("w_numFmt", "decimal"), value("w_lvlText", ""), int(start) if start.isdecimal() else 1)


def _shown(levels: dict[int, Level], counts: dict[int, int], level: int) -> str:
    known = levels.get(level)
    if known is None:
        return ""
    return formed(counts.get(level, known.start), known.form)


def formed(number: int, form: str) -> str:
    """Return a number in one of Word's forms; those of other scripts in figures."""
    match form:
        case "lowerLetter" | "upperLetter" if number > 0:
            letters = chr(ord("a") + (number - 1) % _LETTERS) * ((number - 1) // _LETTERS + 1)
            return letters if form == "lowerLetter" else letters.upper()
        case "lowerRoman" | "upperRoman" if number > 0:
            roman = _roman(number)
            return roman.lower() if form == "lowerRoman" else roman
        case "decimalZero":
            return f"{number:02d}"
        case "none":
            return ""
        case _:
            return str(number)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written
