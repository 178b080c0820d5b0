"""What the author says of the paper's layout beside its text: who may have it, who wrote it, who signs beside."""

import unicodedata
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from typing import Final

from django.utils.translation import gettext_lazy as _

from congso.kernel.errors import InvalidInput
from congso.modules.documents.kinds import Circulation
from congso.modules.documents.models import Document

# Letters that fit the part's place on the page.
LONGEST: Final = {"circulation": 16, "drafter_mark": 20, "contact": 200, "second_title": 120, "second_signer": 100}


@dataclass(frozen=True, slots=True)
class LayoutInput:
    """Parts that the decree leaves to the author (annex I, III), and the second signature of a contract or of minutes.

    :param circulation: a value of ``Circulation``, or nothing.
    :param drafter_mark: who drafted it and how many copies there are: ``PL.300``.
    :param contact: address, telephone, e-mail at the foot of the first page.
    :param second_title: who signs on the left; ``A / B`` makes two lines.
    """

    circulation: str = ""
    drafter_mark: str = ""
    contact: str = ""
    second_title: str = ""
    second_signer: str = ""

    def words(self) -> Iterator[str]:
        """Return every word that was typed, for the search for secrecy stamps."""
        yield from astuple(self)[1:]


def fill_layout(document: Document, layout: LayoutInput) -> None:
    """Set the parts on the paper; the caller saves.

    :raises InvalidInput: a value that is none, or longer than its place on the page.
    """
    if layout.circulation and layout.circulation not in Circulation.values:
        raise InvalidInput(detail=_("chỉ dẫn phạm vi lưu hành không có trong danh mục"))
    for part in fields(layout):
        words = unicodedata.normalize("NFC", " ".join(getattr(layout, part.name).split()))
        if len(words) > LONGEST[part.name]:
            raise InvalidInput(detail=_("“%(words)s…” dài quá, không in vừa trang") % {"words": words[:20]})
        setattr(document, part.name, words)
