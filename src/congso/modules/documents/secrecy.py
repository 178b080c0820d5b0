"""The guard against secret papers (bí mật nhà nước).

Source: Law 29/2018/QH14, Điều 5; Decree 26/2020/NĐ-CP: secret content is neither drafted nor kept on a networked
computer, and not even its register. So there is no secrecy value here other than «thường», and what is marked secret
is refused without keeping anything of it.

A stamp stands alone on its line or in its box: MẬT, TỐI MẬT, TUYỆT MẬT, also when reading the picture lost its accents
or the letters stand apart. An officer may state that what looks like a stamp is none: the refusal carries a ticket for
exactly this content, which lets it pass when it is sent again; the act that takes it in writes that into the journal.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from itertools import groupby, pairwise
from typing import ClassVar, Final

from django.core import signing as tokens
from django.utils.translation import gettext_lazy as _

from congso.kernel.errors import DomainError

STAMPS: Final = frozenset({"MAT", "TOIMAT", "TUYETMAT"})
# Said by nobody about anything else, so any case counts: capitals may be the look of the letters only.
_TWO_WORDS: Final = STAMPS - {"MAT"}
_CIRCUMFLEX, _BREVE, _DOT_BELOW, _ACUTE, _GRAVE, _TILDE, _HOOK = (
    chr(code) for code in (0x302, 0x306, 0x323, 0x301, 0x300, 0x303, 0x309)
)
# With these «mật» is another word: mát, mất, mắt, … Circumflex, breve and dot are lost or confused in reading.
_OTHER_TONES: Final = frozenset({_ACUTE, _GRAVE, _TILDE, _HOOK})
# Letters of other alphabets that look the same, and what reading makes of letters.
_LOOKALIKES: Final = str.maketrans("АЕІМОТУΑΕΙΜΟΤΥ01", "AEIMOTYAEIMOTYOI")
_LINES: Final = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# What parts a line into boxes: tabs, wide gaps, frames.
_BOXES: Final = re.compile(r"\t+|\s{3,}|[|¦│┃║\[\]{}]+")
_INVISIBLE: Final = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# A frame's side is read as one of these, with a space before the word.
_SIDES: Final = re.compile(r"^[Il1!]\s+|\s+[Il1!]$")
_LONGEST_STAMP: Final = 60
_IN_BRACKETS: Final = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")
TICKET_SALT: Final = "documents.not_secret"
TICKET_LASTS: Final = 3600


class SecretContent(DomainError):
    """What was given has a secrecy stamp.

    Of a file or a text it carries the ticket that lets the very same content pass, for an officer who states that it
    is not secret; of a draft how many lines look like a stamp, for their author to state the same.
    """

    code = "documents.secret_content"
    message = _("Nội dung có dấu chỉ độ mật nên không nhận và không lưu gì. Soạn và gửi theo đường văn bản mật.")
    status: ClassVar[int] = HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS

    @property
    def ticket(self) -> str:
        return str(self.facts.get("ticket", ""))

    @property
    def stamps(self) -> int:
        return int(str(self.facts.get("stamps", 0)))


def count_secrecy_marks(*texts: str) -> int:
    """Return how many lines or boxes of ``texts`` are one of the stamps MẬT, TỐI MẬT, TUYỆT MẬT."""
    return sum(any(_is_stamp(piece) for piece in _pieces(line)) for text in texts for line in _lines(text))


def has_marked_name(name: str) -> bool:
    """Say whether a file's name is a stamp, or has one in brackets or as two words: ``TUYET MAT ke hoach.pdf``."""
    stem = re.sub(r"\.[A-Za-z0-9]{1,10}$", "", unicodedata.normalize("NFKC", name))
    words = re.sub(r"[_\-–.,]+", " ", stem)
    if _is_stamp(words.upper()) or any(_is_stamp(part) for part in _IN_BRACKETS.findall(stem)):
        return True
    pairs = pairwise(words.split())
    return any(_skeleton(first + second) in _TWO_WORDS and _is_sure(first + second) for first, second in pairs)


def refuse_secret(*texts: str, names: Iterable[str] = (), declared: str = "", of: bytes | None = None) -> bool:
    """Raise :class:`SecretContent` if any of ``texts`` carries a stamp, unless a ticket says that it is none.

    :param names: names of files.
    :param declared: the ticket of the earlier refusal, or several with blanks between them, sent back by an officer
        who states that it is not secret.
    :param of: the bytes that the texts were read from; the ticket is then bound to them, else to the texts.
    :return: whether only the statement let it pass. The caller's act then calls
        ``commands.guarding.note_stated_step``.
    """
    called = list(names)
    if count_secrecy_marks(*texts) == 0 and not any(has_marked_name(name) for name in called):
        return False
    digest = _digest(called, [of] if of is not None else [text.encode() for text in texts])
    if any(_is_for(ticket, digest) for ticket in declared.split()):
        return True
    raise SecretContent(ticket=tokens.dumps(digest, salt=TICKET_SALT))


def _digest(names: Iterable[str], contents: Iterable[bytes]) -> str:
    whole = hashlib.sha256()
    for part in (*(name.encode() for name in names), *contents):
        whole.update(len(part).to_bytes(8))
        whole.update(part)
    return whole.hexdigest()


def _is_for(ticket: str, digest: str) -> bool:
    try:
        return bool(tokens.loads(ticket, salt=TICKET_SALT, max_age=TICKET_LASTS) == digest)
    except tokens.BadSignature:
        return False


def _lines(text: str) -> Iterator[str]:
    """Yield the lines; letters that stand one to a line are one line, as a narrow box has them."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    lines = (line.strip() for line in _LINES.split(plain))
    for is_single, run in groupby((line for line in lines if line), key=lambda line: len(line) == 1):
        if is_single:
            yield "".join(run)
        else:
            yield from run


def _pieces(line: str) -> Iterator[str]:
    yield line
    if _BOXES.search(line):
        yield from _BOXES.split(line)


def _is_stamp(piece: str) -> bool:
    bare = _SIDES.sub("", piece.strip())
    if {letter for letter in bare if letter.islower()} == {"l"}:
        bare = bare.replace("l", "I")
    if len(bare) > _LONGEST_STAMP or any(letter.isdecimal() and letter not in "01" for letter in bare):
        return False
    skeleton = _skeleton(bare)
    if skeleton not in STAMPS:
        return False
    if _OTHER_TONES & set(_accents_of_mat(bare)):
        return False
    return (skeleton in _TWO_WORDS and _is_sure(bare)) or not any(letter.islower() for letter in bare)


def _is_sure(words: str) -> bool:
    """Say whether the words are meant: accented, or in capitals."""
    return not words.isascii() or words == words.upper()


def _skeleton(text: str) -> str:
    """Return the capitals that the letters come down to, nothing between them."""
    bare = unicodedata.normalize("NFD", text.translate(_LOOKALIKES))
    return "".join(letter for letter in bare if letter.isalpha()).upper()


def _accents_of_mat(text: str) -> list[str]:
    """Return the marks on the last A."""
    bare = unicodedata.normalize("NFD", text.translate(_LOOKALIKES)).upper()
    place = bare.rfind("A") + 1
    found = []
    while place < len(bare) and unicodedata.combining(bare[place]):
        found.append(bare[place])
        place += 1
    return found
