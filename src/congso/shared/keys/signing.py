"""Raw signatures: bytes in, signature out; the private key stays here."""

from functools import lru_cache
from uuid import UUID

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_private_key
from django.utils.translation import gettext_lazy as _

from congso.kernel.errors import DomainError
from congso.shared.keys import masterkey
from congso.shared.keys.models import Key, KeyState

KEYS_KEPT_OPEN = 256


class KeyUnusable(DomainError):
    code = "keys.unusable"
    message = _("Khóa ký đã bị thu hồi hoặc chưa tạo xong nên không ký được. Báo quản trị để được cấp lại.")


def sign(key: Key, data: bytes) -> bytes:
    """Return an RSA PKCS #1 v1.5 signature over the SHA-256 of ``data``.

    Whether it may be made is the caller's question: an activation, or the journal's own seal.

    :raises KeyUnusable: revoked, or not made yet.
    :raises MasterKeyMismatch: the data folder's master key is not the one of this database.
    """
    return private_key(key).sign(data, padding.PKCS1v15(), hashes.SHA256())


def verify(certificate: bytes, signature: bytes, data: bytes) -> bool:
    """Say whether ``signature`` over ``data`` was made with the key of this certificate (DER). No word on trust."""
    public = x509.load_der_x509_certificate(certificate).public_key()
    if not isinstance(public, rsa.RSAPublicKey):
        return False
    try:
        public.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


def private_key(key: Key) -> rsa.RSAPrivateKey:
    """Return the private key itself: for this package only."""
    if key.state != KeyState.ACTIVE or key.sealed is None:
        raise KeyUnusable
    return _opened(key.id, bytes(key.sealed))


@lru_cache(maxsize=KEYS_KEPT_OPEN)
def _opened(key_id: UUID, sealed: bytes) -> rsa.RSAPrivateKey:
    secret = masterkey.unseal(sealed, about=key_id)
    # We made it, and its seal is authenticated: checking its primes again would cost ten times the signature.
    pair = load_der_private_key(secret, password=None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(pair, rsa.RSAPrivateKey):
        raise TypeError("keys are RSA")
    return pair
