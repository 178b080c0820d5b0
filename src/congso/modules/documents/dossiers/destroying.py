"""Destroy a dossier whose retention is over: one proposes, a leader approves by an issued decision of the organ.

What goes: the files that the dossier alone has, its list, and copies of it that were written out. Papers stay in their
registers and in other dossiers; a file that anything else holds stays. The row with its title, counts and the two
persons is the protocol.
"""

from datetime import date, datetime
from http import HTTPStatus
from typing import ClassVar, Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, NotFound, NotPermitted
from congso.modules.documents.commands.guarding import notes_secrets
from congso.modules.documents.commands.pressing import hold_id
from congso.modules.documents.dossiers import permissions, retention
from congso.modules.documents.dossiers.access import access_dossier
from congso.modules.documents.dossiers.opening import said
from congso.modules.documents.kinds import DocumentState, TypeCode
from congso.modules.documents.models import (
    Document,
    DossierDestruction,
    DossierState,
    ReadMark,
    WorkDossier,
)
from congso.modules.documents.secrecy import refuse_secret
from congso.shared import journal
from congso.shared.files import leftovers
from congso.shared.people.models import Position
from congso.shared.ui.words import vn_date

DESTROYABLE: Final = (DossierState.CLOSED, DossierState.ARCHIVED)


class RetentionNotOver(DomainError):
    code = "documents.retention_not_over"
    message = _("Hồ sơ %(notation)s chưa hết thời hạn bảo quản (%(until)s) nên không tiêu hủy được.")


class AlreadyProposed(DomainError):
    code = "documents.destruction_already_proposed"
    message = _("Hồ sơ %(notation)s đã được đề nghị tiêu hủy, đang chờ lãnh đạo duyệt.")


class NothingProposed(DomainError):
    code = "documents.destruction_not_proposed"
    message = _("Không có đề nghị tiêu hủy nào đang chờ với hồ sơ này.")


class SamePerson(DomainError):
    code = "documents.destruction_takes_two"
    message = _("Người đề nghị không tự duyệt tiêu hủy. Lãnh đạo khác của cơ quan duyệt.")


class NoDecision(DomainError):
    code = "documents.destruction_without_decision"
    message = _("Tiêu hủy phải theo một quyết định đã phát hành của cơ quan, chưa bị thu hồi. Chọn quyết định.")
    status: ClassVar[int] = HTTPStatus.UNPROCESSABLE_ENTITY


@notes_secrets
@transaction.atomic(durable=True)
def propose_destruction(
    dossier_id: UUID, destruction_id: UUID, *, reason: str, by: Actor, now: datetime
) -> DossierDestruction:
    """Propose to destroy a dossier. The same form sent twice proposes once.

    :raises NotPermitted: neither the archive nor, of what does not go there, its keeper.
    :raises RetentionNotOver: by the calendar of Hanoi; nor ever what is kept for good.
    :raises AlreadyProposed: it waits for a leader.
    :raises ReasonMissing: it does not say why.
    """
    hold_id(destruction_id)
    dossier = access_dossier(dossier_id, by=by, to=permissions.PROPOSE_DESTRUCTION, for_update=True)
    there = DossierDestruction.objects.filter(id=destruction_id, dossier=dossier).first()
    if there is not None:
        return there
    reason = said(reason)
    refuse_secret(reason)
    if by.position_id is None:
        raise NotPermitted
    _check_over(dossier, now=now)
    if pending(dossier) is not None:
        raise AlreadyProposed(notation=dossier.notation)
    proposal = DossierDestruction.objects.create(
        id=destruction_id,
        organ_id=dossier.organ_id,
        dossier=dossier,
        proposed_by_id=by.position_id,
        proposed_at=now,
        reason=reason,
    )
    journal.record("documents.destruction_proposed", subject_id=dossier.id, by=by, at=now, proposal=proposal.id)
    return proposal


