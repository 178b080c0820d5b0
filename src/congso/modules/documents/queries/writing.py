"""What belongs to the writing of a paper, read by who may see the paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from congso.kernel.errors import NotFound
from congso.modules.documents.comparing import Line, Text, compare
from congso.modules.documents.models import Document, DraftVersion
from congso.shared.files.models import StoredFile
from congso.shared.people.queries import labels

# The number of the text as it is now.
PRESENT = 0


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One kept text: its number, what it is called, who kept it and when."""

    number: int
    name: str
    by: str
    at: datetime


def picture_of(document: Document, sha256: str) -> StoredFile:
    """Return a picture that was put into the body of ``document``.

    :raises NotFound: it was not.
    """
    held = document.images.filter(file=sha256).select_related("file").first()
    if held is None:
        raise NotFound
    return held.file


def versions_of(document: Document) -> list[VersionRow]:
    """Return the kept texts of a paper that the asker sees, newest first, without their bodies."""
    rows = list(document.versions.order_by("-number").defer("body", "legal_bases"))
    people = _names(row.by_id for row in rows)
    return [
        VersionRow(row.number, row.name or row.get_kind_display(), people.get(row.by_id, ""), row.made_at)
        for row in rows
    ]


def difference(document: Document, old: int, new: int) -> list[Line]:
    """Return the difference of two texts; ``PRESENT`` is the text as it is now.

    :raises NotFound: no such version.
    """
    return compare(_text(document, old), _text(document, new))


def version_name(document: Document, number: int) -> str:
    """Return what a version is called: «Phiên bản 2, đã trình»."""
    if number == PRESENT:
        return _("Nội dung hiện nay")
    version = _version(document, number)
    return _("Phiên bản %(n)s, %(name)s") % {"n": number, "name": version.name or version.get_kind_display()}


def _text(document: Document, number: int) -> Text:
    source = document if number == PRESENT else _version(document, number)
    return Text(source.subject, source.legal_bases, source.body)


def _version(document: Document, number: int) -> DraftVersion:
    version = document.versions.filter(number=number).first()
    if version is None:
        raise NotFound
    return version


def _names(position_ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    found = labels({position_id for position_id in position_ids if position_id})
    return {position_id: label.full_name for position_id, label in found.items()}
