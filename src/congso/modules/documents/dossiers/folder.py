"""What stands in the folder of an exported dossier; the format is told in docs/adr, and read by ``verify.py``."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.template.loader import render_to_string

from congso.kernel import clock
from congso.kernel.vietnamese import fold
from congso.modules.documents.dossiers.metadata import Around, metadata_xml
from congso.modules.documents.dossiers.pages import ItemRow
from congso.modules.documents.models import Attachment, DossierItem, WorkDossier
from congso.modules.signing import public as signing
from congso.shared import files
from congso.shared.files import media
from congso.shared.journal.models import JournalLine
from congso.shared.journal.proofs import ProvenLine, proven_lines
from congso.shared.keys.models import Key, OwnerKind
from congso.shared.people.queries import labels

SCRIPT: Final = Path(__file__).with_name("verify.py")
SUMS: Final = "SHA256SUMS"
SIGNATURES: Final = "chu-ky.json"
# What is written here, by the fact of its line; ``verify.py`` knows the same.
WRITTEN_FILES: Final = {
    "index": "index.html",
    "metadata": "metadata.xml",
    "signatures": SIGNATURES,
    "script": "verify.py",
}
PACKED_TIGHTER: Final = (".html", ".xml", ".json", ".py", ".pem", SUMS)


@dataclass(slots=True)
class Folder:
    """The files of the folder by name, and what ``chu-ky.json`` says of those that came from papers.

    :ivar main: by item, the name of its own file; ``companions``: of the files that go with it.
    :ivar left_out: items that who exports may not read, or whose file was destroyed.
    """

    contents: dict[str, bytes] = field(default_factory=dict)
    checked: list[dict[str, Any]] = field(default_factory=list)
    main: dict[UUID, str] = field(default_factory=dict)
    companions: dict[UUID, list[str]] = field(default_factory=dict)
    left_out: set[UUID] = field(default_factory=set)

    @property
    def size(self) -> int:
        return sum(map(len, self.contents.values()))


def gather(rows: Sequence[ItemRow], *, now: datetime, told: Callable[[int], None]) -> Iterator[Folder]:
    """Put the files of each thing into a folder, yielding it after each, so that the caller may stop.

    :param told: how many are done.
    """
    folder = Folder()
    for place, row in enumerate(rows, start=1):
        _take(folder, row, place, now=now)
        told(place)
        yield folder


def describe(
    folder: Folder, dossier: WorkDossier, rows: Sequence[ItemRow], about: Around, *, now: datetime
) -> dict[str, str]:
    """Add index, metadata, findings and script, and return the SHA-256 of each by what the journal's line calls it."""
    items = [row.item for row in rows]
    folder.contents[SIGNATURES] = _json(folder.checked)
    folder.contents["metadata.xml"] = metadata_xml(dossier, items, folder.main, about)
    folder.contents["index.html"] = _index(folder, dossier, rows, about, now=now).encode()
    folder.contents["verify.py"] = SCRIPT.read_bytes()
    return {fact: hashlib.sha256(folder.contents[name]).hexdigest() for fact, name in WRITTEN_FILES.items()}


def finish(folder: Folder, dossier: WorkDossier, items: Sequence[DossierItem], *, told: JournalLine) -> None:
    """Add the journal's proof and the sums.

    :param told: the line about this very folder; what came later and has no seal is not of it.
    """
    of_this = [one for one in proven_lines(_subjects(dossier, items)) if one.seal or one.line.id <= told.id]
    folder.contents |= _certificates(of_this)
    folder.contents["nhat-ky.json"] = _json({"export": told.facts["export"], **_journal(of_this)})
    sums = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(folder.contents.items()))
    folder.contents[SUMS] = "".join(sums).encode()


def packed(folder: Folder, name: str, *, at: datetime) -> bytes:
    """Return the folder as a ZIP file; equal content and moment give equal bytes."""
    target = io.BytesIO()
    stamp = at.astimezone(clock.HANOI).timetuple()[:6]
    with zipfile.ZipFile(target, "w") as archive:
        for inside, content in sorted(folder.contents.items()):
            info = zipfile.ZipInfo(f"{name}/{inside}", date_time=stamp)
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED if inside.endswith(PACKED_TIGHTER) else zipfile.ZIP_STORED
            archive.writestr(info, content)
    return target.getvalue()


