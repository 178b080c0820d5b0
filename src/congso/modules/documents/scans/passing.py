"""Bytes on their way through: kept as cipher, where no backup takes them, until their key is forgotten."""

import secrets
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from congso.shared.files.errors import FileMissing

FOLDER: Final = "passing"
_NONCE: Final = 12


def new_key() -> bytes:
    return AESGCM.generate_key(256)


def keep(stack_id: UUID, name: str, content: bytes, *, key: bytes) -> None:
    """Keep bytes of a stack; the same name once more takes the place of the former."""
    nonce = secrets.token_bytes(_NONCE)
    sealed = nonce + AESGCM(key).encrypt(nonce, content, f"{stack_id}/{name}".encode())
    default_storage.save(_path(stack_id, name), ContentFile(sealed))


def read(stack_id: UUID, name: str, *, key: bytes) -> bytes:
    """Return bytes of a stack.

    :raises FileMissing: they are not there, not whole, or another key's.
    """
    try:
        with default_storage.open(_path(stack_id, name)) as file:
            sealed = bytes(file.read())
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], f"{stack_id}/{name}".encode())
    except (FileNotFoundError, InvalidTag, ValueError):
        raise FileMissing(code=str(stack_id)[:8]) from None


def forget(stack_id: UUID) -> None:
    """Remove all of a stack; repeating it changes nothing."""
    folder = f"{FOLDER}/{stack_id}"
    if not default_storage.exists(folder):
        return
    for name in default_storage.listdir(folder)[1]:
        default_storage.delete(f"{folder}/{name}")
    default_storage.delete(folder)


def _path(stack_id: UUID, name: str) -> str:
    return f"{FOLDER}/{stack_id}/{name}"
