"""Every read of signing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from congso.kernel.actor import Actor
from congso.kernel.errors import NotFound
from congso.kernel.prepared import prepared
from congso.modules.signing.failures import failure_text
from congso.modules.signing.models import ItemState, SignatureItem, SignatureRequest, ValidationReport
from congso.modules.signing.verdict import Verdict


def kept_verdict(sha256: str) -> Verdict | None:
    """Return what the last check of this file found; None if it was never checked. One query, no check."""
    return kept_verdicts([sha256]).get(sha256)


def kept_verdicts(sha256s: Collection[str]) -> dict[str, Verdict]:
    """Return what the last checks of these files found, in one query."""
    reports = _reports(sha256s=frozenset(sha256s))
    return {report.file_sha256: Verdict.from_json(report.verdict, report.findings) for report in reports}


@prepared
def _reports(*, sha256s: Collection[str]) -> QuerySet[ValidationReport]:
    return ValidationReport.objects.filter(file_sha256__in=sha256s)


def checked_at(sha256: str) -> datetime | None:
    """Return when the file was last checked."""
    return ValidationReport.objects.filter(file_sha256=sha256).values_list("checked_at", flat=True).first()


def being_signed(kind: str, subject_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return which of these records have a confirmed signature still to come, in one query."""
    items = SignatureItem.objects.filter(kind=kind, subject_id__in=subject_ids, state=ItemState.WAITING)
    return frozenset(items.values_list("subject_id", flat=True))


def is_being_signed(kind: str, subject_id: UUID) -> bool:
    """Say whether a confirmed signature of this record is still to come."""
    return bool(being_signed(kind, [subject_id]))


def confirmed_request(confirmation: UUID, *, by: Actor) -> UUID | None:
    """Return the request that a page has already led to, if it was this person's."""
    if by.person_id is None:
        return None
    found = SignatureRequest.objects.filter(confirmation=confirmation, person_id=by.person_id)
    return found.values_list("id", flat=True).first()


def waiting_items(request_id: UUID) -> list[UUID]:
    """Return what is still to be signed of a request, in the order it was confirmed."""
    items = SignatureItem.objects.filter(request_id=request_id, state=ItemState.WAITING)
    return list(items.order_by("place").values_list("id", flat=True))


def forgotten_items(*, before: datetime) -> list[UUID]:
    """Return what was confirmed before a moment and still waits, oldest first."""
    items = SignatureItem.objects.filter(state=ItemState.WAITING, request__requested_at__lt=before)
    return list(items.order_by("request__requested_at", "place").values_list("id", flat=True))


@dataclass(frozen=True, slots=True)
class FailedItem:
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a request is.

    :param kind: of its records; the first one's if they differ.
    """

    request_id: UUID
    kind: str
    subject_ids: tuple[UUID, ...]
    total: int
    signed: int
    failed: tuple[FailedItem, ...]
    signed_titles: tuple[str, ...]

    @property
    def done(self) -> int:
        return self.signed + len(self.failed)

    @property
    def is_over(self) -> bool:
        return self.done == self.total


def progress_of(request_id: UUID, *, by: Actor) -> Progress:
    """Return how far one's own request is.

    :raises NotFound: no such request, or another person's.
    """
    if by.person_id is None:
        raise NotFound
    request = SignatureRequest.objects.filter(id=request_id, person_id=by.person_id).first()
    if request is None:
        raise NotFound
    items = list(SignatureItem.objects.filter(request=request, is_companion=False).order_by("place"))
    return Progress(
        request_id=request.id,
        kind=items[0].kind,
        subject_ids=tuple(item.subject_id for item in items),
        total=len(items),
        signed=sum(item.state == ItemState.SIGNED for item in items),
        failed=tuple(
            FailedItem(item.title, failure_text(item.failure)) for item in items if item.state == ItemState.FAILED
        ),
        signed_titles=tuple(item.title for item in items if item.state == ItemState.SIGNED),
    )
