"""Makers of work dossiers for tests."""

from typing import Any

from congso.kernel.ids import new_id
from congso.modules.documents.dossiers import closing, filling, opening
from congso.modules.documents.dossiers.opening import DossierInput
from congso.modules.documents.models import DossierItem, WorkDossier
from congso.modules.documents.tests.factories import NOW, TODAY, DocumentFactory, Office
from congso.modules.documents.tests.words import png


def given(**more: Any) -> DossierInput:
    values: dict[str, Any] = {
        "notation": "01.TCCB",
        "title": "Hồ sơ tuyển dụng công chức năm 2023",
        "retention": "05",
    }
    return DossierInput(**values | more)


def make_dossier(office: Office, *, by: str = "author", now=NOW, **more: Any) -> WorkDossier:
    """Return an open dossier outside the catalogue, kept by one of the office."""
    return opening.open_outside(
        new_id(), office.organ.id, given(**more), reason="Việc phát sinh", by=office.actor(by), now=now
    )


def put_paper(dossier: WorkDossier, office: Office, *, by: str = "author", **more: Any) -> DossierItem:
    """Put an issued paper of the author into the dossier."""
    document = DocumentFactory.create(author=office.author, organ=office.organ, issued=True, **more)
    return filling.put_in(dossier.id, "document", document.id, by=office.actor(by), now=NOW)


def put_file(dossier: WorkDossier, office: Office, *, colour: str = "red", by: str = "author") -> DossierItem:
    """Put a picture into the dossier."""
    return filling.add_file(
        dossier.id, new_id(), png(colour=colour), name="ảnh hiện trường.png", by=office.actor(by), now=NOW
    )


def close(dossier: WorkDossier, office: Office, *, start=TODAY, end=TODAY, by: str = "author", now=NOW) -> WorkDossier:
    return closing.close_dossier(
        dossier.id, start_date=start, end_date=end, all_the_same=True, by=office.actor(by), now=now
    )
