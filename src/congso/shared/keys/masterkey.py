"""The master key of the installation: what opens the private keys at rest.

It lies in the data folder (``keys.master``, readable by its owner only), never in the database: a copy of the database
alone signs nothing. A backup must hold both.
"""

import os
import secrets
from functools import cache
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

FILE_NAME = "keys.master"
NONCE_BYTES = 12


class MasterKeyMismatch(RuntimeError):
    """What was sealed does not open: it was changed, or ``keys.master`` is not the one of this database."""


def seal(secret: bytes, *, about: UUID) -> bytes:
    """Return ``secret`` encrypted (AES-256-GCM) and bound to the id of what it belongs to."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(_master_key(settings.DATA_FOLDER)).encrypt(nonce, secret, about.bytes)


def unseal(sealed: bytes, *, about: UUID) -> bytes:
    """Return what was sealed for ``about``.

    :raises MasterKeyMismatch: it does not open.
    """
    cipher = AESGCM(_master_key(settings.DATA_FOLDER))
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about.bytes)
    except InvalidTag:
        raise MasterKeyMismatch(f"{FILE_NAME} does not open the key {about}") from None


@cache
def _master_key(folder: Path) -> bytes:
    path = folder / FILE_NAME
    if not path.exists():
        _make(path)
    return path.read_bytes()


def _make(path: Path) -> None:
    """Write a fresh key whole or not at all; of two processes that start at once, one wins and both read its key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{FILE_NAME}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(AESGCM.generate_key(256))
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            return
    finally:
        draft.unlink()
