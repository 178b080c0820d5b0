"""Vietnamese text for lists and look-ups: the order of the alphabet, and text without its marks.

The database orders by code point, so every name that is listed has a column with its sort key.
"""

import re
import unicodedata

# Marks that make another letter, by their place after the bare one: a ă â, e ê, o ô ơ, u ư.
_LETTERS = {"ă": "a~", "â": "a~~", "đ": "d~", "ê": "e~", "ô": "o~", "ơ": "o~~", "ư": "u~"}
# The tones in the order of Vietnamese dictionaries: none, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_TOKENS = re.compile(r"\d+|[^\W\d_]+")
_DIGITS_OF_A_NUMBER = 9


def fold(text: str) -> str:
    """Return ``text`` in lower case without any marks, with đ as d: “Nông Cống” gives “nong cong”."""
    bare = (mark for mark in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(mark))
    return "".join(bare).replace("đ", "d")


def sort_key(text: str) -> str:
    """Return a key whose order by code point is the Vietnamese order of ``text``.

    Syllable by syllable: first the letters (a ă â … d đ …), then the tone. Case and punctuation do not count, numbers
    are compared as numbers (“Thôn 2” before “Thôn 10”).
    """
    tokens = _TOKENS.findall(unicodedata.normalize("NFC", text).lower())
    return " ".join(_number_key(token) if token.isdecimal() else _syllable_key(token) for token in tokens)


def name_sort_key(full_name: str) -> str:
    """Return the sort key of a person's name: by the given name, which stands last, then from the family name on."""
    *before, given = full_name.split() or [""]
    return sort_key(" ".join([given, *before]))


def _number_key(token: str) -> str:
    return str(int(token)).rjust(_DIGITS_OF_A_NUMBER, "0")


def _syllable_key(token: str) -> str:
    """Return the letters, each led by its bare form, then the tone as one digit, which is below every letter."""
    tone = "0"
    letters: list[str] = []
    for letter in token:
        parts = unicodedata.normalize("NFD", letter)
        tone = next((_TONES[part] for part in parts if part in _TONES), tone)
        without_tone = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
        letters.append(_LETTERS.get(without_tone, fold(without_tone)))
    return "".join(letters) + tone
