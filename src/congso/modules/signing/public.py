"""All that other modules may use of signing."""

from congso.modules.signing.commands import request_signatures, validate_file
from congso.modules.signing.events import SignatureFailed, SignatureMade
from congso.modules.signing.failures import failure_text
from congso.modules.signing.orders import Box, Boxes, Field, OwnerOfKey, SignatureOrder
from congso.modules.signing.pdf.fields import prepare_pdf
from congso.modules.signing.pdf.filling import fill_number
from congso.modules.signing.pdf.marks import NotMarkable, prepare_mark
from congso.modules.signing.queries import being_signed, is_being_signed, kept_verdict, kept_verdicts
from congso.modules.signing.schemas import VerdictGiven
from congso.modules.signing.signables import Signable, SignableInfo, SignedFile, registry
from congso.modules.signing.verdict import Outcome, SignatureFinding, Verdict

__all__ = [
    "Box",
    "Boxes",
    "Field",
    "NotMarkable",
    "Outcome",
    "OwnerOfKey",
    "Signable",
    "SignableInfo",
    "SignatureFailed",
    "SignatureFinding",
    "SignatureMade",
    "SignatureOrder",
    "SignedFile",
    "Verdict",
    "VerdictGiven",
    "being_signed",
    "failure_text",
    "fill_number",
    "is_being_signed",
    "kept_verdict",
    "kept_verdicts",
    "prepare_mark",
    "prepare_pdf",
    "registry",
    "request_signatures",
    "validate_file",
]
