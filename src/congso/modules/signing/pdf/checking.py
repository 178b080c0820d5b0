"""Judge a file: every signature, and what was changed after each, at a moment of the domain clock.

Trust hangs on the given roots alone; nothing is fetched. The file may be anything: what breaks the reader becomes a
verdict, and limits stand before and within it.
"""

import io
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate, AdESSubIndic
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    FormUpdatingRule,
    GenericFieldModificationRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from congso.modules.signing.pdf.coroutines import run_to_end
from congso.modules.signing.pdf.drawing import TRAINING_WORDS
from congso.modules.signing.pdf.fields import ORGAN
from congso.modules.signing.verdict import BY_GRAVITY, Outcome, SignatureFinding, Verdict

logger = logging.getLogger(__name__)
# It logs each forbidden change with a trace; here that is an answer, not an error.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)

MOST_BYTES: Final = 50 * 1024 * 1024
MOST_REVISIONS: Final = 64
MOST_SIGNATURES: Final = 20
MOST_OBJECTS: Final = 200_000

# pyHanko's own policy, less the allowance to redraw a field in place: we never need it, and with it any later revision
# (a DSS, a document timestamp) counts as a change of number and date, because they were drawn before the seal.
POLICY: Final = StandardDiffPolicy(
    global_rules=DEFAULT_DIFF_POLICY.global_rules,
    form_rule=FormUpdatingRule(
        field_rules=[
            SigFieldCreationRule(),
            SigFieldModificationRule(allow_in_place_appearance_stream_changes=False),
            GenericFieldModificationRule(allow_in_place_appearance_stream_changes=False),
        ],
    ),
)
INDICATIONS: Final[dict[AdESSubIndic, str]] = {
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: "certificate_expired",
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: "certificate_expired",
    AdESIndeterminate.EXPIRED: "certificate_expired",
    AdESIndeterminate.NOT_YET_VALID: "certificate_not_yet_valid",
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: "wrong_key_use",
    AdESIndeterminate.SIG_CONSTRAINTS_FAILURE: "wrong_key_use",
}
FAILURES: Final = frozenset(
    {
        "content_changed",
        "signature_broken",
        "changed_after_seal",
        "forbidden_change",
        "not_all_covered",
    }
)


class NotChecked(Exception):
    """The file cannot be checked, or not at a cost that is allowed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check_pdf(
    pdf: bytes, *, roots: Sequence[bytes], moment: datetime, revoked: frozenset[str] = frozenset()
) -> Verdict:
    """Return the verdict of a file. Never raises for what is in it.

    :param roots: certificates (DER) that are trusted.
    :param revoked: serials (hexadecimal) of certificates that were revoked.
    """
    try:
        found = [_judge(signature, roots, moment, revoked) for signature in _signatures_in(pdf)]
    except NotChecked as stop:
        return nothing_but(stop.reason, Outcome.INDETERMINATE)
    except (RecursionError, MemoryError):
        return nothing_but("too_complex", Outcome.INDETERMINATE)
    except Exception:
        logger.info("A file could not be read", exc_info=True)
        return nothing_but("not_a_pdf", Outcome.FAILED)
    return verdict_of(found)


def nothing_but(reason: str, outcome: Outcome) -> Verdict:
    """Return the verdict of a file whose signatures could not be looked at."""
    return Verdict(outcome, (reason,), ())


def verdict_of(found: Sequence[SignatureFinding]) -> Verdict:
    """Return the one verdict: the worst of all signatures, with the reasons of the worst first."""
    if not found:
        return nothing_but("no_signature", Outcome.INDETERMINATE)
    by_gravity = sorted(found, key=lambda finding: BY_GRAVITY.index(finding.outcome))
    outcome = by_gravity[0].outcome
    reasons = dict.fromkeys(
        reason for finding in by_gravity if finding.outcome == outcome for reason in finding.reasons
    )
    return Verdict(outcome, tuple(reasons), tuple(found))


def _signatures_in(pdf: bytes) -> list[EmbeddedPdfSignature]:
    if len(pdf) > MOST_BYTES:
        raise NotChecked("too_large")
    if pdf.count(b"startxref") > MOST_REVISIONS or pdf.count(b" obj") > MOST_OBJECTS:
        raise NotChecked("too_complex")
    reader = PdfFileReader(io.BytesIO(pdf))
    if reader.encrypted:
        raise NotChecked("encrypted")
    signatures = list(reader.embedded_regular_signatures)
    if len(signatures) > MOST_SIGNATURES:
        raise NotChecked("too_complex")
    return signatures


def _judge(
    signature: EmbeddedPdfSignature, roots: Sequence[bytes], moment: datetime, revoked: frozenset[str]
) -> SignatureFinding:
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(root) for root in roots], moment=moment, allow_fetching=False
    )
    status = run_to_end(async_validate_pdf_signature(signature, context, diff_policy=POLICY))
    certificate = status.signing_cert
    reasons = _reasons(status, signature.field_name, revoked)
    subject = certificate.subject.native
    return SignatureFinding(
        field=signature.field_name,
        signer=_words(subject.get("common_name")),
        organ=_words(subject.get("organization_name")),
        capacity=_words(signature.sig_object.get("/Reason", "")),
        signed_at=status.signer_reported_dt,
        outcome=_outcome(reasons),
        reasons=tuple(reasons) or ("intact",),
        covers_all=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        is_training=_words(subject.get("organizational_unit_name")) == TRAINING_WORDS,
        certificate_ends=certificate.not_valid_after,
    )


def _reasons(status: PdfSignatureStatus, field: str, revoked: frozenset[str]) -> list[str]:
    reasons = []
    if not status.intact:
        reasons.append("content_changed")
    elif not status.valid:
        reasons.append("signature_broken")
    elif status.coverage not in {SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION}:
        reasons.append("not_all_covered")
    elif not status.docmdp_ok:
        reasons.append("changed_after_seal" if field == ORGAN else "forbidden_change")
    if status.revoked or f"{status.signing_cert.serial_number:x}" in revoked:
        reasons.append("certificate_revoked")
    if status.trust_problem_indic is not None or status.validation_path is None:
        indication = status.trust_problem_indic
        reasons.append(INDICATIONS.get(indication, "unknown_authority") if indication else "unknown_authority")
    elif not _signed_within_validity(status):
        reasons.append("signed_outside_validity")
    return reasons


def _signed_within_validity(status: PdfSignatureStatus) -> bool:
    signed_at, certificate = status.signer_reported_dt, status.signing_cert
    if signed_at is None:
        return True
    return bool(certificate.not_valid_before <= signed_at <= certificate.not_valid_after)


def _outcome(reasons: Sequence[str]) -> Outcome:
    if not reasons:
        return Outcome.PASSED
    return Outcome.FAILED if FAILURES.intersection(reasons) else Outcome.INDETERMINATE


def _words(value: object) -> str:
    """Return a name as one short line: it comes from the file and goes onto a page."""
    text = " ".join(str(part) for part in value) if isinstance(value, list) else str(value or "")
    return " ".join(text.split())[:200]
