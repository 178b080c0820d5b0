"""The metadata of a dossier and its papers as XML, in the fields of Decree 30/2020/NĐ-CP, Phụ lục VI.

A field holds so many letters; what is longer is cut and stands whole in the attribute ``full``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID
from xml.etree import ElementTree as ET

from congso.kernel import clock
from congso.modules.documents.models import Document, DossierItem, Incoming, WorkDossier

LANGUAGE: Final = "Tiếng Việt"
RIGHTS: Final = "Hạn chế"
_NOT_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Around:
    """What the metadata says that the rows do not.

    :param organ_code, organ_name: of the organ that opened the dossier.
    :param organs: by id, code and name of all that are met.
    :param recipients: by paper, code and name of those whom it goes to.
    :param orders: by incoming paper, to whom it was given.
    """

    organ_code: str
    organ_name: str
    creator: str
    organs: Mapping[UUID | None, tuple[str, str]]
    recipients: Mapping[UUID, Sequence[tuple[str, str]]]
    orders: Mapping[UUID, str]


def metadata_xml(dossier: WorkDossier, items: Sequence[DossierItem], files: Mapping[UUID, str], about: Around) -> bytes:
    """Return the XML; ``files`` are the names in the folder by item."""
    root = ET.Element("Dossier")
    _file_code(root, dossier, about)
    _put(root, "Title", dossier.title, 500)
    _put(root, "Maintenance", dossier.retention_words, 30)
    _put(root, "Rights", RIGHTS, 30)
    _put(root, "Creator", about.creator, 30)
    _put(root, "Language", LANGUAGE, 50)
    _put(root, "StartDate", _day(dossier.start_date))
    _put(root, "EndDate", _day(dossier.end_date))
    pages = sum(item.paper.pages if item.paper else item.pages for item in items)
    _put(root, "DocTotal", str(len(items)), 4)
    _put(root, "PageTotal", str(pages), 4)
    _put(root, "Description", dossier.description, 500)
    listed = ET.SubElement(root, "Documents")
    for ordinal, item in enumerate(items, start=1):
        node = _item(listed, dossier, item, ordinal, about)
        _put(node, "File", files.get(item.id, ""))
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _item(parent: ET.Element, dossier: WorkDossier, item: DossierItem, ordinal: int, about: Around) -> ET.Element:
    document, incoming = item.document, item.incoming
    node = ET.SubElement(parent, "OutgoingDocument" if document else "IncomingDocument" if incoming else "OtherFile")
    _file_code(node, dossier, about)
    _put(node, "DocOrdinal", str(ordinal), 3)
    if document is not None:
        _outgoing(node, document, about)
    elif incoming is not None:
        _incoming(node, incoming, about)
    else:
        _put(node, "Subject", item.name, 500)
        _put(node, "PageAmount", str(item.pages), 3)
    _put(node, "Description", item.note, 500)
    return node


def _outgoing(node: ET.Element, document: Document, about: Around) -> None:
    code, name = about.organs.get(document.organ_id, ("", ""))
    _put(node, "TypeName", document.type_name, 100)
    _put(node, "CodeNumber", str(document.number or ""), 11)
    _put(node, "CodeNotation", document.notation, 30)
    _put(node, "IssuedDate", _day(document.issued_date))
    _put(node, "OrganId", code, 13)
    _put(node, "OrganName", name, 200)
    _put(node, "Subject", document.subject, 500)
    _put(node, "Language", LANGUAGE, 30)
    _put(node, "PageAmount", str(document.pages), 3)
    signer = ET.SubElement(node, "SignerInfo")
    _put(signer, "Position", " ".join(document.capacity_lines), 100)
    _put(signer, "FullName", document.signer_name, 50)
    for to_code, to_name in about.recipients.get(document.id, ()):
        to = ET.SubElement(node, "To")
        _put(to, "OrganId", to_code, 13)
        _put(to, "OrganName", to_name, 200)
    _put(node, "Priority", str(document.urgency), 1)
    _put(node, "DueDate", _day(document.reply_due_date))


def _incoming(node: ET.Element, incoming: Incoming, about: Around) -> None:
    code, name = about.organs.get(incoming.sender_id, ("", incoming.sender_text))
    number, _mark, notation = incoming.number_text.partition("/")
    _put(node, "TypeName", incoming.type_name, 100)
    _put(node, "CodeNumber", number, 11)
    _put(node, "CodeNotation", notation, 30)
    _put(node, "IssuedDate", _day(incoming.document_date))
    _put(node, "OrganId", code, 13)
    _put(node, "OrganName", name, 200)
    _put(node, "Subject", incoming.subject, 500)
    _put(node, "Language", LANGUAGE, 30)
    _put(node, "PageAmount", str(incoming.pages), 3)
    _put(node, "Priority", str(incoming.urgency), 1)
    _put(node, "ArrivalDate", _day(clock.day_of(incoming.arrived_at)))
    _put(node, "ArrivalNumber", str(incoming.arrival_number or ""), 10)
    _put(node, "ToPlaces", about.orders.get(incoming.id, ""), 1000)
    _put(node, "DueDate", _day(incoming.due_date))


def _file_code(parent: ET.Element, dossier: WorkDossier, about: Around) -> None:
    node = ET.SubElement(parent, "FileCode")
    _put(node, "OrganId", about.organ_code, 13)
    _put(node, "FileCatalog", str(dossier.year), 4)
    _put(node, "FileNotation", dossier.notation, 20)


def _put(parent: ET.Element, name: str, text: str, most: int | None = None) -> None:
    node = ET.SubElement(parent, name)
    clean = _NOT_XML.sub("", text)
    node.text = clean[:most]
    if node.text != clean:
        node.set("full", clean)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