@transaction.atomic(durable=True)
def destroy_dossier(dossier_id: UUID, decision_id: UUID | None, *, by: Actor, now: datetime) -> DossierDestruction:
    """Destroy what was proposed, by an issued decision of the organ.

    :raises NotPermitted: ``by`` does not lead the organ.
    :raises NothingProposed, SamePerson, RetentionNotOver: it is not to be destroyed so.
    :raises NoDecision: no issued decision of the organ, or one that was recalled.
    """
    dossier, proposal = _proposed(dossier_id, by=by)
    _check_over(dossier, now=now)
    decision = decisions_of(dossier, by=by).filter(id=decision_id).first() if decision_id else None
    if decision is None:
        raise NoDecision
    proposal.decision, proposal.decided_at, proposal.decided_by_id = decision, now, by.position_id
    items = list(dossier.items.all())
    proposal.papers = sum(item.file_id is None for item in items)
    proposal.files = sum(item.file_id is not None for item in items)
    proposal.save()
    dossier.state = DossierState.DESTROYED
    dossier.save(update_fields=["state"])
    _wipe(dossier)
    journal.record(
        "documents.dossier_destroyed",
        subject_id=dossier.id,
        by=by,
        at=now,
        decision=decision.id,
        papers=proposal.papers,
        files=proposal.files,
    )
    return proposal


@notes_secrets
@transaction.atomic(durable=True)
def refuse_destruction(dossier_id: UUID, *, reason: str, by: Actor, now: datetime) -> DossierDestruction:
    """Let the dossier stay.

    :raises NotPermitted, NothingProposed, SamePerson: see :func:`destroy_dossier`.
    :raises ReasonMissing: it does not say why.
    """
    dossier, proposal = _proposed(dossier_id, by=by)
    proposal.refused_reason = said(reason)
    refuse_secret(proposal.refused_reason)
    proposal.decided_at, proposal.decided_by_id = now, by.position_id
    proposal.save()
    journal.record("documents.destruction_refused", subject_id=dossier.id, by=by, at=now, proposal=proposal.id)
    return proposal


def pending(dossier: WorkDossier) -> DossierDestruction | None:
    """Return the proposal that waits for a leader."""
    return DossierDestruction.objects.filter(dossier=dossier, decided_at=None).first()


def decisions_of(dossier: WorkDossier, *, by: Actor) -> QuerySet[Document]:
    """Return the issued decisions of the dossier's organ that ``by`` sees, the newest first."""
    issued = Document.objects.visible_to(by).filter(
        organ=dossier.organ_id, type_code=TypeCode.DECISION, state=DocumentState.ISSUED, recalled_at=None
    )
    return issued.order_by("-issued_date", "-id")


def is_over(dossier: WorkDossier, *, today: date) -> bool:
    """Say whether the dossier may be proposed: closed or archived, and its retention over."""
    if dossier.state not in DESTROYABLE or dossier.end_date is None:
        return False
    until = retention.expires_on(dossier.retention, dossier.other_years, ended=dossier.end_date)
    return until is not None and until <= today


def _check_over(dossier: WorkDossier, *, now: datetime) -> None:
    if is_over(dossier, today=clock.day_of(now)):
        return
    ended = dossier.end_date
    until = retention.expires_on(dossier.retention, dossier.other_years, ended=ended) if ended else None
    raise RetentionNotOver(notation=dossier.notation, until=vn_date(until) if until else dossier.retention_words)


def _proposed(dossier_id: UUID, *, by: Actor) -> tuple[WorkDossier, DossierDestruction]:
    dossier = access_dossier(dossier_id, by=by, to=permissions.DECIDE_DESTRUCTION, for_update=True)
    proposal = pending(dossier)
    if proposal is None:
        raise NothingProposed
    if by.position_id is None:
        raise NotFound
    if Position.objects.filter(id=proposal.proposed_by_id, person=by.person_id).exists():
        raise SamePerson
    return dossier, proposal


def _wipe(dossier: WorkDossier) -> None:
    """Let go of the list, of the dossier's own files, of what was written out; what others hold stays."""
    sha256s = {sha256 for sha256 in dossier.items.values_list("file", flat=True) if sha256}
    sha256s |= {sha256 for sha256 in dossier.exports.values_list("file", flat=True) if sha256}
    ReadMark.objects.filter(subject_id__in=dossier.items.exclude(file=None).values_list("id", flat=True)).delete()
    dossier.exports.all().delete()
    dossier.items.all().delete()
    leftovers.forget(sha256s)
