"""What stands in the folder of an exported dossier; the format is told in docs/adr, and read by ``verify.py``."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.template.loader import render_to_string

from congso.kernel import clock
from congso.modules.documents.dossiers.metadata import Around, metadata_xml
from congso.modules.documents.dossiers.pages import ItemRow
from congso.modules.documents.dossiers.wanted import Wanted
from congso.modules.documents.models import DossierItem, WorkDossier
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
    """A folder that is written into a ZIP file, one file at a time, so that none but the present one is in memory.

    :ivar sums: the SHA-256 of what is in it, by name; ``checked``: what ``chu-ky.json`` says of the stored files.
    :ivar main: by item, the name of its own file; ``companions``: of the files that go with it.
    :ivar left_out: items that who exports may not read, or whose file was destroyed.
    """

    archive: zipfile.ZipFile
    top: str
    at: datetime
    sums: dict[str, str] = field(default_factory=dict)
    checked: list[dict[str, Any]] = field(default_factory=list)
    main: dict[UUID, str] = field(default_factory=dict)
    companions: dict[UUID, list[str]] = field(default_factory=dict)
    left_out: set[UUID] = field(default_factory=set)

    def add(self, name: str, content: bytes) -> None:
        """Write one file; equal contents and moment give equal bytes."""
        info = zipfile.ZipInfo(f"{self.top}/{name}", date_time=self.at.astimezone(clock.HANOI).timetuple()[:6])
        info.external_attr = 0o644 << 16
        info.compress_type = zipfile.ZIP_DEFLATED if name.endswith(PACKED_TIGHTER) else zipfile.ZIP_STORED
        self.archive.writestr(info, content)
        self.sums[name] = hashlib.sha256(content).hexdigest()


def gather(
    folder: Folder,
    rows: Sequence[ItemRow],
    wanted: Sequence[Sequence[Wanted]],
    *,
    now: datetime,
    told: Callable[[int], None],
) -> None:
    """Put the files of each thing into the folder.

    :param wanted: by row, see :func:`wanted.wanted_of`.
    :param told: how many are done.
    :raises congso.shared.files.errors.FileMissing: the storage has lost one.
    """
    for place, (row, found) in enumerate(zip(rows, wanted, strict=True), start=1):
        if found:
            folder.main[row.item.id] = found[0].name
            folder.companions[row.item.id] = [one.name for one in found[1:]]
        else:
            folder.left_out.add(row.item.id)
        for one in found:
            _add(folder, one, now=now)
        told(place)


def describe(
    folder: Folder, dossier: WorkDossier, rows: Sequence[ItemRow], about: Around, *, now: datetime
) -> dict[str, str]:
    """Add index, metadata, findings and script, and return the SHA-256 of each by what the journal's line calls it."""
    items = [row.item for row in rows]
    folder.add(SIGNATURES, _json(folder.checked))
    folder.add("metadata.xml", metadata_xml(dossier, items, folder.main, about))
    folder.add("index.html", _index(folder, dossier, rows, about, now=now).encode())
    folder.add("verify.py", SCRIPT.read_bytes())
    return {fact: folder.sums[name] for fact, name in WRITTEN_FILES.items()}


def finish(folder: Folder, dossier: WorkDossier, items: Sequence[DossierItem], *, told: JournalLine) -> None:
    """Add the journal's proof and the sums.

    :param told: the line about this very folder; what came later and has no seal is not of it.
    """
    of_this = [one for one in proven_lines(_subjects(dossier, items)) if one.seal or one.line.id <= told.id]
    for name, certificate in sorted(_certificates(of_this).items()):
        folder.add(name, certificate)
    folder.add("nhat-ky.json", _json({"export": told.facts["export"], **_journal(of_this)}))
    sums = (f"{sha256}  {name}\n" for name, sha256 in sorted(folder.sums.items()))
    folder.add(SUMS, "".join(sums).encode())


def _add(folder: Folder, wanted: Wanted, *, now: datetime) -> None:
    folder.add(wanted.name, files.read(wanted.sha256))
    said: dict[str, Any] = {
        "file": wanted.name,
        "sha256": wanted.sha256,
        "signatures": [],
        "reasons": [],
        "verdict": "",
    }
    if wanted.media_type == media.PDF:
        verdict = signing.validate_file(wanted.sha256, now=now)
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
