"""The journal's seal, signed with the installation's own key."""

from uuid import UUID

from congso.shared.journal.sealing import SealSignature
from congso.shared.keys.commands import journal_key
from congso.shared.keys.models import Key, OwnerKind
from congso.shared.keys.signing import sign, verify


def sign_seal(digest: bytes) -> SealSignature:
    """Sign the hash of a seal."""
    key = journal_key()
    return SealSignature(key_id=str(key.id), value=sign(key, digest))


def check_seal(digest: bytes, signature: SealSignature) -> bool:
    """Say whether the seal was signed with a journal key of this installation."""
    key = Key.objects.filter(id=UUID(signature.key_id), owner_kind=OwnerKind.JOURNAL).first()
    return key is not None and key.certificate is not None and verify(bytes(key.certificate), signature.value, digest)
