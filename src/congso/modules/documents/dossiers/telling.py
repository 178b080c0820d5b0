"""Whom hand-overs tell what, in-app."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise

from congso.kernel import clock
from congso.modules.documents.models import DossierTransfer
from congso.shared import notify
from congso.shared.people.queries import positions_in


def tell_archive(transfer: DossierTransfer, title: str | Promise, *, now: datetime) -> None:
    """The records clerks of the organ."""
    clerks = positions_in([transfer.organ_id], clock.day_of(now), roles=["records_clerk"])
    _tell(transfer, [clerk.id for clerk in clerks], title, now=now)


def tell_giver(transfer: DossierTransfer, title: str | Promise, *, now: datetime) -> None:
    _tell(transfer, [transfer.giver_id], title, now=now)


def _tell(transfer: DossierTransfer, told: list[UUID], title: str | Promise, *, now: datetime) -> None:
    notify.tell(
        told,
        kind=f"documents.transfer.{transfer.state}",
        title=str(title),
        url=reverse("documents:dossier_transfer", args=[transfer.id]),
        subject_id=transfer.id,
        at=now,
    )
