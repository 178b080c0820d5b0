"""Certificates of the training authority. Each subject says that it is for training only.

The authority is no trust service: its certificates have no legal value, and the words for that stand in each of them.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from congso.kernel.clock import HANOI

TRAINING_WORDS = "CHỈ DÙNG ĐỂ TẬP HUẤN"
AUTHORITY_NAME = "Công Số, nơi cấp chứng thư tập huấn"
# X.520: the longest a name may be, counted in bytes of UTF-8 as our library does.
MOST_BYTES = 64
# The authority is older than any day that a demo or an imported history plays on.
AUTHORITY_FROM, AUTHORITY_TO = datetime(2015, 1, 1, tzinfo=HANOI), datetime(2055, 1, 1, tzinfo=HANOI)


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a certificate names."""

    common_name: str
    organization: str


def make_pair() -> rsa.RSAPrivateKey:
    """Return a fresh RSA-2048 key: 10 to 100 ms."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def end_of_validity(start: datetime) -> datetime:
    """Return the end of the year after ``start`` in Hanoi."""
    return datetime(start.astimezone(HANOI).year + 2, 1, 1, tzinfo=HANOI) - timedelta(seconds=1)


def self_signed(key: rsa.RSAPrivateKey, common_name: str) -> x509.Certificate:
    """Return the certificate of the authority, or of another key that the installation itself stands for."""
    name = _subject(Holder(common_name, "Công Số"))
    usage = _usage(certifies=True)
    builder = _builder(name, name, key.public_key(), AUTHORITY_FROM, AUTHORITY_TO)
    return (
        builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )


def issue(
    holder: Holder,
    key: rsa.RSAPublicKey,
    *,
    authority: x509.Certificate,
    authority_key: rsa.RSAPrivateKey,
    valid_from: datetime,
) -> x509.Certificate:
    """Return a certificate for signing documents, valid to the end of the next year."""
    start = valid_from.replace(microsecond=0)  # a certificate knows seconds only
    builder = _builder(_subject(holder), authority.subject, key, start, end_of_validity(start))
    return (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certifies=False), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, hashes.SHA256())
    )


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPublicKey, start: datetime, end: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start.astimezone(UTC))
        .not_valid_after(end.astimezone(UTC))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _subject(holder: Holder) -> x509.Name:
    parts = [
        (NameOID.COUNTRY_NAME, "VN"),
        (NameOID.ORGANIZATION_NAME, _cut(holder.organization)),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, TRAINING_WORDS),
        (NameOID.COMMON_NAME, _cut(holder.common_name)),
    ]
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in parts if value])


def _cut(name: str) -> str:
    return name.encode()[:MOST_BYTES].decode(errors="ignore").rstrip()


def _usage(*, certifies: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certifies,
        content_commitment=not certifies,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certifies,
        crl_sign=certifies,
        encipher_only=False,
        decipher_only=False,
    )
