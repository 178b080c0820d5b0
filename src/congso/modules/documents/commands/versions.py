"""Keep the text of a paper as it is at one step of its way."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, InvalidInput
from congso.modules.documents.commands.guarding import notes_secrets
from congso.modules.documents.models import Document, DraftVersion, VersionKind
from congso.modules.documents.queries.access import access_draft
from congso.modules.documents.secrecy import refuse_secret
from congso.shared import journal

MOST_NAMED = 50


class TooManyVersions(DomainError):
    code = "documents.too_many_versions"
    message = _("Văn bản này đã giữ 50 phiên bản có tên. Trình văn bản, hoặc giữ tiếp bằng cách tạo mẫu.")


@transaction.atomic(savepoint=False)
def keep_version_step(
    document: Document, kind: VersionKind, *, by: Actor, now: datetime, name: str = ""
) -> DraftVersion:
    """Keep the text as it is now, inside the command that moves the paper on."""
    last = document.versions.order_by("-number").values_list("number", flat=True).first()
    return DraftVersion.objects.create(
        document=document,
        number=(last or 0) + 1,
        kind=kind,
        name=name,
        subject=document.subject,
        legal_bases=document.legal_bases,
        body=document.body,
        by_id=by.position_id,
        made_at=now,
    )


@transaction.atomic(savepoint=False)
def mark_version_step(document: Document, kind: VersionKind) -> None:
    """Say what became of the text that was submitted last; it did not change since, so it is not kept again."""
    last = document.versions.exclude(kind=VersionKind.NAMED).order_by("-number").values("number")[:1]
    document.versions.filter(number=last).update(kind=kind)


@notes_secrets
@transaction.atomic(durable=True)
def keep_version(document_id: UUID, *, name: str, by: Actor, now: datetime) -> DraftVersion:
    """Keep the draft's saved text under a name, to come back to it or to compare.

    :raises NotADraft: it went on its way meanwhile.
    :raises InvalidInput: it has no name.
    :raises TooManyVersions: fifty are kept.
    :raises SecretContent: the name is a secrecy stamp.
    """
    document = access_draft(document_id, by=by)
    clean = " ".join(name.split())[:120]
    if not clean:
        raise InvalidInput(detail=_("phiên bản cần một cái tên, ví dụ “trước khi sửa phần II”"))
    refuse_secret(clean)
    if document.versions.filter(kind=VersionKind.NAMED).count() >= MOST_NAMED:
        raise TooManyVersions
    version = keep_version_step(document, VersionKind.NAMED, by=by, now=now, name=clean)
    journal.record("documents.version_kept", subject_id=document.id, by=by, at=now, number=version.number)
    return version
