"""Begin a dossier, correct what it says, give it to another keeper."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import InvalidInput, NotFound, NotPermitted
from congso.modules.documents.commands.guarding import notes_secrets
from congso.modules.documents.commands.pressing import hold_id
from congso.modules.documents.dossiers import permissions, retention
from congso.modules.documents.dossiers.access import access_dossier, access_open
from congso.modules.documents.dossiers.errors import (
    CatalogueNotApproved,
    NotationTaken,
    NotationWrong,
    ReasonMissing,
    RetentionWrong,
)
from congso.modules.documents.models import DossierEntry, WorkDossier
from congso.modules.documents.models.dossiers import LONGEST_NOTATION
from congso.modules.documents.queries.choices import staff
from congso.modules.documents.secrecy import refuse_secret
from congso.shared import journal
from congso.shared.people.queries import get_position

NOTATION: Final = re.compile(r"[A-Za-z0-9Đđ][A-Za-z0-9Đđ._/\-]*")
LONGEST_TEXT: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierInput:
    """What is typed about a dossier.

    :param retention: a code of ``retention.RETENTIONS``; ``other_years`` only with «khác».
    """

    notation: str
    title: str
    retention: str
    other_years: int | None = None
    description: str = ""
    is_construction: bool = False


@transaction.atomic(durable=True)
def open_from_entry(dossier_id: UUID, entry_id: UUID, *, by: Actor, now: datetime) -> WorkDossier:
    """Begin the dossier that the catalogue foresees; ``by`` keeps it. The same form sent twice makes one.

    :raises NotFound: no such entry in an organ that ``by`` works for.
    :raises CatalogueNotApproved: a leader has not approved the year's catalogue.
    :raises NotationTaken: the entry has its dossier already.
    """
    hold_id(dossier_id)
    there = _already(dossier_id, by)
    if there is not None:
        return there
    entry = DossierEntry.objects.select_related("catalogue").filter(id=entry_id).first()
    if entry is None or not permissions.OPEN.allows(by, entry.catalogue.organ_id):
        raise NotFound
    if entry.catalogue.approved_at is None:
        raise CatalogueNotApproved(year=entry.catalogue.year)
    return _begin(
        dossier_id,
        entry.catalogue.organ_id,
        DossierInput(
            notation=entry.notation, title=entry.title, retention=entry.retention, other_years=entry.other_years
        ),
        year=entry.catalogue.year,
        entry=entry,
        by=by,
        now=now,
    )


@notes_secrets
@transaction.atomic(durable=True)
def open_outside(
    dossier_id: UUID, organ_id: UUID, given: DossierInput, *, reason: str, by: Actor, now: datetime
) -> WorkDossier:
    """Begin a dossier that the catalogue does not foresee. The same form sent twice makes one.

    :raises NotPermitted: ``by`` does not work for the organ.
    :raises ReasonMissing: it does not say why.
    :raises NotationWrong, NotationTaken, RetentionWrong, InvalidInput, SecretContent: nothing was kept.
    """
    hold_id(dossier_id)
    there = _already(dossier_id, by)
    if there is not None:
        return there
    permissions.OPEN.require(by, organ_id)
    year = clock.day_of(now).year
    return _begin(dossier_id, organ_id, checked(given, reason), year=year, reason=said(reason), by=by, now=now)


@notes_secrets
@transaction.atomic(durable=True)
def edit_dossier(dossier_id: UUID, given: DossierInput, *, by: Actor, now: datetime) -> WorkDossier:
    """Correct title, note and retention of an open dossier. Its notation stays: it is its code.

    :raises DossierNotOpen: it is closed, or further.
    :raises RetentionWrong, InvalidInput, SecretContent: nothing was kept.
    """
    dossier = access_open(dossier_id, by=by, to=permissions.KEEP)
    checked(given)
    dossier.title, dossier.description = given.title, given.description
    dossier.retention, dossier.other_years = given.retention, given.other_years
    dossier.is_construction = given.is_construction
    dossier.save(update_fields=["title", "description", "retention", "other_years", "is_construction"])
    journal.record("documents.dossier_edited", subject_id=dossier.id, by=by, at=now, retention=given.retention)
    return dossier


@transaction.atomic(durable=True)
def give_dossier(dossier_id: UUID, keeper_id: UUID, *, by: Actor, now: datetime) -> WorkDossier:
    """Let another position make the dossier from now on.

    :raises NotFound: no such position today.
    :raises InvalidInput: one that does not work for the dossier's organ.
    """
    dossier = access_dossier(dossier_id, by=by, to=permissions.GIVE, for_update=True)
    keeper = get_position(keeper_id, on=clock.day_of(now))
    if keeper.id not in keepers_of(dossier.organ_id, now=now):
        raise InvalidInput(detail=_("người này không làm việc ở cơ quan có hồ sơ"))
    dossier.keeper = keeper
    dossier.save(update_fields=["keeper"])
    journal.record("documents.dossier_given", subject_id=dossier.id, by=by, at=now, keeper=keeper.id)
    return dossier


def keepers_of(organ_id: UUID, *, now: datetime) -> list[UUID]:
    """Return the positions of the organ, and of those that serve it, that may keep its dossiers."""
    return [UUID(key) for key, _label in staff(organ_id, clock.day_of(now))]


def said(reason: str) -> str:
    """Return a reason as it is kept.

    :raises ReasonMissing: none, or longer than 500 letters.
    """
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_TEXT:
        raise ReasonMissing
    return reason


def checked(given: DossierInput, *also: str) -> DossierInput:
    """Return what is typed about a dossier, if it may be kept.

    :raises NotationWrong, RetentionWrong, InvalidInput, SecretContent: it may not.
    """
    refuse_secret(given.title, given.description, *also)
    if len(given.notation) > LONGEST_NOTATION or not NOTATION.fullmatch(given.notation):
        raise NotationWrong
    is_other = given.retention == retention.OTHER
    years = given.other_years
    if given.retention not in retention.RETENTIONS or is_other != (years is not None):
        raise RetentionWrong
    if years is not None and not 1 <= years <= retention.LONGEST_YEARS:
        raise RetentionWrong
    if not given.title.strip() or len(given.title) > LONGEST_TEXT or len(given.description) > LONGEST_TEXT:
        raise InvalidInput(detail=_("tên hồ sơ phải có, tên và ghi chú không quá 500 ký tự"))
    return given


def _begin(
    dossier_id: UUID,
    organ_id: UUID,
    given: DossierInput,
    *,
    year: int,
    entry: DossierEntry | None = None,
    reason: str = "",
    by: Actor,
    now: datetime,
) -> WorkDossier:
    if by.position_id is None:
        raise NotPermitted
    hold_id(organ_id)
    code = WorkDossier.objects.filter(opened_by_organ=organ_id, year=year, notation=given.notation)
    if code.exists():
        raise NotationTaken(notation=given.notation, year=year)
    dossier = WorkDossier.objects.create(
        id=dossier_id,
        organ_id=organ_id,
        opened_by_organ_id=organ_id,
        year=year,
        notation=given.notation,
        entry=entry,
        outside_reason=reason,
        title=given.title,
        description=given.description,
        retention=given.retention,
        other_years=given.other_years,
        is_construction=given.is_construction,
        keeper_id=by.position_id,
        opened_at=now,
    )
    journal.record("documents.dossier_opened", subject_id=dossier.id, by=by, at=now, notation=given.notation, year=year)
    return dossier


def _already(dossier_id: UUID, by: Actor) -> WorkDossier | None:
    there = WorkDossier.objects.filter(id=dossier_id).first()
    if there is not None and there.keeper_id != by.position_id:
        raise NotFound
    return there