def safe_name(text: str, *, most: int = 60) -> str:
    """Return letters, digits and dashes that every system takes: ``15/KH-UBND`` gives ``15-kh-ubnd``."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:most].strip("-") or "tep"


def _take(folder: Folder, row: ItemRow, place: int, *, now: datetime) -> None:
    item = row.item
    if not row.url:
        folder.left_out.add(item.id)
        return
    if item.file is not None:
        suffix = media.KNOWN[item.file.media_type].extensions[0]
        stem = item.name.rpartition(".")[0] or item.name
        _add(
            folder, item, f"tep/{place:03d}_{safe_name(stem)}{suffix}", item.file.sha256, item.file.media_type, now=now
        )
        return
    sha256 = item.document.file_id if item.document else item.incoming.file_id if item.incoming else None
    if sha256 is None or (item.incoming and item.incoming.destroyed_at):
        folder.left_out.add(item.id)
        return
    stem = f"van-ban/{place:03d}_{safe_name(row.number or row.title)}"
    _add(folder, item, f"{stem}.pdf", sha256, media.PDF, now=now)
    _take_attached(folder, item, stem, now=now)


def _take_attached(folder: Folder, item: DossierItem, stem: str, *, now: datetime) -> None:
    document_id = item.document_id or (item.incoming.document_id if item.incoming else None)
    if document_id is None:
        return
    attached = Attachment.objects.filter(document=document_id).kept().select_related("file")
    for place, one in enumerate(attached, start=1):
        suffix = media.KNOWN[one.file.media_type].extensions[0]
        name = f"{stem}_kem-{place:02d}_{safe_name(one.name.rpartition('.')[0] or one.name)}{suffix}"
        _add(folder, item, name, one.file_now_id, one.file.media_type, now=now)


def _add(folder: Folder, item: DossierItem, name: str, sha256: str, media_type: str, *, now: datetime) -> None:
    folder.contents[name] = files.read(sha256)
    if item.id in folder.main:
        folder.companions.setdefault(item.id, []).append(name)
    else:
        folder.main[item.id] = name
    said: dict[str, Any] = {"file": name, "sha256": sha256, "signatures": [], "reasons": [], "verdict": ""}
    if media_type == media.PDF:
        verdict = signing.validate_file(sha256, now=now)
        said |= verdict.as_json() | {"verdict": verdict.outcome.value, "checked_at": now.isoformat()}
    folder.checked.append(said)


def _subjects(dossier: WorkDossier, items: Sequence[DossierItem]) -> set[UUID]:
    """Return the records whose lines are told: the dossier, and each paper at both ends."""
    found = {dossier.id}
    for item in items:
        found |= {key for key in (item.document_id, item.incoming_id) if key}
        if item.incoming and item.incoming.document_id:
            found.add(item.incoming.document_id)
    return found


def _journal(proven: Sequence[ProvenLine]) -> dict[str, Any]:
    seals = {one.seal.number: one.seal for one in proven if one.seal}
    return {
        "lines": [
            {
                "id": one.line.id,
                "cluster": one.line.cluster,
                "transaction": one.line.transaction,
                "content": one.content,
                "seal": one.seal.number if one.seal else None,
                "path": [[side, beside.hex()] for side, beside in one.path],
            }
            for one in proven
        ],
        "seals": [
            {
                "number": seal.number,
                "cluster": seal.cluster,
                "first_transaction": seal.first_transaction,
                "end_transaction": seal.end_transaction,
                "line_count": seal.line_count,
                "root": bytes(seal.root).hex(),
                "previous_hash": bytes(seal.previous_hash).hex(),
                "sealed_at": seal.stated_at,
                "signature": bytes(seal.signature).hex(),
                "certificate": _certificate_name(seal.key_id),
            }
            for _number, seal in sorted(seals.items())
        ],
    }


def _certificates(proven: Sequence[ProvenLine]) -> Mapping[str, bytes]:
    wanted = {one.seal.key_id for one in proven if one.seal and one.seal.key_id}
    keys = Key.objects.filter(owner_kind=OwnerKind.JOURNAL, id__in=wanted, certificate__isnull=False)
    return {_certificate_name(str(key.id)): _pem(key.certificate) for key in keys if key.certificate}


def _pem(certificate: bytes | memoryview) -> bytes:
    return x509.load_der_x509_certificate(bytes(certificate)).public_bytes(Encoding.PEM)


def _certificate_name(key_id: str) -> str:
    return f"chung-thu/{key_id}.pem" if key_id else ""


def _index(folder: Folder, dossier: WorkDossier, rows: Sequence[ItemRow], about: Around, *, now: datetime) -> str:
    verdicts = {said["file"]: said for said in folder.checked}
    lines = [
        {
            "row": row,
            "file": folder.main.get(row.item.id, ""),
            "companions": folder.companions.get(row.item.id, ()),
            "verdict": _verdict_words(verdicts.get(folder.main.get(row.item.id, ""))),
            "is_left_out": row.item.id in folder.left_out,
        }
        for row in rows
    ]
    keeper = labels([dossier.keeper_id])[dossier.keeper_id]
    context = {"dossier": dossier, "lines": lines, "keeper": keeper, "about": about, "at": now}
    return render_to_string("documents/export/index.html", context)


def _verdict_words(said: Mapping[str, Any] | None) -> str:
    return str(signing.Outcome(said["verdict"]).label) if said and said["signatures"] else ""


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
