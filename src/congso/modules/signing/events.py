"""What happened to a requested signature."""

from dataclasses import dataclass
from uuid import UUID

from congso.kernel.events import Event


@dataclass(frozen=True, slots=True)
class SignatureMade(Event):
    """A signature stands in a new file.

    :param kind: which signable the subject is, e.g. ``documents.document``.
    :param field: ``leader`` or ``organ``.
    :param file_sha256: the new, signed file.
    :param signed_sha256: the file that was shown and signed; compare it with the subject's present file.
    """

    kind: str
    subject_id: UUID
    field: str
    file_sha256: str
    signed_sha256: str


@dataclass(frozen=True, slots=True)
class SignatureFailed(Event):
    """A requested signature will not come; the owner must confirm again.

    :param code: why, e.g. ``signing.activation_expired``; see :mod:`congso.modules.signing.failures`.
    :param signed_sha256: the file that was shown.
    """

    kind: str
    subject_id: UUID
    field: str
    code: str
    signed_sha256: str
