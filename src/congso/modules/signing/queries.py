"""Every read of signing."""

from collections.abc import Collection
from uuid import UUID

from congso.modules.signing.models import ItemState, SignatureItem, ValidationReport
from congso.modules.signing.verdict import Verdict


def kept_verdict(sha256: str) -> Verdict | None:
    """Return what the last check of this file found; None if it was never checked. One query, no check."""
    return kept_verdicts([sha256]).get(sha256)


def kept_verdicts(sha256s: Collection[str]) -> dict[str, Verdict]:
    """Return what the last checks of these files found, in one query."""
    reports = ValidationReport.objects.filter(file_sha256__in=sha256s)
    return {report.file_sha256: Verdict.from_json(report.verdict, report.findings) for report in reports}


def is_being_signed(kind: str, subject_id: UUID) -> bool:
    """Say whether a confirmed signature of this record is still being made."""
    return SignatureItem.objects.filter(kind=kind, subject_id=subject_id, state=ItemState.WAITING).exists()
