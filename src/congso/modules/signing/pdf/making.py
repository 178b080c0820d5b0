"""Put one signature into a prepared file: PAdES B-B, signing time by the domain clock."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import override

from asn1crypto import x509
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from congso.modules.signing.pdf.coroutines import run_to_end
from congso.modules.signing.pdf.drawing import pen_stroke, round_seal, stamp_of
from congso.modules.signing.pdf.fields import LEADER
from congso.modules.signing.pdf.filling import field_named
from congso.modules.signing.pdf.marks import drawn_mark
from congso.modules.signing.pdf.revising import Revision

# What a CMS object holds beside its two certificates: the signature and the signed attributes, about 0.9 kB.
BESIDE_CERTIFICATES = 2048
DIGEST = "sha256"


class AlreadySigned(Exception):
    """The field holds a signature; another one is never put over it."""


@dataclass(frozen=True, slots=True)
class KeyInUse:
    """A certificate and the one thing its private key is asked for.

    :param sign: PKCS #1 v1.5 over SHA-256 of the given bytes.
    """

    certificate: bytes
    root: bytes
    sign: Callable[[bytes], bytes]


class KeySigner(Signer):
    """pyHanko's signer over a key that stays in its own place."""

    def __init__(self, key: KeyInUse) -> None:
        store = SimpleCertificateStore()
        store.register(x509.Certificate.load(key.root))
        super().__init__(signing_cert=x509.Certificate.load(key.certificate), cert_registry=store)
        self._sign = key.sign

    @override
    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if digest_algorithm != DIGEST:
            raise ValueError(f"keys sign over {DIGEST}, not {digest_algorithm}")
        return self._sign(data)


class PdfSignerAt(PdfSigner):
    """pyHanko's PDF signer at a moment of the domain clock, which the library would read from the machine."""

    def __init__(
        self, metadata: PdfSignatureMetadata, signer: Signer, stamp_style: StaticStampStyle, moment: datetime
    ) -> None:
        super().__init__(metadata, signer, stamp_style=stamp_style)
        self._moment = moment

    @override
    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._moment
        return session


def sign_pdf(pdf: bytes, *, field: str, key: KeyInUse, reason: str, signed_at: datetime, mark: str = "") -> bytes:
    """Return the file with ``field`` signed; the leader's certifies it and leaves number, date and seal open.

    :param mark: words shown before the signing time instead of a picture, in a file prepared by ``prepare_mark``.
    :raises FieldMissing: the file was not prepared for this signature.
    :raises AlreadySigned: the field holds one.
    """
    writer = Revision(pdf)
    place = field_named(writer, field)
    if "/V" in place:
        raise AlreadySigned(field)
    is_leader = field == LEADER
    signer = KeySigner(key)
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        name=str(signer.subject_name),
        reason=reason or None,
        certify=is_leader,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    if mark:
        stamp = stamp_of(drawn_mark(place, f"{mark}; {signed_at.isoformat(timespec='seconds')}"))
    else:
        stamp = stamp_of(pen_stroke() if is_leader else round_seal())
    output = io.BytesIO()
    run_to_end(
        PdfSignerAt(metadata, signer, stamp, signed_at).async_sign_pdf(
            writer, existing_fields_only=True, bytes_reserved=_room_for(key), output=output
        )
    )
    return output.getvalue()


def _room_for(key: KeyInUse) -> int:
    """Return the room for the CMS object, in hexadecimal digits: known before, it spares a trial signature.

    Whoever reads the file reads each digit of it, so there is no more than it may take.
    """
    return 2 * (len(key.certificate) + len(key.root) + BESIDE_CERTIFICATES)
