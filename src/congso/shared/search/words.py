"""Take text apart into words, the same way for what is kept and for what is asked."""

import re
import unicodedata

from congso.kernel.vietnamese import fold

LONGEST_TEXT = 200_000
LONGEST_WORD = 64
LONGEST_QUERY = 300
MOST_WORDS_ASKED = 16

# Letters and digits; so 15/KH-UBND is three words, however it is written.
WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """Return the words of ``text`` in small letters, NFC; over-long ones are no words."""
    words = WORD.findall(unicodedata.normalize("NFC", text[:LONGEST_TEXT]).lower())
    return [word for word in words if len(word) <= LONGEST_WORD]


def asked_words(query: str) -> list[str]:
    """Return the words that are searched for: of the first 300 characters, each once, at most 16."""
    return list(dict.fromkeys(words_of(query[:LONGEST_QUERY])))[:MOST_WORDS_ASKED]


def marked(words: list[str]) -> list[str]:
    """Return the words that are written with marks, which say more than the bare ones."""
    return [word for word in words if fold(word) != word]
