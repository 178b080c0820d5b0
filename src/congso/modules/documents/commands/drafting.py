"""Write drafts: create, save as often as one likes, drop."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, InvalidInput, NotFound, NotPermitted
from congso.modules.documents import body as bodies
from congso.modules.documents import catalogue, permissions
from congso.modules.documents.commands.guarding import notes_secrets
from congso.modules.documents.commands.layout import LayoutInput, fill_layout
from congso.modules.documents.commands.pressing import hold_id
from congso.modules.documents.commands.recipients import PaperAddressee, set_recipients_step
from congso.modules.documents.commands.taking_on import take_on_step
from congso.modules.documents.commands.texts import fill_text_step
from congso.modules.documents.commands.wiping import wipe_draft_step
from congso.modules.documents.comparing import Text
from congso.modules.documents.kinds import DocumentState, ReviewState, Urgency
from congso.modules.documents.models import BodyImage, Document, Review
from congso.modules.documents.queries.access import NotADraft, access_draft, access_incoming
from congso.shared import journal
from congso.shared.organs.queries import organs_served
from congso.shared.people.models import Position


class NoPositionForDrafting(DomainError):
    code = "documents.no_position"
    message = _("Tư cách làm việc đang chọn không soạn được văn bản. Đổi tư cách rồi soạn lại.")


class DraftChangedElsewhere(DomainError):
    code = "documents.draft_changed_elsewhere"
    message = _(
        "Dự thảo này vừa được lưu ở một cửa sổ khác. Bản ở đó đã lưu; nội dung ở cửa sổ này chưa lưu và còn nguyên "
        "trên màn hình. Mở bản mới nhất, rồi chép phần cần giữ sang."
    )


@dataclass(frozen=True, slots=True)
class DraftInput:
    """What the author typed. Whole at each save: what is missing is emptied.

    :param body: the editor's structured text, see ``body``.
    :param recipients: organs with their role, in the order of «Nơi nhận».
    :param persons: positions that get it by name, in «Việc của tôi».
    :param on_paper: who gets printed copies.
    :param stamps_denied: so many lines that look like a secrecy stamp are none, the author states.
    """

    organ_id: UUID
    type_code: str
    subject: str = ""
    body: dict[str, Any] = field(default_factory=bodies.empty)
    legal_bases: Sequence[str] = ()
    urgency: int = Urgency.ORDINARY
    signatory_id: UUID | None = None
    reviewer_ids: Sequence[UUID] = ()
    recipients: Sequence[tuple[UUID, str]] = ()
    persons: Sequence[UUID] = ()
    on_paper: Sequence[PaperAddressee] = ()
    reply_due_date: date | None = None
    layout: LayoutInput = field(default_factory=LayoutInput)
    stamps_denied: int = 0


@notes_secrets
@transaction.atomic(durable=True)
def create_draft(
    document_id: UUID,
    draft: DraftInput,
    *,
    by: Actor,
    now: datetime,
    as_position: UUID | None = None,
    reply_to: UUID | None = None,
) -> Document:
    """Begin a draft under an id that the form carries, so that the same form sent twice makes one draft.

    :param as_position: the hat that the form was opened with. If it has lapsed since, the draft is kept under it:
        nothing typed is lost, and submitting will say what is wrong.
    :param reply_to: the incoming paper that it answers.
    :raises NoPositionForDrafting: ``by`` has no hat to write with.
    :raises DraftChangedElsewhere: the draft under this id was saved by its number since.
    :raises SecretContent: more lines look like a secrecy stamp than the author has stated to be none; nothing is kept.
    """
    hold_id(document_id)
    existing = Document.objects.filter(id=document_id).select_related("author").first()
    if existing is not None:
        return _sent_again(existing, draft, by=by, now=now)
    document = _blank(document_id, _writing_position(by, as_position), now=now)
    if reply_to is not None:
        document.reply_to_id = reply_to
        take_on_step(access_incoming(reply_to, by=by, to=permissions.ANSWER, for_update=True), by=by, now=now)
    return _begun(document, draft, by=by, now=now)


@transaction.atomic(savepoint=False)
def begin_step(document_id: UUID, draft: DraftInput, *, pictures: Sequence[str], by: Actor, now: datetime) -> Document:
    """Begin a draft whose text shows ``pictures`` that are kept already, inside another command."""
    document = _begun(_blank(document_id, _writing_position(by, None), now=now), draft, pictures, by=by, now=now)
    BodyImage.objects.bulk_create(BodyImage(document=document, file_id=one, added_at=now) for one in pictures)
    return document


@notes_secrets
@transaction.atomic(durable=True)
def save_draft(document_id: UUID, draft: DraftInput, *, version: int, by: Actor, now: datetime) -> Document:
    """Keep what the author typed; called by the page every few seconds and on leaving.

    Saving is no act of office, so it leaves no line in the journal.

    :param version: the ``edit_version`` that the page was showing.
    :raises DraftChangedElsewhere: another window saved since.
    :raises NotADraft: it went on its way meanwhile.
    :raises SecretContent: see :func:`create_draft`.
    """
    document = access_draft(document_id, by=by)
    if document.edit_version != version:
        raise DraftChangedElsewhere
    _fill(document, draft, by=by, now=now)
    document.edit_version += 1
    document.save()
    _fill_lists(document, draft)
    return document


@transaction.atomic(durable=True)
def carry_over(document_id: UUID, *, by: Actor, now: datetime) -> Document:
    """Take a draft that was written under another hat of the same person over to the present one.

    :raises NotADraft: it went on its way meanwhile.
    :raises NoPositionForDrafting: the present hat writes nothing.
    """
    document = access_draft(document_id, by=by)
    position = _writing_position(by, None)
    served = organs_served(position.organ_id, on=clock.day_of(now))
    document.author, document.drafting_organ_id = position, position.organ_id
    if document.organ_id not in served:
        document.organ_id, document.signatory = position.organ_id, None
    document.changed_at = now
    document.edit_version += 1
    document.save()
    journal.record("documents.carried_over", subject_id=document.id, by=by, at=now)
    return document


@transaction.atomic(durable=True)
def stop_for_secret(document_id: UUID, *, by: Actor, now: datetime) -> None:
    """The author says that the paper is secret, or is not sure: keep nothing of it.

    A draft that was saved before is deleted, its title and its files too; the journal says that it happened and to
    whom, not what.

    :raises NotFound: it is another person's.
    :raises NotADraft: it went on its way meanwhile.
    """
    document = Document.objects.select_for_update(of=("self",)).select_related("author").filter(id=document_id).first()
    if document is not None:
        if not permissions.EDIT.allows(by, document):
            raise NotFound
        if document.state != DocumentState.DRAFT:
            raise NotADraft(subject=document.subject)
        wipe_draft_step(document)
    journal.record("documents.secret_stopped", subject_id=document_id, by=by, at=now)


def _sent_again(document: Document, draft: DraftInput, *, by: Actor, now: datetime) -> Document:
    """Take the form once more that made this draft and does not know so yet: what was typed meanwhile counts."""
    if not permissions.EDIT.allows(by, document):
        raise NotFound
    if document.state != DocumentState.DRAFT:
        return document
    if document.edit_version != 1:
        raise DraftChangedElsewhere
    _fill(document, draft, by=by, now=now)
    document.save()
    _fill_lists(document, draft)
    return document


def _blank(document_id: UUID, position: Position, *, now: datetime) -> Document:
    organ_id = position.organ_id
    return Document(id=document_id, author=position, drafting_organ_id=organ_id, created_at=now, changed_at=now)


def _begun(
    document: Document, draft: DraftInput, pictures: Sequence[str] = (), *, by: Actor, now: datetime
) -> Document:
    _fill(document, draft, pictures, by=by, now=now)
    document.save(force_insert=True)
    _fill_lists(document, draft)
    journal.record("documents.drafted", subject_id=document.id, by=by, at=now, type=document.type_code)
    return document


def _writing_position(by: Actor, as_position: UUID | None) -> Position:
    wanted = as_position or by.position_id
    if wanted is None or by.person_id is None:
        raise NoPositionForDrafting
    position = Position.objects.filter(id=wanted, person_id=by.person_id).first()
    if position is None:
        raise NoPositionForDrafting
    if position.id == by.position_id:
        permissions.DRAFT.require(by, None)
    return position


def _fill(document: Document, draft: DraftInput, pictures: Sequence[str] = (), *, by: Actor, now: datetime) -> None:
    if draft.organ_id not in organs_served(document.drafting_organ_id, on=clock.day_of(now)):
        raise NotPermitted
    if draft.type_code != document.type_code and not catalogue.type_now(draft.type_code).is_drafted:
        raise InvalidInput(detail=_("loại văn bản không có trong danh mục"))
    if draft.urgency not in Urgency.values:
        raise InvalidInput(detail=_("độ khẩn không có trong danh mục"))
    fill_text_step(
        document,
        Text(draft.subject, draft.legal_bases, draft.body),
        beside=[f"{to.name}\n{to.address}" for to in draft.on_paper] + list(draft.layout.words()),
        stamps_denied=draft.stamps_denied,
        pictures=pictures,
        by=by,
        now=now,
    )
    document.organ_id = draft.organ_id
    document.type_code = draft.type_code
    document.urgency = draft.urgency
    document.signatory_id = draft.signatory_id
    document.reply_due_date = draft.reply_due_date
    fill_layout(document, draft.layout)


def _fill_lists(document: Document, draft: DraftInput) -> None:
    set_recipients_step(document, draft.recipients, persons=draft.persons, on_paper=draft.on_paper)
    document.reviews.filter(round=document.review_round, state=ReviewState.PLANNED).delete()
    Review.objects.bulk_create(
        Review(document=document, reviewer_id=reviewer_id, round=document.review_round, place=place)
        for place, reviewer_id in enumerate(dict.fromkeys(draft.reviewer_ids))
    )
