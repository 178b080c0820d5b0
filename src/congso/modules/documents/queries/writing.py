"""What belongs to the writing of a paper, read by who may see the paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from congso.kernel.actor import Actor
from congso.kernel.errors import NotFound, NotPermitted
from congso.modules.documents import body as bodies
from congso.modules.documents.comparing import Line, Text, compare
from congso.modules.documents.models import Document, DraftVersion, PassageRemark
from congso.shared.authz import Permission
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


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of a body that says something."""

    block: int
    text: str


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """A remark as it is shown."""

    remark: PassageRemark
    by: str
    resolved_by: str


def access_remark(
    remark_id: UUID, *, by: Actor, to: Permission[PassageRemark], for_update: bool = False
) -> PassageRemark:
    """Return the remark if ``by`` may do ``to`` with it.

    :raises NotFound: no such remark, or its paper is not seen by ``by``.
    :raises NotPermitted: ``by`` sees it but may not do this.
    """
    seen = PassageRemark.objects.filter(document__in=Document.objects.visible_to(by))
    found = seen.select_for_update(of=("self",)) if for_update else seen
    remark = found.select_related("document__author").filter(id=remark_id).first()
    if remark is None:
        raise NotFound
    if not to.allows(by, remark):
        raise NotPermitted
    return remark


def passages(document: Document) -> list[Passage]:
    """Return the blocks of a paper's body that hold words."""
    nodes = enumerate(document.body.get("content", ()))
    return [Passage(block, text) for block, node in nodes if (text := bodies.to_text(node).strip())]


def remarks_of(document: Document, *, only_open: bool = False) -> list[RemarkRow]:
    """Return the remarks on a paper in the order of its text, those that are seen to last."""
    found = document.remarks.filter(resolved_at=None) if only_open else document.remarks.all()
    rows = sorted(found, key=lambda one: (one.resolved_at is not None, one.block, one.made_at, one.id))
    people = _names(position for row in rows for position in (row.reviewer_id, row.resolved_by_id))
    return [RemarkRow(row, people.get(row.reviewer_id, ""), people.get(row.resolved_by_id, "")) for row in rows]


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
