"""Templates to begin from and groups of receivers: save, rename, share, drop, begin a draft."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError
from congso.modules.documents import permissions
from congso.modules.documents.commands.drafting import DraftInput, NoPositionForDrafting, begin_step
from congso.modules.documents.commands.guarding import notes_secrets
from congso.modules.documents.models import AddressGroup, AddressGroupMember, BodyImage, Document, DraftTemplate
from congso.modules.documents.queries.access import access_document
from congso.modules.documents.queries.lists import register_organ
from congso.modules.documents.queries.reusing import Saved, access_group, access_template
from congso.modules.documents.secrecy import refuse_secret
from congso.shared import journal
from congso.shared.organs.queries import labels

MOST_MEMBERS = 500


class NameTaken(DomainError):
    code = "documents.name_taken"
    message = _("Ông/bà đã có “%(name)s”. Đặt tên khác.")


class SavedNameMissing(DomainError):
    code = "documents.name_missing"
    message = _("Chưa lưu được: cần một cái tên.")
    status = 422


class GroupEmpty(DomainError):
    code = "documents.group_empty"
    message = _("Chưa lưu được nhóm: chọn ít nhất một nơi nhận, nhiều nhất 500.")
    status = 422


@notes_secrets
@transaction.atomic(durable=True)
def save_template(template_id: UUID, document_id: UUID, *, name: str, by: Actor, now: datetime) -> DraftTemplate:
    """Keep the saved text of a draft, its type and receivers as a template of one's own.

    The same form sent twice makes one template.

    :raises NameTaken: the owner has one of that name.
    """
    document = access_document(document_id, by=by, to=permissions.EDIT)
    made = DraftTemplate.objects.filter(id=template_id, owner=by.person_id).first()
    if made is not None:
        return made
    template = DraftTemplate.objects.create(
        id=template_id,
        name=_free_name(DraftTemplate, name, by),
        type_code=document.type_code,
        subject=document.subject,
        legal_bases=document.legal_bases,
        body=document.body,
        recipients=[[str(to.organ_id), to.role] for to in document.recipients.order_by("place") if to.organ_id],
        made_at=now,
        changed_at=now,
        **_owned(by),
    )
    for image in document.images.all():
        BodyImage.objects.create(template=template, file_id=image.file_id, added_at=now)
    journal.record("documents.template_saved", subject_id=template.id, by=by, at=now)
    return template


@notes_secrets
@transaction.atomic(durable=True)
def begin_from_template(document_id: UUID, template_id: UUID, *, by: Actor, now: datetime) -> Document:
    """Begin a draft with the text of a template; receivers that are gone by now are left out.

    :raises NoPositionForDrafting: the present hat writes nothing.
    """
    template = access_template(template_id, by=by, to=permissions.USE_SAVED)
    permissions.DRAFT.require(by, None)
    made = Document.objects.filter(id=document_id, author__person=by.person_id).first()
    if made is not None:
        return made
    organ_id = register_organ(by) or by.organ_id
    if organ_id is None:
        raise NoPositionForDrafting
    alive = labels({UUID(organ) for organ, _role in template.recipients}, on=clock.day_of(now))
    draft = DraftInput(
        organ_id=organ_id,
        type_code=template.type_code,
        subject=template.subject,
        legal_bases=template.legal_bases,
        body=template.body,
        recipients=[(UUID(organ), role) for organ, role in template.recipients if UUID(organ) in alive],
    )
    pictures = template.images.values_list("file_id", flat=True)
    return begin_step(document_id, draft, pictures=list(pictures), by=by, now=now)


@notes_secrets
@transaction.atomic(durable=True)
def save_group(group_id: UUID, organ_ids: Sequence[UUID], *, name: str, by: Actor, now: datetime) -> AddressGroup:
    """Keep organs as a group of one's own, or change one that is.

    :raises NameTaken: the owner has another of that name.
    :raises GroupEmpty: no organ, or too many.
    """
    made = AddressGroup.objects.select_for_update().filter(id=group_id).first()
    if made is not None:
        access_group(group_id, by=by, to=permissions.CHANGE_SAVED)
    permissions.DRAFT.require(by, None)
    members = list(dict.fromkeys(organ_ids))
    if not 1 <= len(members) <= MOST_MEMBERS or len(labels(members, on=clock.day_of(now))) != len(members):
        raise GroupEmpty
    free = _free_name(AddressGroup, name, by, except_for=group_id)
    values = {"name": free} if made else {"name": free, "made_at": now, **_owned(by)}
    group, _made = AddressGroup.objects.update_or_create(id=group_id, defaults=values)
    group.members.all().delete()
    AddressGroupMember.objects.bulk_create(
        AddressGroupMember(group=group, organ_id=organ_id, place=place) for place, organ_id in enumerate(members)
    )
    journal.record("documents.group_saved", subject_id=group.id, by=by, at=now, count=len(members))
    return group


@notes_secrets
@transaction.atomic(durable=True)
def rename_template(template_id: UUID, *, name: str, by: Actor, now: datetime) -> DraftTemplate:
    """Give one's template another name; :raises NameTaken: the owner has another of that name."""
    template = access_template(template_id, by=by, to=permissions.CHANGE_SAVED, for_update=True)
    template.name, template.changed_at = _free_name(DraftTemplate, name, by, except_for=template.id), now
    template.save(update_fields=["name", "changed_at"])
    journal.record("documents.template_renamed", subject_id=template.id, by=by, at=now)
    return template


