"""Check stored files, and keep what was found."""

from datetime import datetime

from django.db import transaction

from congso.modules.signing.models import ItemState, SignatureItem, ValidationReport
from congso.modules.signing.pdf.apart import check_apart
from congso.modules.signing.pdf.checking import check_pdf
from congso.modules.signing.verdict import Verdict
from congso.shared import files
from congso.shared.keys import queries as key_queries


@transaction.atomic(savepoint=False)
def validate_file(sha256: str, *, now: datetime) -> Verdict:
    """Return the verdict of a stored file, from its kept report while that holds, else by a check. A step.

    :raises FileMissing: the storage has lost it.
    """
    report = ValidationReport.objects.filter(file_sha256=sha256).first()
    if report is not None and (report.holds_until is None or now <= report.holds_until):
        return Verdict.from_json(report.verdict, report.findings)
    return recheck_file(sha256, now=now)


@transaction.atomic(savepoint=False)
def recheck_file(sha256: str, *, now: datetime) -> Verdict:
    """Check a stored file again and keep what was found. A step.

    A file that our own worker signed is read in this process, a stranger's in one of its own.
    """
    is_ours = SignatureItem.objects.filter(signed_file_sha256=sha256, state=ItemState.SIGNED).exists()
    verdict = (check_pdf if is_ours else check_apart)(
        files.read(sha256), roots=key_queries.training_roots(), moment=now, revoked=key_queries.revoked_serials()
    )
    report = ValidationReport(
        file_sha256=sha256,
        verdict=verdict.outcome.value,
        findings=verdict.as_json(),
        checked_at=now,
        holds_until=verdict.holds_until if verdict.passed else None,
    )
    found = ["verdict", "findings", "checked_at", "holds_until"]
    ValidationReport.objects.bulk_create(
        [report], update_conflicts=True, unique_fields=["file_sha256"], update_fields=found
    )
    return verdict


@transaction.atomic(durable=True)
def check_again(sha256: str, *, now: datetime) -> Verdict:
    """Check a stored file because somebody asks for it now, and keep what was found."""
    return recheck_file(sha256, now=now)
