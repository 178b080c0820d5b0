"""What the API tells of signatures."""

from datetime import datetime
from typing import Self
from uuid import UUID

from congso.modules.signing.queries import Progress
from congso.modules.signing.verdict import SignatureFinding, Verdict, reason_text
from congso.shared.api.schemas import Given

NOT_YET = "pending"


class ReasonGiven(Given):
    code: str
    text: str


class SignatureGiven(Given):
    field: str
    signer: str
    organ: str
    capacity: str
    signed_at: datetime | None
    outcome: str
    reasons: list[ReasonGiven]
    covers_all: bool
    is_training: bool
    certificate_ends: datetime | None

    @classmethod
    def of(cls, found: SignatureFinding) -> Self:
        return cls(
            field=found.field,
            signer=found.signer,
            organ=found.organ,
            capacity=found.capacity,
            signed_at=found.signed_at,
            outcome=found.outcome.value,
            reasons=_reasons(found.reasons),
            covers_all=found.covers_all,
            is_training=found.is_training,
            certificate_ends=found.certificate_ends,
        )


class VerdictGiven(Given):
    """The one verdict of a file; ``pending`` while nobody has checked it."""

    file: str | None
    outcome: str
    is_training: bool
    reasons: list[ReasonGiven]
    signatures: list[SignatureGiven]

    @classmethod
    def of(cls, file_id: str | None, verdict: Verdict | None) -> Self:
        if verdict is None:
            return cls(file=file_id, outcome=NOT_YET, is_training=False, reasons=[], signatures=[])
        return cls(
            file=file_id,
            outcome=verdict.outcome.value,
            is_training=verdict.is_training,
            reasons=_reasons(verdict.reasons),
            signatures=[SignatureGiven.of(found) for found in verdict.signatures],
        )


class FailureGiven(Given):
    title: str
    reason: str


class ProgressGiven(Given):
    """How far a confirmed request for signatures is."""

    id: UUID
    kind: str
    subjects: list[UUID]
    total: int
    signed: int
    failed: list[FailureGiven]
    is_over: bool

    @classmethod
    def of(cls, found: Progress) -> Self:
        return cls(
            id=found.request_id,
            kind=found.kind,
            subjects=list(found.subject_ids),
            total=found.total,
            signed=found.signed,
            failed=[FailureGiven(title=one.title, reason=one.reason) for one in found.failed],
            is_over=found.is_over,
        )


def _reasons(codes: tuple[str, ...]) -> list[ReasonGiven]:
    return [ReasonGiven(code=code, text=reason_text(code)) for code in codes]
