"""Which stored files belong into the folder of an exported dossier, their names, and how large they are together."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from congso.kernel.vietnamese import fold
from congso.modules.documents.dossiers.pages import ItemRow
from congso.modules.documents.models import Attachment, DossierItem
from congso.shared.files import media
from congso.shared.files.models import StoredFile


@dataclass(frozen=True, slots=True)
class Wanted:
    """A stored file and its name in the folder."""

    name: str
    sha256: str
    media_type: str


def wanted_of(rows: Sequence[ItemRow]) -> list[list[Wanted]]:
    """Return for each thing its own file and those that go with it.

    None for what who exports may not read, and for a paper without a file, or whose file was destroyed.
    """
    attached: dict[UUID, list[Attachment]] = {}
    readable = {_document_of(row.item) for row in rows if row.url}
    for one in Attachment.objects.filter(document__in=readable - {None}).kept().select_related("file"):
        attached.setdefault(one.document_id, []).append(one)
    return [_files_of(row, place, attached) if row.url else [] for place, row in enumerate(rows, start=1)]


def size_of(files: Iterable[Wanted]) -> int:
    """Return how many bytes they are together, without reading any."""
    sha256s = [one.sha256 for one in files]
    sizes = dict(StoredFile.objects.filter(sha256__in=sha256s).values_list("sha256", "size"))
    return sum(sizes.get(sha256, 0) for sha256 in sha256s)


def safe_name(text: str, *, most: int = 60) -> str:
    """Return letters, digits and dashes that every system takes: ``15/KH-UBND`` gives ``15-kh-ubnd``."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:most].strip("-") or "tep"


def _files_of(row: ItemRow, place: int, attached: Mapping[UUID, Sequence[Attachment]]) -> list[Wanted]:
    item = row.item
    if item.file is not None:
        name = f"tep/{place:03d}_{_safe_stem(item.name)}{_suffix(item.file.media_type)}"
        return [Wanted(name, item.file.sha256, item.file.media_type)]
    sha256 = item.document.file_id if item.document else item.incoming.file_id if item.incoming else None
    if sha256 is None or (item.incoming and item.incoming.destroyed_at):
        return []
    stem = f"van-ban/{place:03d}_{safe_name(row.number or row.title)}"
    found = [Wanted(f"{stem}.pdf", sha256, media.PDF)]
    document_id = _document_of(item)
    for beside, one in enumerate(attached.get(document_id, ()) if document_id else (), start=1):
        name = f"{stem}_kem-{beside:02d}_{_safe_stem(one.name)}{_suffix(one.file.media_type)}"
        found.append(Wanted(name, one.file_now_id, one.file.media_type))
    return found


def _document_of(item: DossierItem) -> UUID | None:
    return item.document_id or (item.incoming.document_id if item.incoming else None)


def _safe_stem(name: str) -> str:
    return safe_name(name.rpartition(".")[0] or name)


def _suffix(media_type: str) -> str:
    return media.KNOWN[media_type].extensions[0]