@transaction.atomic(durable=True)
def share_template(template_id: UUID, *, is_shared: bool, by: Actor, now: datetime) -> DraftTemplate:
    """Let everybody in the organ begin from a template, or no more."""
    template = access_template(template_id, by=by, to=permissions.SHARE_SAVED, for_update=True)
    return _share(template, "documents.template_shared", is_shared=is_shared, by=by, now=now)


@transaction.atomic(durable=True)
def share_group(group_id: UUID, *, is_shared: bool, by: Actor, now: datetime) -> AddressGroup:
    """Let everybody in the organ choose a group, or no more."""
    group = access_group(group_id, by=by, to=permissions.SHARE_SAVED, for_update=True)
    return _share(group, "documents.group_shared", is_shared=is_shared, by=by, now=now)


@transaction.atomic(durable=True)
def drop_template(template_id: UUID, *, by: Actor, now: datetime) -> None:
    """Drop one's template; drafts that began from it stay."""
    template = access_template(template_id, by=by, to=permissions.CHANGE_SAVED, for_update=True)
    template.images.all().delete()
    template.delete()
    journal.record("documents.template_dropped", subject_id=template_id, by=by, at=now)


@transaction.atomic(durable=True)
def drop_group(group_id: UUID, *, by: Actor, now: datetime) -> None:
    """Drop one's group; papers that were sent to it stay as they are."""
    access_group(group_id, by=by, to=permissions.CHANGE_SAVED, for_update=True).delete()
    journal.record("documents.group_dropped", subject_id=group_id, by=by, at=now)


def _share[S: (DraftTemplate, AddressGroup)](saved: S, act: str, *, is_shared: bool, by: Actor, now: datetime) -> S:
    saved.is_shared = is_shared
    saved.save(update_fields=["is_shared"])
    journal.record(act, subject_id=saved.id, by=by, at=now, shared=int(is_shared))
    return saved


def _owned(by: Actor) -> dict[str, UUID]:
    if by.person_id is None or by.organ_id is None:
        raise NoPositionForDrafting
    return {"owner_id": by.person_id, "organ_id": by.organ_id}


def _free_name(kind: type[Saved], name: str, by: Actor, *, except_for: UUID | None = None) -> str:
    clean = " ".join(name.split())[:120]
    if not clean:
        raise SavedNameMissing
    refuse_secret(clean)
    others = kind._default_manager.filter(owner=by.person_id, name=clean)  # noqa: SLF001 - it is public API
    if others.exclude(id__in=[except_for] if except_for else []).exists():
        raise NameTaken(name=clean)
    return clean
