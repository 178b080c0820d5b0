"""Take a file in, give it back."""

import errno
import hashlib
from collections.abc import Collection
from datetime import UTC, datetime
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import connection, transaction

from congso.shared.files import media
from congso.shared.files.errors import (
    FileEmpty,
    FileMissing,
    FileNameMisleads,
    FileTooLarge,
    FileTooManyPixels,
    FileTypeNotAccepted,
    FileUnsafe,
    StorageFull,
)
from congso.shared.files.models import StoredFile
from congso.shared.files.names import clean_name, split_suffix

FOLDER = "sha256"
# No room, no room for this user, a file larger than is allowed to this process.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def store(content: bytes, *, name: str, media_types: Collection[str], max_bytes: int) -> StoredFile:
    """Check ``content`` and keep it. The same content is kept once. A step of the caller's transaction.

    The bytes are on the disk when this returns; if the transaction is rolled back, a job removes them later.

    :param name: what the sender calls it; its extension must agree with the content. Keep ``clean_name(name)``.
    :param media_types: those taken here, of ``media.KNOWN``.
    :raises FileEmpty, FileTooLarge, FileTypeNotAccepted, FileNameMisleads, FileUnsafe: nothing was kept.
    """
    media_type = checked_type(content, name=name, media_types=media_types, max_bytes=max_bytes)
    return _keep(ContentFile(content), hashlib.sha256(content).hexdigest(), media_type)


def store_packed(content: IO[bytes]) -> StoredFile:
    """Keep a ZIP file that this program packed itself; it is read in pieces. A step of the caller's transaction."""
    content.seek(0)
    sha256 = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]  # says so of files only
    return _keep(File(content), sha256, media.ZIP)


@transaction.atomic(savepoint=False)
def _keep(content: "File[bytes]", sha256: str, media_type: str) -> StoredFile:
    hold(sha256)
    path = path_of(sha256)
    is_there = default_storage.exists(path)
    if is_there and default_storage.size(path) != content.size:
        # What a crash left of it, in a storage that does not write whole files.
        default_storage.delete(path)
        is_there = False
    if not is_there:
        _save(path, content)
    fresh = StoredFile(sha256=sha256, size=content.size, media_type=media_type, stored_at=datetime.now(UTC))
    StoredFile.objects.bulk_create([fresh], ignore_conflicts=True)
    return StoredFile.objects.get(sha256=sha256)


def _save(path: str, content: "File[bytes]") -> None:
    try:
        default_storage.save(path, content)
    except OSError as failure:
        if failure.errno in FULL:
            raise StorageFull from failure
        raise


def read(sha256: str) -> bytes:
    """Return the content that has this SHA-256, checked.

    Whether the asker may see it is the rule of the record that holds it.

    :raises FileMissing: the storage has lost or changed it.
    """
    try:
        with default_storage.open(path_of(sha256)) as file:
            content = bytes(file.read())
    except FileNotFoundError:
        raise FileMissing(code=sha256[:8]) from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileMissing(code=sha256[:8])
    return content


def opened(sha256: str) -> "File[Any]":
    """Return the content that has this SHA-256 as an open file, unchecked: for large ones that are passed on.

    Whether the asker may see it is the rule of the record that holds it.

    :raises FileMissing: the storage has lost it.
    """
    try:
        return default_storage.open(path_of(sha256))
    except FileNotFoundError:
        raise FileMissing(code=sha256[:8]) from None


def checked_type(content: bytes, *, name: str, media_types: Collection[str], max_bytes: int) -> str:
    """Return the media type of ``content`` if it may come in; errors as of :func:`store`."""
    shown = clean_name(name)
    if not content:
        raise FileEmpty(name=shown)
    if len(content) > max_bytes:
        raise FileTooLarge.of(shown, len(content), max_bytes)
    try:
        media_type = media.sniff(content)
    except media.TooManyPixels:
        raise FileTooManyPixels(name=shown, limit=media.MOST_PIXELS // 1_000_000) from None
    except media.Unsafe:
        raise FileUnsafe(name=shown) from None
    if media_type is None or media_type not in media_types:
        accepted = ", ".join(str(media.KNOWN[accepted].label) for accepted in media_types)
        raise FileTypeNotAccepted(name=shown, accepted=accepted)
    suffix = split_suffix(shown)[1].lower()
    if suffix and suffix not in media.KNOWN[media_type].extensions:
        raise FileNameMisleads(name=shown, found=media.KNOWN[media_type].label)
    return media_type


def path_of(sha256: str) -> str:
    """Return where the storage keeps the content."""
    return f"{FOLDER}/{sha256[:2]}/{sha256}"


def hold(sha256: str) -> None:
    """Keep the clean-up of leftovers away from this content until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [lock_key(sha256)])


def lock_key(sha256: str) -> int:
    return int.from_bytes(bytes.fromhex(sha256[:16]), signed=True)
