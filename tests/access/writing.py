"""What belongs to the writing of papers in the world: pictures, files to take in."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from congso.kernel.ids import new_id
from congso.modules.documents import commands
from congso.modules.documents.models import BodyImage
from congso.modules.documents.tests.factories import NOW, body_of, draft_input
from congso.modules.documents.tests.words import docx, para, png
from congso.shared import files

PICTURE = hashlib.sha256(png()).hexdigest()


REMARK = {"block": 0, "passage": "Nạo vét", "text": "Nêu rõ đoạn kênh"}


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


def keep_for_later(world: Any) -> None:
    """A template and a group of the author, and what the head shares with the organ."""
    receiver = world.ids["receiver"]
    head = world.actor("head")
    said = commands.remark_on_passage(world.ids["in_review"], new_id(), **REMARK, by=head, now=NOW)
    world.ids["remark"] = said.id
    for role, prefix in (("author", ""), ("head", "shared ")):
        by = world.actor(role)
        document_id = world.ids["draft"]
        if role == "head":
            document_id = commands.create_draft(new_id(), draft_input(world.office), by=by, now=NOW).id
        template = commands.save_template(new_id(), document_id, name="Mẫu nạo vét", by=by, now=NOW)
        group = commands.save_group(new_id(), [receiver], name="Các xã ven sông", by=by, now=NOW)
        world.ids |= {f"{prefix}template": template.id, f"{prefix}group": group.id}
        if role == "head":
            commands.share_template(template.id, is_shared=True, by=by, now=NOW)
            commands.share_group(group.id, is_shared=True, by=by, now=NOW)


def group_form(world: Any, _role: str) -> dict[str, Any]:
    return {"name": "Các xã", "to": [str(world.ids["receiver"])]}
