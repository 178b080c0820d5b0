"""Remove contents whose transaction failed: the bytes came to the storage, the row never came."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import ProtectedError

from congso.shared.files import pages
from congso.shared.files.keeping import FOLDER, lock_key, path_of
from congso.shared.files.models import StoredFile

KEPT_FOR = 24 * 3600  # seconds; no transaction lasts longer
SHA256 = re.compile(r"[0-9a-f]{64}")


def prefixes() -> Iterator[str]:
    """Yield the folders of contents: the first two letters of their hash."""
    if default_storage.exists(FOLDER):
        yield from sorted(default_storage.listdir(FOLDER)[0])


def remove_leftovers_in(prefix: str) -> int:
    """Remove the contents under ``prefix`` that no row names and that are older than a day; return how many."""
    present = {name for name in default_storage.listdir(f"{FOLDER}/{prefix}")[1] if SHA256.fullmatch(name)}
    rows = StoredFile.objects.filter(sha256__startswith=prefix).values_list("sha256", flat=True)
    return sum(_remove(sha256) for sha256 in sorted(present - set(rows)))


@transaction.atomic(savepoint=False)
def forget(sha256s: Iterable[str]) -> None:
    """Remove contents that must not stay, their pictures and words too; not those that another record holds.

    A step: the rows go with the caller's transaction, the bytes right after it. What a crash leaves in between is
    removed as any leftover.
    """
    for sha256 in sorted(set(sha256s)):
        try:
            with transaction.atomic():
                StoredFile.objects.filter(sha256=sha256).delete()
        except ProtectedError:
            continue
        transaction.on_commit(partial(_wipe, sha256))


def _wipe(sha256: str) -> None:
    _remove(sha256, at_once=True)
    pages.forget(sha256)


@transaction.atomic(durable=True)
def _remove(sha256: str, *, at_once: bool = False) -> bool:
    """Remove one content, unless someone stores it at this moment."""
    path = path_of(sha256)
    old = datetime.now(UTC) - timedelta(seconds=KEPT_FOR)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock_key(sha256)])
        is_free = cursor.fetchone()[0]
    if not is_free or StoredFile.objects.filter(sha256=sha256).exists():
        return False
    if not default_storage.exists(path) or (not at_once and default_storage.get_modified_time(path) > old):
        return False
    default_storage.delete(path)
    return True
