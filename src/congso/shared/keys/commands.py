"""Every write of keys: enrolled with a PIN, made by a job, revoked."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, NotFound
from congso.shared import journal
from congso.shared.keys import certificates, masterkey, permissions, pins
from congso.shared.keys.models import Key, KeyState, OwnerKind
from congso.shared.keys.signing import private_key

# Held while a key of the installation itself is made, so that two processes do not make two.
MAKING_LOCK = 0x6B657973


class KeyExists(DomainError):
    code = "keys.exists"
    message = _("%(name)s đã có chứng thư đang dùng. Thu hồi chứng thư cũ trước khi cấp mới.")


@transaction.atomic(durable=True)
def enrol_key(
    owner_kind: Literal["person", "organ"],
    owner_id: UUID,
    *,
    common_name: str,
    organization: str,
    organ_id: UUID,
    pin: str,
    by: Actor,
    now: datetime,
) -> Key:
    """Give a person or an organ a key with a training certificate, valid from ``now`` to the end of the next year.

    The key pair is made by a job, or at first use if that comes sooner; the row can be used at once.

    :param organ_id: the organ that it is for: the organ itself, or where the person holds a position.
    :raises NotPermitted: ``by`` does not administer that organ.
    :raises KeyExists: the owner has one that is not revoked.
    :raises PinUnfit: not six digits.
    """
    permissions.ISSUE.require(by, organ_id)
    if Key.objects.filter(owner_kind=owner_kind, owner_id=owner_id).exclude(state=KeyState.REVOKED).exists():
        raise KeyExists(name=common_name)
    key = Key.objects.create(
        owner_kind=owner_kind,
        owner_id=owner_id,
        common_name=common_name,
        organization=organization,
        pin_hash=pins.hash_of(pin),
        enrolled_at=now,
    )
    journal.record("keys.enrolled", subject_id=key.id, by=by, at=now, owner_kind=owner_kind, owner_id=owner_id)
    app.configure_task("keys.make", queue="keys").defer(key_id=str(key.id))
    return key


@transaction.atomic(savepoint=False)
def make_pair(key_id: UUID, *, now: datetime) -> Key:
    """Make the key pair and the certificate of an enrolled key, unless they are made. A step; safe to run twice."""
    key = Key.objects.select_for_update().get(id=key_id)
    if key.state != KeyState.ENROLLED:
        return key
    authority = authority_key()
    root = x509.load_der_x509_certificate(bytes(authority.certificate or b""))
    pair = certificates.make_pair()
    certificate = certificates.issue(
        certificates.Holder(key.common_name, key.organization),
        pair.public_key(),
        authority=root,
        authority_key=private_key(authority),
        valid_from=key.enrolled_at,
    )
    _put(key, pair, certificate)
    journal.record("keys.made", subject_id=key.id, by=Actor.system(), at=now)
    return key


def change_pin(key_id: UUID, *, old: str, new: str, by: Actor, now: datetime) -> None:
    """Give the key another PIN.

    :raises NotFound: not a key that ``by`` may use.
    :raises PinUnfit, PinWrong, PinLocked: the old one stays.
    """
    key = Key.objects.exclude(state=KeyState.REVOKED).filter(id=key_id).first()
    if key is None or not permissions.USE.allows(by, key):
        raise NotFound
    new_hash = pins.hash_of(new)
    pins.check_pin(key_id, old, by=by, now=now)
    with transaction.atomic(durable=True):
        Key.objects.filter(id=key_id).update(pin_hash=new_hash)
        journal.record("keys.pin_changed", subject_id=key_id, by=by, at=now)


@transaction.atomic(durable=True)
def revoke_key(key_id: UUID, *, organ_id: UUID, by: Actor, now: datetime) -> None:
    """End a key: nothing is signed with it any more. What was signed stays signed.

    :raises NotFound: no such key, or revoked before.
    :raises NotPermitted: ``by`` does not administer that organ.
    """
    permissions.ISSUE.require(by, organ_id)
    ended = Key.objects.filter(id=key_id, owner_kind__in=[OwnerKind.PERSON, OwnerKind.ORGAN])
    if not ended.exclude(state=KeyState.REVOKED).update(state=KeyState.REVOKED):
        raise NotFound
    journal.record("keys.revoked", subject_id=key_id, by=by, at=now)


def authority_key() -> Key:
    """Return the training authority's key, made at first use."""
    return _key_of_the_installation(OwnerKind.AUTHORITY, certificates.AUTHORITY_NAME)


def journal_key() -> Key:
    """Return the key that seals the journal, made at first use."""
    return _key_of_the_installation(OwnerKind.JOURNAL, "Công Số, niêm phong nhật ký")


def _key_of_the_installation(kind: OwnerKind, name: str) -> Key:
    found = Key.objects.filter(owner_kind=kind, state=KeyState.ACTIVE).first()
    return found or _make_key_of_the_installation(kind, name)


@transaction.atomic(savepoint=False)
def _make_key_of_the_installation(kind: OwnerKind, name: str) -> Key:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MAKING_LOCK])
    found = Key.objects.filter(owner_kind=kind, state=KeyState.ACTIVE).first()
    if found is not None:
        return found
    key = Key(owner_kind=kind, common_name=name, enrolled_at=certificates.AUTHORITY_FROM)
    pair = certificates.make_pair()
    _put(key, pair, certificates.self_signed(pair, name))
    return key


def _put(key: Key, pair: rsa.RSAPrivateKey, certificate: x509.Certificate) -> None:
    secret = pair.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    key.sealed = masterkey.seal(secret, about=key.id)
    key.certificate = certificates.der(certificate)
    key.serial = f"{certificate.serial_number:x}"
    key.valid_from, key.valid_to = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    key.state = KeyState.ACTIVE
    key.save()
