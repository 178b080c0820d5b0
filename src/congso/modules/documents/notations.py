"""Patterns of number and notation, such as ``{số}/{loại}-{cơ quan}`` and ``{số}/{cơ quan}[-{đơn vị}]``.

``[…]`` is left out if what it names is empty. A pattern begins with the number and one mark.
"""

import re
from typing import Final

from django.utils.translation import gettext_lazy as _

from congso.kernel.errors import DomainError

NUMBER: Final = "{số}"
TYPE, ORGAN, UNIT = "{loại}", "{cơ quan}", "{đơn vị}"
MARKS: Final = ("/", "-")
LONGEST: Final = 30
_OPTIONAL: Final = re.compile(r"\[([^\[\]]*)\]")
_PLACE: Final = re.compile(r"\{[^{}]*\}")


class PatternNotUsable(DomainError):
    code = "documents.pattern_not_usable"
    message = _(
        "Mẫu số, ký hiệu “%(pattern)s” chưa dùng được. Mẫu bắt đầu bằng {số} rồi / hoặc -, có {cơ quan}, "
        "và chỉ dùng {số}, {loại}, {cơ quan}, {đơn vị}. Ví dụ: {số}/{loại}-{cơ quan}."
    )
    status = 422


def check(pattern: str, *, has_type: bool) -> str:
    """Return a pattern that can be printed.

    :param has_type: it names the type of the paper; a letter's does not.
    :raises PatternNotUsable: it does not begin with the number and a mark, or names what there is not.
    """
    pattern = " ".join(pattern.split())
    rest = pattern.removeprefix(NUMBER)
    allowed = {TYPE, ORGAN, UNIT} if has_type else {ORGAN, UNIT}
    named = set(_PLACE.findall(rest))
    bare = _PLACE.sub("", _OPTIONAL.sub(r"\1", rest))
    is_usable = (
        pattern.startswith(NUMBER)
        and rest[:1] in MARKS
        and ORGAN in named
        and named <= allowed
        and (TYPE in named) == has_type
        and not set(bare) & set("{}[]")
    )
    if not is_usable:
        raise PatternNotUsable(pattern=pattern)
    return pattern


def mark_of(pattern: str) -> str:
    """Return what stands between number and notation."""
    return pattern.removeprefix(NUMBER)[:1]


def notation(pattern: str, *, abbreviation: str, organ: str, unit: str) -> str:
    """Return what follows number and mark: ``KH-UBND``."""
    return filled(pattern.removeprefix(NUMBER)[1:], abbreviation=abbreviation, organ=organ, unit=unit)


def filled(pattern: str, *, abbreviation: str = "", organ: str = "", unit: str = "") -> str:
    """Return a pattern with its words put in."""
    words = {TYPE: abbreviation, ORGAN: organ, UNIT: unit}
    text = _OPTIONAL.sub(lambda part: part.group(1) if _says(part.group(1), words) else "", pattern)
    return _PLACE.sub(lambda place: words.get(place.group(), ""), text)


def _says(part: str, words: dict[str, str]) -> bool:
    return all(words.get(place) for place in _PLACE.findall(part))
