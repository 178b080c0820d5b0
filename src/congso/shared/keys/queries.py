"""Every read of keys."""

from collections.abc import Collection
from uuid import UUID

from congso.kernel.actor import Actor
from congso.shared.keys import permissions
from congso.shared.keys.models import Key, KeyState, OwnerKind


def key_of(owner_kind: str, owner_id: UUID) -> Key | None:
    """Return the owner's usable key, made or still being made."""
    return Key.objects.exclude(state=KeyState.REVOKED).filter(owner_kind=owner_kind, owner_id=owner_id).first()


def owners_with_keys(owner_kind: str, owner_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return which of these persons or organs have a usable key, in one query."""
    keys = Key.objects.exclude(state=KeyState.REVOKED).filter(owner_kind=owner_kind, owner_id__in=owner_ids)
    return frozenset(owner_id for owner_id in keys.values_list("owner_id", flat=True) if owner_id is not None)


def key_to_sign_with(owner_kind: str, owner_id: UUID, *, by: Actor) -> Key | None:
    """Return the owner's usable key if ``by`` may sign with it."""
    key = key_of(owner_kind, owner_id)
    return key if key is not None and permissions.USE.allows(by, key) else None


def training_roots() -> list[bytes]:
    """Return the certificates (DER) that this installation's training certificates hang on."""
    keys = Key.objects.filter(owner_kind=OwnerKind.AUTHORITY, certificate__isnull=False)
    return [bytes(certificate) for certificate in keys.values_list("certificate", flat=True) if certificate]


def revoked_serials() -> frozenset[str]:
    """Return the serials, in hexadecimal, of the certificates that this installation has revoked."""
    keys = Key.objects.filter(state=KeyState.REVOKED).exclude(serial="")
    return frozenset(keys.values_list("serial", flat=True))
