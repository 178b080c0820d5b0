"""What belongs to the writing of papers in the world: pictures, files to take in."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from congso.modules.documents.models import BodyImage
from congso.modules.documents.tests.factories import NOW, body_of
from congso.modules.documents.tests.words import docx, para, png
from congso.shared import files

PICTURE = hashlib.sha256(png()).hexdigest()


def put_pictures(ids: Mapping[str, UUID]) -> None:
    """Give the draft and a paper under review a picture each."""
    for what in ("draft", "in_review"):
        stored = files.store(png(), name="", media_types=["image/png"], max_bytes=10_000)
        BodyImage.objects.create(document_id=ids[what], file=stored, added_at=NOW)


def word_file(_world: object, _role: str) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("a.docx", docx(para("Mục đích")))}


def picture_file(_world: object, _role: str) -> dict[str, Any]:
    return {"picture": SimpleUploadedFile("a.png", png())}


def taken_file(world: Any, _role: str) -> dict[str, Any]:
    tree = json.dumps(body_of("Mục đích"))
    return {"body_json": tree, "version": world.versions["draft"], "left": 0, "place": "append"}
